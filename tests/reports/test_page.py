"""The sentences, sums and first steps of the page."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vestige.model import Band
from vestige.reports.page import TREND, Step, _slices, gaps, page
from vestige.review import Coverage, Review, ScanState


def test_block_names_folders_only_where_a_family_counts(realistic: Review) -> None:
    assert page(realistic).headline == "Do not share this data yet: its folders still name people."
    others = tuple(item for item in realistic.findings if item.family is None)
    without = page(replace(realistic, findings=others))
    assert without.headline == "Do not share this data yet: it can still lead back to people."
    assert page(realistic).lead == (
        "7 findings of medium risk or worse must be settled first. 1,081 people are concerned."
    )


def test_columns_of_the_trend_stand_beside_each_other_and_the_highest_is_full(
    trending: Review,
) -> None:
    first, gap, last = page(trending).trend
    assert first.start < gap.start < last.start
    assert gap.bars == ()
    assert [bar.name for bar in first.bars] == ["critical", "medium", "info"]
    assert sum(bar.width for bar in last.bars) == pytest.approx(180, abs=0.5)
    assert last.bars[-1].start == pytest.approx(0, abs=0.5)
    assert sum(bar.width for bar in first.bars) == pytest.approx(180 * 8 / 9, abs=0.5)
    many = page(replace(trending, trend=trending.trend * 20)).trend
    assert len(many) == TREND
    assert many[-1].start + many[-1].width <= 1000


def test_incomplete_says_how_much(incomplete: Review) -> None:
    made = page(incomplete)
    assert made.headline.startswith("No verdict yet")
    assert made.lead == (
        "Of 1,200 entries seen, 5 (0.4 %) were not examined in full. "
        "What was examined gave no finding of medium risk or worse."
    )
    assert made.gaps == 5


def test_clean_promises_nothing(clean: Review) -> None:
    made = page(clean)
    assert made.lead.startswith("1,200 entries seen, all examined in full by 214 rules")
    assert made.lead.endswith("not a promise that nobody can be recognised.")
    assert made.concern.subjects == 0
    assert made.steps == ()
    assert made.gaps == 0
    assert made.notice == ""


def test_a_pass_with_gaps_does_not_call_them_examined(clean: Review) -> None:
    coverage = replace(clean.scan.coverage, unexamined=7)
    made = page(replace(clean, scan=replace(clean.scan, coverage=coverage)))
    assert "all but 7 examined in full" in made.lead


def test_nothing_seen_and_an_interrupted_scan_are_said_first(empty: Review, clean: Review) -> None:
    assert page(empty).notice.startswith("Nothing was seen")
    assert page(empty).lead.startswith("0 entries seen, and then the scan was over.")
    assert page(empty).slices == ()
    for state in (ScanState.INTERRUPTED, ScanState.RUNNING):
        changed = replace(clean.scan, state=state)
        assert page(replace(clean, scan=changed)).notice.startswith("This scan did not come")


def test_steps_are_the_first_remedies_each_once(realistic: Review) -> None:
    steps = page(realistic).steps
    assert [step.finding for step in steps] == ["F11", "F12", "F14"]
    assert [step.settles for step in steps] == [1, 2, 1]
    assert steps[1] == Step(
        realistic.findings[1].remedy, "F12", "Name of the patient in the header", Band.CRITICAL, 2
    )


def test_tallies_and_concern(realistic: Review) -> None:
    made = page(realistic)
    assert [(t.band, t.findings, t.counts) for t in made.tallies] == [
        (Band.CRITICAL, 2, True),
        (Band.HIGH, 3, True),
        (Band.MEDIUM, 2, True),
        (Band.LOW, 1, False),
        (Band.INFO, 1, False),
    ]
    assert made.concern.files == 312_900
    assert made.concern.subjects == 1_081


def test_the_worst_is_the_first_that_counts(realistic: Review, clean: Review) -> None:
    worst = page(realistic).worst
    assert worst is not None
    assert (worst.number, worst.path, worst.entries) == ("F11", "research/export_v1", 1_043)
    assert page(clean).worst is None
    quiet = replace(realistic.scan, fail_on=Band.CRITICAL)
    others = tuple(one for one in realistic.findings if one.risk.band < Band.CRITICAL)
    assert page(replace(realistic, scan=quiet, findings=others)).worst is None


def test_what_changed_since_the_last_review_is_one_sentence(
    trending: Review, realistic: Review
) -> None:
    first, gap, last = trending.trend
    assert page(trending).since_last == (
        "Worse than at the review of 7 November 2026, 03:00 UTC: critical 1 then, 2 now, "
        "high 0 then, 3 now, low 0 then, 1 now, info 5 then, 1 now."
    )
    assert page(replace(trending, trend=(last, gap, first))).since_last.startswith("Better than")
    assert page(replace(trending, trend=(last, last))).since_last.startswith("As many findings")
    assert page(replace(trending, trend=(first, gap))).since_last == ""
    assert page(realistic).since_last == ""


def test_limits_that_cut_short_are_counted(incomplete: Review) -> None:
    assert page(incomplete).cut_short == 0
    counts = (("budget", 3), ("time-limit", 4), ("permission", 9))
    assert page(replace(incomplete, problem_counts=counts)).cut_short == 7


def test_a_sum_that_does_not_agree_is_noticed(clean: Review) -> None:
    assert page(clean).sums_up
    wrong = replace(clean.scan, coverage=replace(clean.scan.coverage, seen=7))
    assert not page(replace(clean, scan=wrong)).sums_up


COUNTS = st.integers(0, 10**7)


@given(COUNTS, COUNTS, COUNTS, COUNTS, COUNTS)
def test_slices_fill_the_bar_and_show_every_part(
    whole: int, partly: int, unreadable: int, skipped: int, unexamined: int
) -> None:
    coverage = Coverage(
        seen=whole + partly + unreadable + skipped + unexamined,
        read=whole + partly,
        partly=partly,
        unreadable=unreadable,
        skipped=skipped + unexamined,
        unexamined=unexamined,
        files=0,
        directories=0,
        bytes=0,
    )
    made = [(part.name, part.start, part.width) for part in _slices(coverage)]
    counts = {
        "read": whole,
        "partly": partly,
        "skipped": skipped,
        "unexamined": unexamined,
        "unreadable": unreadable,
    }
    assert [name for name, _, _ in made] == [name for name, count in counts.items() if count]
    assert all(width >= 5 for _, _, width in made)
    assert abs(sum(width for _, _, width in made) - (1000 if made else 0)) < 1
    assert gaps(coverage) == unreadable + partly + unexamined
