"""Findings that say the same of several places are one cause."""

from dataclasses import replace

from vestige.model import Band
from vestige.reports.causes import causes
from vestige.review import Ranked, Review

PREFIX = "A direct identifier in the header: "


def like(
    one: Ranked, rank: int, title: str, *, rule: str = "", basis: tuple[str, ...] = ()
) -> Ranked:
    about = replace(one.finding.claim, title=title, basis=("GDPR Art. 4(1)", *basis))
    about = replace(about, rule=rule or about.rule)
    return replace(one, rank=rank, finding=replace(one.finding, id=rank, claim=about))


def test_titles_that_begin_alike_are_one_cause(realistic: Review) -> None:
    one = realistic.findings[1]
    found = causes(
        (
            like(one, 1, f"{PREFIX}Institution Name", basis=("PS3.15 E.1-1: X",)),
            like(one, 2, "The name of a person", rule="names/x"),
            like(one, 3, f"{PREFIX}Institutional Department Name", basis=("PS3.15 E.1-1: Z",)),
            like(one, 4, "The name of a person", rule="names/x"),
        )
    )
    assert [[f.rank for f in cause.findings] for cause in found] == [[1, 3], [2, 4]]
    first, second = found
    assert first.title == "A direct identifier in the header"
    assert [first.own(f) for f in first.findings] == [
        "Institution Name",
        "Institutional Department Name",
    ]
    assert first.basis == ("GDPR Art. 4(1)",)
    assert [first.own_basis(f) for f in first.findings] == [
        ("PS3.15 E.1-1: X",),
        ("PS3.15 E.1-1: Z",),
    ]
    assert [second.own(f) for f in second.findings] == ["", ""]
    assert not first.alone


def test_what_differs_in_more_than_its_place_stands_alone(realistic: Review) -> None:
    one = like(realistic.findings[1], 1, f"{PREFIX}Name")
    others = (
        replace(one, rank=2, remedy="another"),
        replace(one, rank=3, risk=replace(one.risk, band=Band.LOW)),
        like(one, 4, "A person"),
        like(one, 5, "A person after whom a folder is named"),
        like(one, 6, f"{PREFIX}Name", rule="another/rule"),
    )
    assert all(cause.alone for cause in causes((one, *others)))


def test_families_stand_alone_and_nothing_is_lost(realistic: Review) -> None:
    family = realistic.findings[0]
    found = causes((family, replace(family, rank=2), *realistic.findings[1:]))
    assert found[0].alone
    assert found[1].alone
    assert sum(len(cause.findings) for cause in found) == 1 + len(realistic.findings)
    assert [cause.first.rank for cause in found[2:]] == sorted(c.first.rank for c in found[2:])


def test_reach_is_that_of_the_widest(realistic: Review) -> None:
    one = like(realistic.findings[1], 1, f"{PREFIX}a")
    wide = replace(one.reach, files=9_999, subjects=None)
    (cause,) = causes((one, replace(like(one, 2, f"{PREFIX}b"), reach=wide)))
    assert (cause.files, cause.subjects, cause.open_ended) == (9_999, one.reach.subjects, True)
    (same,) = causes((one, like(one, 2, f"{PREFIX}b")))
    assert not same.open_ended
