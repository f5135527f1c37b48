import re
from dataclasses import replace
from datetime import date

import pytest

from vestige.model import Band, Where
from vestige.picture import Bin, Timeline, Unit
from vestige.reports.annexes import MEASURES, Bounds, annexes, days
from vestige.reports.html import html
from vestige.reports.language import LANGUAGES, language
from vestige.reports.references import LETTERS
from vestige.review import Ranked, Reach, Review


def only(review: Review, *findings: Ranked) -> Review:
    return replace(review, findings=findings, subjects=1)


def of(first: Ranked, rank: int, **claim: object) -> Ranked:
    """A finding like the first, with a number and claim of its own."""
    finding = replace(
        first.finding,
        id=rank,
        claim=replace(first.finding.claim, **claim),  # type: ignore[arg-type]
    )
    return replace(first, rank=rank, finding=finding, family=None)


def test_numbers_are_bounded_from_both_sides(realistic: Review) -> None:
    first = realistic.findings[0]
    one = replace(of(first, 1), reach=Reach(3, 10, 1, 4))
    two = replace(of(first, 2), reach=Reach(3, 30, 1, 5))
    known = annexes(only(realistic, one, two))
    assert known.files == Bounds(30, 40)
    assert known.subjects == Bounds(1, 9)
    unknown = replace(two, reach=Reach(3, 30, 1, None))
    assert annexes(only(realistic, one, unknown)).subjects == Bounds(1, None)


def test_no_more_files_are_concerned_than_there_are(realistic: Review) -> None:
    seen = realistic.scan.coverage.files
    one = replace(of(realistic.findings[0], 1), reach=Reach(3, seen, 1, 4))
    two = replace(one, rank=2)
    assert annexes(only(realistic, one, two)).files == Bounds(seen, seen)


def test_only_what_counts_is_counted_and_safe_harbor_has_all(realistic: Review) -> None:
    basis = (
        "45 CFR 164.514(b)(2)(i)(A)",
        "HIPAA Safe Harbor M, R (by convention)",
        "GDPR Art. 4(1)",
    )
    low = of(realistic.findings[0], 7, identifies="device", basis=basis)
    low = replace(low, risk=replace(low.risk, band=Band.INFO))
    said = annexes(only(realistic, low))
    assert (said.findings, said.measures, said.data, said.people) == (0, (), (), ())
    assert [row.letter for row in said.safe_harbor] == list(LETTERS)
    assert [row.letter for row in said.safe_harbor if row.findings] == ["A", "M", "R"]
    assert said.safe_harbor[0].numbers == ("F7",)


def test_people_and_data_follow_what_was_identified(realistic: Review) -> None:
    first = realistic.findings[0]
    staff, device = of(first, 1, identifies="staff"), of(first, 2, identifies="device")
    claim = of(first, 3, identifies="claim")
    assert annexes(only(realistic, device)).people == ()
    assert len(annexes(only(realistic, staff)).people) == 1
    both = annexes(only(realistic, staff, claim))
    assert len(both.people) == 2
    assert [row.findings for row in both.data] == [1]


def test_measures_are_told_once_and_no_more_than_can_be_read(realistic: Review) -> None:
    first = realistic.findings[0]
    ones = [replace(of(first, at), remedy=f"Do {at % 15}") for at in range(1, 31)]
    said = annexes(only(realistic, *ones))
    assert [row.findings for row in said.measures] == [2] * MEASURES
    assert said.more_measures == 3


def test_days_are_those_of_what_counts(realistic: Review) -> None:
    said = annexes(realistic)
    assert said.since == "2019-03-08"
    assert annexes(realistic, (date(2001, 2, 3),)).since == "2001-02-03"
    first = of(realistic.findings[0], 1)
    assert annexes(only(realistic, first)).since == ""
    assert said.in_tree
    header = replace(first, finding=replace(first.finding, where=Where.HEADER))
    assert not annexes(only(realistic, header)).in_tree


def test_days_of_a_timeline_are_the_first_and_last_with_files() -> None:
    empty, some = Bin(0, 31, ()), Bin(31, 59, ((Band.HIGH, 2),))
    timeline = Timeline(Unit.MONTH, (empty, some, Bin(59, 90, ())), (), 0)
    assert days(timeline) == (date(1970, 2, 1), date(1970, 2, 28))
    assert days(Timeline(Unit.MONTH, (empty,), (), 1)) == days(None) == ()


def test_a_time_that_no_calendar_holds_is_no_day(realistic: Review) -> None:
    first = realistic.findings[0]
    assert first.family is not None
    family = replace(first.family, first_written=2**63 * 2**30, last_written=0)
    assert annexes(only(realistic, replace(first, family=family))).since == ""


@pytest.mark.parametrize("code", LANGUAGES)
def test_annexes_conclude_nothing_and_leave_blanks(
    code: str, realistic: Review, clean: Review, hostile: Review
) -> None:
    for review in (realistic, clean, hostile):
        page = html(review, language(code))
        said = page[page.index('id="annexes"') :]
        assert len(re.findall('class="blank"', said)) >= 15
        assert not re.search(r"(?i)anonym(?!ous_)|an[óo]nim", said)
        assert said.count('<details class="fold annex"') == 6
        assert "72" in said
        for number in re.findall(r'href="#(F\d+)"', said):
            assert f'id="{number}"' in page
