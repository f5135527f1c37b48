"""Losses of files beside the images."""

from vestige.read.beside.losses import LOSSES
from vestige.reports.wording import CODES


def test_each_loss_says_what_was_not_read_and_reports_have_words_for_it() -> None:
    assert all(detail and detail[0].islower() for detail in LOSSES.values())
    assert LOSSES.keys() <= CODES.keys()
