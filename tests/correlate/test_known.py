"""Meetings of persons with texts: what is told, and what is no news."""

from collections.abc import Iterator

import pytest

from vestige import lexicon, shipped
from vestige.correlate.known import Meeting, Origin, Persons, Source, Target, groups, title
from vestige.identity import Form, Mark, Marker
from vestige.model import Band, Where
from vestige.trace import Kind, form_of, packed, records

MARKER = Marker(b"k" * 32, lexicon.load(shipped.rules() / "lexicons").ordinary)
NAME = "(0010,0010)"


def source(number: int, **more: object) -> Source:
    told: dict[str, object] = {"kind": Kind.PERSON, "origin": Origin.HEADER, "place": NAME}
    told |= {"entries": frozenset(), **more}
    return Source(number=number, who=str(number), **told)  # type: ignore[arg-type]


def known(*sources: Source, name: str = "Zargothy^Quillonia") -> Persons:
    persons = Persons()
    marks = list(records(packed(MARKER.of_person(name, "0048291", "19610203"))))
    for one in sources:
        persons.add(one, marks)
    return persons


def met(persons: Persons, text: str, **more: object) -> Meeting | None:
    marks = persons.in_marks(records(packed(sign.mark for sign in MARKER.in_text(text))))
    told: dict[str, object] = {"where": Where.HEADER, "place": "(0008,103E)", "what": ""}
    return persons.meeting(Target(number=9, records=marks, **{**told, **more}))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "form", "severity"),
    [
        ("quillonia zargothy knee", Form.NAMES, Band.CRITICAL),
        ("zargothy 3.2.1961", Form.NAME_AND_BIRTH, Band.CRITICAL),
        ("number 0048291", Form.NUMBER, Band.HIGH),
        ("knee zargothy", Form.NAME, Band.MEDIUM),
        ("on 1961-02-03", Form.BIRTH, Band.LOW),
    ],
)
def test_the_most_telling_form_counts(text: str, form: Form, severity: Band) -> None:
    found = met(known(source(1)), text)
    assert found is not None
    assert (found.form, found.severity) == (form, severity)


def test_what_is_of_nobody_meets_nobody() -> None:
    assert met(known(source(1)), "t1 mprage 0048292") is None
    assert not Persons()


def test_staff_and_doubtful_persons_are_milder() -> None:
    of_staff = met(known(source(1, kind=Kind.STAFF)), "zargothy quillonia")
    doubtful = met(known(source(1, kind=Kind.DOUBTFUL)), "zargothy quillonia")
    assert of_staff is not None
    assert doubtful is not None
    assert (of_staff.severity, of_staff.is_strong) == (Band.MEDIUM, True)
    assert (doubtful.severity, doubtful.is_strong) == (Band.LOW, False)
    both = met(known(source(1, kind=Kind.STAFF), source(2)), "zargothy quillonia")
    assert both is not None
    assert both.source.number == 2


def test_where_persons_are_openly_named_only_another_persons_place_is_news() -> None:
    original = {"place": "(0400,0561)[*]/(0400,0550)[*]/(0010,0010)", "is_open": True}
    text = "Zargothy^Quillonia"
    itself = source(2, place=original["place"])
    assert met(known(source(1), itself), text, **original) is not None
    assert met(known(source(1), itself), text, **original, own=frozenset({1, 2})) is None
    assert met(known(source(1)), text, place=NAME, is_open=True) is None
    assert met(known(source(1), itself), text, place=NAME, is_open=True) is None
    of_roster = source(0, origin=Origin.ROSTER, place="")
    assert met(known(of_roster), text, place=NAME, is_open=True) is not None
    assert met(known(source(1)), "Zargothy", **original) is None


def test_a_family_is_news_elsewhere_alone() -> None:
    folder = {"where": Where.PATH, "place": "name", "what": "folders"}
    family = source(3, origin=Origin.NAMES, place="{word}", entries=frozenset({3, 9}))
    other = source(4, origin=Origin.NAMES, place="{word}", entries=frozenset({4}))
    assert met(known(family), "zargothy quillonia", **folder) is None
    assert met(known(family), "zargothy quillonia") is not None
    assert met(known(other), "zargothy quillonia", **folder) is not None
    assert met(known(other), "zargothy", **folder) is None


def test_a_person_of_the_roster_is_found_in_the_family_named_after_them_too() -> None:
    marks = list(records(packed(MARKER.of_person("Zargothy^Quillonia", "", ""))))

    class OfRoster:
        def __contains__(self, mark: Mark) -> bool:
            return Mark(mark.form, mark.digest) in {Mark(form_of(m), m[1:]) for m in marks}

        def __len__(self) -> int:
            return 1

        def marks(self) -> Iterator[Mark]:
            return (Mark(form_of(m), m[1:]) for m in marks)

    persons = Persons(OfRoster())
    persons.add(source(3, origin=Origin.NAMES, entries=frozenset({9})), marks)
    found = met(persons, "zargothy quillonia", where=Where.PATH, place="name", what="folders")
    assert found is not None
    assert found.source.origin is Origin.ROSTER


def test_frequent_single_words_are_forgotten() -> None:
    persons = known(source(1))
    marks = persons.in_marks(records(packed(s.mark for s in MARKER.in_text("zargothy quillonia"))))
    persons.forget_frequent([marks] * 30, 100)
    assert met(persons, "knee zargothy") is None
    assert met(persons, "quillonia zargothy") is not None


def test_meetings_of_one_kind_are_told_together() -> None:
    persons = known(source(1))
    found = [met(persons, text) for text in ("quillonia zargothy", "zargothyquillonia", "zargothy")]
    told = groups(one for one in found if one is not None)
    assert [(group.is_strong, len(meetings)) for group, meetings in told.items()] == [
        (False, 1),
        (True, 2),
    ]
    said = [title(group, "raw/1.dcm") for group in told]
    assert said == [
        "A person named in (0010,0010) of raw/1.dcm may also stand in (0008,103E)",
        "A person named in (0010,0010) of raw/1.dcm also stands in (0008,103E)",
    ]


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"place": "(0010,0020)"}, "The record number of a person in (0010,0020) of raw/1.dcm"),
        ({"kind": Kind.STAFF, "place": "(0008,0090)"}, "A member of staff named in (0008,0090)"),
        ({"origin": Origin.ROSTER}, "A person of the roster"),
        ({"origin": Origin.TABLE}, "A person listed in the table raw/1.dcm"),
        ({"origin": Origin.NAMES}, "A person after whom a folder or file is named"),
    ],
)
def test_every_source_has_its_words(more: dict[str, object], words: str) -> None:
    found = met(known(source(1, **more)), "quillonia zargothy")
    assert found is not None
    (group,) = groups([found])
    assert title(group, "raw/1.dcm").startswith(words)
