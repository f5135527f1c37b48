"""What texts leave behind, and what leaves nothing."""

import pytest

from tests.detect.objects import CATALOG
from vestige import catalog
from vestige.detect.elements import ElementRules
from vestige.identity import Form
from vestige.model import Declaration, Observation, Place, Where
from vestige.run import traces as room
from vestige.run.causes import Causes
from vestige.run.traces import Persons, Traces, is_short
from vestige.sensitive import Sensitive
from vestige.trace import Kind, Trace, unpacked

KEY = b"k" * 32
LEXICON = CATALOG.lexicon
DESCRIPTION = Place(Where.HEADER, "(0008,103E)", 0x0008103E, "LO")
PRIVATE = Place(Where.PRIVATE, "(0099,xx01) x", 0x00991001, "LO", "x")
RULES = ElementRules(CATALOG, catalog.policy("gdpr"))


def left(place: Place, text: str) -> Trace | None:
    causes = Causes(KEY)
    number = Traces(causes, LEXICON).of_text(place, text)
    fresh, _ = causes.untold()
    found = fresh.get(number) if number is not None else None
    return found if isinstance(found, Trace) else None


def forms(place: Place, text: str) -> set[Form]:
    trace = left(place, text)
    return set() if trace is None else {mark.form for mark in unpacked(trace.marks)}


def vr(name: str, where: Where = Where.HEADER) -> Place:
    return Place(where, "(0008,0000)", 0x00080000, name)


@pytest.mark.parametrize(
    ("place", "text"),
    [
        (DESCRIPTION, "Head routine left"),
        (DESCRIPTION, "t1 2.5 mm"),
        (DESCRIPTION, ""),
        (PRIVATE, "SP H58.75"),
        (PRIVATE, "-0.98765432\\12.5"),
        (vr("UI"), "1.2.840.48291377"),
        (vr("DS"), "48291377"),
        (vr("DA"), "19610203"),
        (vr("TM"), "101112"),
        (Place(Where.PATH, "name"), "Zargothy_Quillonia"),
        (Place(Where.PRIVATE, "(0099,00xx) creator", 0x00990010, "LO"), "Zargothy Quillonia"),
    ],
)
def test_what_speaks_of_nobody_leaves_nothing(place: Place, text: str) -> None:
    assert left(place, text) is None


@pytest.mark.parametrize(
    ("place", "text", "form"),
    [
        (DESCRIPTION, "knee Zargothy", Form.NAME),
        (PRIVATE, "Zargothy, Quillonia", Form.NAMES),
        (DESCRIPTION, "was 48291377", Form.NUMBER),
        (PRIVATE, "48291377", Form.NUMBER),
        (vr("DA", Where.PRIVATE), "19610203", Form.BIRTH),
        (vr("IS"), "Zargothy Quillonia", Form.NAMES),
        (Place(Where.PATH, "link target"), "/mnt/Zargothy_Quillonia", Form.NAMES),
        (Place(Where.PREAMBLE, "preamble"), "Zargothy^Quillonia", Form.NAMES),
        (vr("OB", Where.PRIVATE), "\u042dargothy Quillonia", Form.NAMES),
        (vr("LT"), "\n".join(["a line of words"] * 200) + "\nZargothy Quillonia", Form.NAMES),
    ],
)
def test_what_may_speak_of_somebody_leaves_its_marks(place: Place, text: str, form: Form) -> None:
    assert form in forms(place, text)


def test_only_texts_of_other_digits_leave_other_traces() -> None:
    traces = Traces(Causes(KEY), LEXICON)
    assert traces.varies(DESCRIPTION, "number 12345")
    assert not traces.varies(DESCRIPTION, "Zargothy 12")
    assert not traces.varies(vr("UI"), "1.2.840.12345")


def test_traces_of_one_place_are_bounded_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "_PLACE_TRACES", 3)
    traces = Traces(Causes(KEY), LEXICON)
    found = [traces.of_text(DESCRIPTION, f"was 4829137{n}") for n in range(5)]
    assert [number is not None for number in found] == [True] * 3 + [False] * 2
    assert traces.cut
    assert traces.of_text(DESCRIPTION, "was 48291370") == found[0]
    assert traces.of_text(PRIVATE, "was 48291379") is not None


def opened(place: Place, text: str) -> list[Trace]:
    causes = Causes(KEY)
    observation = Observation(place, Sensitive(text))
    hits = RULES.hits(observation, Declaration())
    list(Traces(causes, LEXICON).of_open(observation, hits))
    fresh, _ = causes.untold()
    return [one for one in fresh.values() if isinstance(one, Trace)]


@pytest.mark.parametrize(
    ("tag", "name", "text", "kind"),
    [
        (0x00101001, "PN", "Zargothy^Quillonia", Kind.PERSON),
        (0x00101001, "PN", "Head^Routine", Kind.DOUBTFUL),
        (0x00101000, "LO", "48291377", Kind.PERSON),
        (0x00101000, "LO", "4829", None),
        (0x00080090, "PN", "Zargothy^Quillonia", Kind.STAFF),
        (0x00100010, "PN", "Zargothy^Quillonia", None),
        (0x00101001, "PN", "ANONYMOUS", None),
        (0x0008103E, "LO", "Zargothy^Quillonia", None),
    ],
)
def test_persons_who_are_openly_named(tag: int, name: str, text: str, kind: Kind | None) -> None:
    place = Place(Where.HEADER, f"({tag >> 16:04X},{tag & 0xFFFF:04X})", tag, name)
    found = [one.kind for one in opened(place, text)]
    doubtful = kind is None and text == "4829"
    assert found == ([Kind.DOUBTFUL] if doubtful else [kind] if kind is not None else [])


def test_a_number_is_of_a_person_beside_a_name_or_a_birth_date_alone() -> None:
    persons = Persons(LEXICON, KEY)
    kinds = {(one.kind, one.place) for one in persons.of_patient("Zargothy^Q", "48291377", "")}
    assert kinds == {(Kind.PERSON, "(0010,0010)"), (Kind.PERSON, "(0010,0020)")}
    assert persons.of_patient("", "48291377", "") == ()
    assert {one.kind for one in persons.of_patient("", "4829", "19610203")} == {
        Kind.DOUBTFUL,
        Kind.PERSON,
    }


@pytest.mark.parametrize(
    ("number", "short"),
    [("48291", True), ("0048291", True), ("482913", False), ("A-48291", False), ("20190102", True)],
)
def test_short_numbers_and_dates_others_have_too(number: str, short: bool) -> None:  # noqa: FBT001
    assert is_short(number) is short
