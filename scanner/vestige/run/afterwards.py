"""Afterwards: what a scan does when all is kept, loaded while its workers examine the first files.

Until they have these nothing else can be done, and what is loaded before keeps them waiting.
"""

from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from vestige.run.manner import PLAIN, Manner
from vestige.run.plan import Plan
from vestige.store import Store

if TYPE_CHECKING:
    from vestige.review import Review

_CONCLUDE, _REPORTED = "vestige.run.conclude", "vestige.run.reported"
_PIECES = (
    *("jinja2", "vestige.reports.page", "vestige.reports.pictures", "vestige.reports.html"),
    *("vestige.run.linking", "vestige.run.known", _CONCLUDE, _REPORTED),
)
"""All that is needed, in pieces of which none takes longer than some files."""


def loading() -> Iterator[None]:
    """Load what is needed afterwards, one piece at each step."""
    for name in _PIECES:
        import_module(name)
        yield


def conclude(plan: Plan, store: Store) -> None:
    """Keep what all entries together tell; see `run.conclude`."""
    import_module(_CONCLUDE).conclude(plan, store)


def hunt(plan: Plan, store: Store, told: Callable[[int, int, float], None]) -> None:
    """Look once more for the persons who are known; see `run.hunting`, which few scans ask for."""
    hunting = import_module("vestige.run.hunting")
    asked = (plan.catalog, plan.policy, plan.key, plan.roster, plan.jobs)
    hunting.hunt(store, hunting.Hunting(*asked, clearing=plan.clearing), told)


def reported(plan: Plan, file: Path, manner: Manner = PLAIN) -> "Review":
    """The review of a scan that was just made, its reports written; see `run.reported`."""
    review: Review = import_module(_REPORTED).reported(plan, file, manner)
    return review
