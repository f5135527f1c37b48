import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vestige import lexicon, shipped
from vestige.correlate.hunt import Hunter, Known
from vestige.correlate.known import Origin, Source
from vestige.identity import Form, Marker
from vestige.trace import Kind

MARKER = Marker(b"k" * 32, lexicon.load(shipped.rules() / "lexicons").ordinary)
PEOPLE = (
    ("QUINTERO ZARGO^Ana María", "MRN-0048291", "19610203"),
    ("王^小明", "A7730012", "19770203"),
    ("Müller^Jürgen", "773441", "19440102"),
    ("Li^Na", "", "19800101"),
)


def known(kind: Kind = Kind.PERSON, origin: Origin = Origin.HEADER) -> Known:
    marks: dict[object, list[Source]] = {}
    for number, (name, code, born) in enumerate(PEOPLE):
        source = Source(number, kind, origin, "(0010,0010)", str(number))
        for mark in MARKER.of_person(name, code, born):
            marks.setdefault(mark, []).append(source)
    return marks  # type: ignore[return-value]


KNOWN = known()


def seen(data: bytes, *, text: bool = True, sure: bool = True) -> set[tuple[int, Form, bool]]:
    found = Hunter(KNOWN, MARKER).sightings(data, text=text, sure=sure)
    return {(one.source.number, one.form, one.strong) for one in found}


@pytest.mark.parametrize(
    ("text", "person", "form"),
    [
        ("case of Quintero, Ana again", 0, Form.NAMES),
        ("ana.maria.zargo@example.test", 0, Form.NAMES),
        ("PatientQuinteroAna", 0, Form.NAMES),
        ("anaoretniuq", 0, Form.JOINED),
        ("QUINTEROANA_CT", 0, Form.JOINED),
        ("zargo 03.02.1961", 0, Form.NAME_AND_BIRTH),
        ("zargo born 3 Feb 1961", 0, Form.NAME_AND_BIRTH),
        ("quintero,x,030261", 0, Form.NAME_AND_BIRTH),
        ("AQ_1961-02-03", 0, Form.INITIALS_AND_BIRTH),
        ("pat0048291x", 0, Form.NUMBER),
        ("id 004-82-91 done", 0, Form.NUMBER),
        ("病人王小明男", 1, Form.JOINED),
        ("a7730012", 1, Form.NUMBER),
        ("Mu\u0308ller Jürgen", 2, Form.NAMES),
        ("MUELLER JUERGEN", 2, Form.NAMES),
        ("patient Li Na", 3, Form.NAMES),
    ],
)
def test_known_persons_are_seen_outright(text: str, person: int, form: Form) -> None:
    assert (person, form, True) in seen(text.encode())


@pytest.mark.parametrize(
    "text",
    [
        "Quintana, Anna",
        "0.0048291 and 1.2.840.10008.0048291",
        "00482911-0000-4000-8000-000000000001",
        "zargonian 1961",
        "773442",
        "Quintero " + "x y z w v " * 20 + " Ana",
        "1961-02-03",
        "",
    ],
)
def test_nobody_is_seen_outright_in_what_speaks_of_others(text: str) -> None:
    assert not [one for one in seen(text.encode()) if one[2]]


def test_a_single_name_is_a_trace() -> None:
    assert seen(b"the Quintero family") == {(0, Form.NAME, False)}


def test_among_bytes_short_names_are_chance() -> None:
    assert seen(b"\xff\x01Li Na\x02\xfe", text=False, sure=False) == set()
    assert (0, Form.NAMES, True) in seen(b"\xff\x01QUINTERO^ANA\x02\xfe", text=False, sure=False)
    assert (0, Form.NUMBER, True) not in seen(b"\xff 0048291 \xfe", text=False, sure=False)


def test_wide_letters_among_bytes_are_read() -> None:
    for codec in ("utf-16-le", "utf-16-be"):
        data = b"\x01\x02\x03\x04" * 4 + "QUINTERO^ANA".encode(codec) + b"\0" * 9
        assert (0, Form.NAMES, True) in seen(data, text=False, sure=False)


def test_random_bytes_show_nobody() -> None:
    data = random.Random(5).randbytes(1 << 20)  # noqa: S311 - no secret
    assert seen(data, text=False, sure=False) == set()


def test_among_very_many_numbers_a_known_one_is_chance() -> None:
    numbers = b"\n".join(b"%06d" % n for n in range(600_000, 800_000))
    assert (2, Form.NUMBER, True) in seen(b"id 773441 of 7")
    assert (2, Form.NUMBER, False) in seen(numbers)


def test_who_may_be_a_code_is_never_seen_outright() -> None:
    hunter = Hunter(known(Kind.DOUBTFUL), MARKER)
    found = hunter.sightings(b"QUINTERO ANA", text=True, sure=True)
    assert found
    assert not any(one.strong for one in found)


def test_a_table_does_not_give_away_whom_it_lists() -> None:
    hunter = Hunter(known(Kind.LISTED, Origin.TABLE), MARKER)
    own = frozenset(range(len(PEOPLE)))
    assert hunter.sightings(b"QUINTERO ANA", text=True, sure=True, own=own) == set()
    assert hunter.sightings(b"QUINTERO ANA", text=True, sure=True)


def test_words_that_may_be_a_known_person_are_known() -> None:
    hunter = Hunter(KNOWN, MARKER)
    assert hunter.knows("Quintero")
    assert not hunter.knows("spreadsheet")


@given(st.binary(max_size=400), st.booleans())
def test_any_bytes_can_be_searched(data: bytes, text: bool) -> None:  # noqa: FBT001 - an example
    for one in Hunter(KNOWN, MARKER).sightings(data, text=text, sure=text):
        assert one.source.number in range(len(PEOPLE))


def test_two_words_of_the_vocabulary_name_nobody() -> None:
    marks = dict(KNOWN)
    source = Source(9, Kind.STAFF, Origin.HEADER, "(0008,0090)", "9")
    for mark in MARKER.of_person("Test^Case"):
        marks.setdefault(mark, [source])
    hunter = Hunter(marks, MARKER, lambda word: word.lower() in {"test", "case"})
    for text in (b"a test case of it", b"test.case"):
        assert hunter.sightings(text, text=True, sure=True) == set()
