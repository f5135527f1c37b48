"""Events: what a review tells while it goes on, each by its name and facts."""

from collections.abc import Callable, Mapping

Fact = str | int | float | bool
Teller = Callable[[str, Mapping[str, Fact]], None]
"""Is told the name of an event and its facts, none of which speaks of a volume."""
