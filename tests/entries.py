"""Entries put into a scan file row by row, as tests know them."""

from collections.abc import Iterable

from vestige.store import Entries, Facts, Store


def keep(store: Store, rows: Iterable[tuple[int, int, Facts, int, int, int, int, str]]) -> None:
    """Keep rows: each the number, parent, facts and outcome, and what is kept of the content."""
    numbers, *columns = zip(*rows, strict=True)
    every = range(numbers[0], numbers[0] + len(numbers))
    store.add(Entries(every if tuple(every) == numbers else numbers, *columns))
