"""Reported: the review of a scan, with its reports beside the scan file."""

from contextlib import closing
from pathlib import Path

from vestige.review import Review
from vestige.run import outputs
from vestige.run.acceptance import IDENTIFIED, Answering
from vestige.run.occurrences import OCCURRENCES
from vestige.run.plan import Plan
from vestige.run.review import open_review


def reported(plan: Plan, file: Path, manner: outputs.Manner = outputs.PLAIN) -> Review:
    """The review of a scan that was just made, with the plan's baseline; all reports are written.

    What streams of it cannot be read any more, for the scan file is closed.
    """
    answering = Answering(plan.key, plan.baseline, identified=IDENTIFIED)
    store, review = open_review(file, OCCURRENCES, answering)
    with closing(store):
        outputs.write_noted(review, store, plan.out, manner)
    return review
