"""Reported: the review of a scan, with its reports beside the scan file."""

from contextlib import closing
from functools import partial
from pathlib import Path

from vestige.review import Review
from vestige.run import outputs
from vestige.run.acceptance import IDENTIFIED, Answering
from vestige.run.aside import Aside
from vestige.run.occurrences import OCCURRENCES
from vestige.run.plan import Plan
from vestige.run.review import occurrences_of, open_review
from vestige.store import Store, failures


def reported(plan: Plan, file: Path, manner: outputs.Manner = outputs.PLAIN) -> Review:
    """The review of a scan that was just made, with the plan's baseline; all reports are written.

    What streams of it cannot be read any more, for the scan file is closed.
    """
    apart = None
    if plan.jobs > 1:
        apart = Aside(partial(_write_occurrences, file, plan.out, manner)).result
    answering = Answering(plan.key, plan.baseline, identified=IDENTIFIED)
    store, review = open_review(file, OCCURRENCES, answering, aside=plan.jobs > 1)
    with closing(store):
        outputs.write_noted(review, store, plan.out, manner, apart)
    return review


def _write_occurrences(file: Path, folder: Path, manner: outputs.Manner) -> None:
    """Write the occurrences through a connection of its own, as a process beside may do."""
    with failures(), closing(Store.open(file, read_only=True)) as store:
        outputs.write_occurrences(occurrences_of(store), folder, manner)
