import random
import re
import uuid
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.detect import numbers
from tests.detect.numbers import BY_KEY, KNOWN
from tests.detect.objects import CATALOG
from vestige import catalog
from vestige.catalog import Identifier
from vestige.detect import identifiers
from vestige.detect.identifiers import Identified, identified, in_element, may_hold
from vestige.detect.judge import Judge
from vestige.digits import form
from vestige.model import Declaration, Observation, Place, Where
from vestige.sensitive import Sensitive

NAMES = Path(__file__).parents[3] / "shared" / "data" / "names"
JUDGE = Judge(CATALOG, catalog.policy("gdpr"))
LABELS: dict[str, list[str]] = {}
for joined, announced in KNOWN.labels.items():
    for label in announced:
        if not label.spelt and joined.isascii():
            LABELS.setdefault(label.identifier.key, []).append(joined)

KEYS = sorted(BY_KEY)
PIECES = st.sampled_from(
    ["DNI", "NHS", "BSN", "kt", " ", "_", "-", ".", ": ", "/", "12345678Z", "943", "476", "5919",
     "756", "1234", "5678", "97", "850730", "03328", "RSSMRA85T10A562S", "GB82", "WEST", "(", ")",
     "111222333", "44051401458", "1.2.840.113619", "<<", "no", "number", "x", "Ж", "身份证"]
)  # fmt: skip


def chance(key: str) -> random.Random:
    return random.Random(f"7/{key}")  # noqa: S311 - people who never lived


def found(text: str) -> set[tuple[str, str, str]]:
    return {
        (kind.key, one.context, text[one.start : one.end])
        for one in identified(text, KNOWN)
        for kind in one.kinds
    }


@pytest.mark.parametrize("key", KEYS)
def test_a_number_is_found_by_its_label(key: str) -> None:
    made = chance(key)
    for label in LABELS[key]:
        value = numbers.number(BY_KEY[key], made)
        for text in (f"{label}: {value}", f"CT_{label}_{value}_1", f"{label.upper()}={value}.dcm"):
            contexts = {context for _, context, written in found(text) if written == value}
            assert "labelled" in contexts, (label, len(value))


WITH_FORMS = [kind for kind in KNOWN.kinds if kind.forms]


@pytest.mark.parametrize("kind", WITH_FORMS, ids=lambda kind: kind.key)
def test_a_number_is_found_by_its_form(kind: Identifier) -> None:
    made = chance(kind.key)
    hit = tried = 0
    for _ in range(30):
        value = numbers.number(kind, made)
        written = [*numbers.formed(kind, value, made)]
        if any(re.compile(one.expression).fullmatch(value) for one in kind.forms):
            written.append(value)
        for text in written:
            tried += 1
            hit += kind.key in {key for key, _, part in found(f"CT {text} x") if part == text}
    # What looks like a date with a time of day or a counter is passed over.
    assert tried == 0 or hit >= tried * 0.5


@pytest.mark.parametrize("kind", KNOWN.kinds, ids=lambda kind: kind.key)
def test_what_one_of_ten_numbers_passes_is_never_found_alone(kind: Identifier) -> None:
    if kind.in_elements:
        return
    made = chance(kind.key)
    solid = [one for one in kind.forms if one.worth != "label"]
    for _ in range(20):
        value = numbers.number(kind, made)
        if not any(re.compile(one.expression).fullmatch(value) for one in solid):
            assert kind.key not in {key for key, _, _ in found(f"CT {value} x")}
            assert kind not in [k for one in in_element(value, KNOWN) for k in one.kinds]


@pytest.mark.parametrize(
    ("text", "key", "context", "value"),
    [
        ("DNI del paciente: 12.345.678-Z", "es_dni", "labelled", "12.345.678-Z"),
        ("PatientDNI_12345678Z", "es_dni", "labelled", "12345678Z"),
        ("DNI 12345678A", "es_dni", "unproven", "12345678A"),
        ("NHS No. 943 476 5919", "gb_nhs", "labelled", "943 476 5919"),
        ("Steuer-ID 86 095 742 719", "de_idnr", "labelled", "86 095 742 719"),
        ("T.C. Kimlik No: 10000000146", "tr_tckn", "labelled", "10000000146"),
        ("身份证 11010519491231002X", "cn_ric", "labelled", "11010519491231002X"),
        ("ЕГН 7523169263", "bg_egn", "labelled", "7523169263"),
        ("egn_7523169263", "bg_egn", "labelled", "7523169263"),
        ("nie", "", "", ""),
        ("RIDER-2410050700", "", "", ""),
        ("run-12345678-5", "", "", ""),
        ("1.2.840.113619.7569217076985", "", "", ""),
        ("7569217076985.1", "", "", ""),
        ("DNI 20190317101500", "", "", ""),
        ("131052-1015", "", "", ""),
        ("1612150000000", "", "", ""),
        ("RVNR 15070649C103", "de_rvnr", "labelled", "15070649C103"),
    ],
)
def test_what_is_found(text: str, key: str, context: str, value: str) -> None:
    assert ((key, context, value) in found(text)) if key else not found(text)


def test_nothing_is_found_inside_unique_identifiers() -> None:
    made = chance("uids")
    kinds = [kind for kind in KNOWN.kinds if kind.forms]
    for _ in range(300):
        value = numbers.number(made.choice(kinds), made)
        digits = "".join(c for c in value if c.isdigit())
        for text in (
            f"1.2.840.{digits}.1.2",
            f"{digits}{made.randrange(10**15):015}",
            f"{uuid.UUID(int=made.getrandbits(128))}",
            f"{made.getrandbits(256):064x}",
        ):
            assert not found(text)


def test_a_value_of_an_element_is_looked_at_as_a_whole() -> None:
    (one, two) = in_element("44051401458 \\ 85073003328", KNOWN)
    assert (one.context, one.start, one.end) == ("element", 0, 11)
    assert two.context == "element"
    assert not in_element("CT 44051401458 of", KNOWN)
    assert not in_element("20190317101500", KNOWN)
    assert [one.context for one in in_element("7569217076985", KNOWN)] == ["alone"]


def test_all_that_a_number_may_be_is_named() -> None:
    (one,) = in_element(numbers.number(BY_KEY["lt_ak"], chance("lt_ak")), KNOWN)
    assert {kind.key for kind in one.kinds} >= {"ee_ik", "lt_ak"}


def test_a_long_text_is_searched_to_its_end() -> None:
    filler = "figures 12.5 of 2019 and more; "
    for count in (3, 9, 40, 400):
        for shift in range(0, 40, 7):
            text = f"{filler * count}{'x' * shift} RSSMRA85T10A562S, DNI 12345678Z"
            assert {key for key, _, _ in found(text)} == {"it_cf", "es_dni"}
            assert len([1 for key, _, _ in map(tuple, found(text)) if key == "it_cf"]) == 1


@given(st.lists(PIECES, max_size=9).map("".join))
@settings(max_examples=1500)
def test_what_is_found_in_a_text_may_be_in_its_form(text: str) -> None:
    if identified(text, KNOWN):
        assert may_hold(form(text), KNOWN)


@given(st.lists(PIECES, max_size=9).map("".join))
@settings(max_examples=500)
def test_spans_lie_in_the_text_and_begin_with_the_number(text: str) -> None:
    for one in (*identified(text, KNOWN), *in_element(text, KNOWN)):
        assert isinstance(one, Identified)
        assert 0 <= one.start < one.end <= len(text)
        assert text[one.start : one.end].strip() == text[one.start : one.end]


@given(st.text(max_size=80))
def test_nothing_raises(text: str) -> None:
    identified(text, KNOWN)
    in_element(text, KNOWN)


def said(place: Place, text: str) -> list[tuple[str, str, str]]:
    hits = JUDGE.judge(Observation(place, Sensitive(text)), Declaration()).hits
    return [(hit.claim.rule, hit.claim.title, hit.claim.severity.word) for hit in hits]


def test_findings_name_the_number_and_its_country() -> None:
    (hit,) = said(Place(Where.PATH, "name"), "DNI_12345678Z")
    assert hit == (
        "identifiers/national-labelled",
        "A personal number, by its label: Spanish identity number (DNI)",
        "critical",
    )


def test_other_patient_ids_are_told_apart() -> None:
    place = Place(Where.HEADER, "(0010,1000)", 0x00101000, "LO")
    rules = [rule for rule, _, _ in said(place, "44051401458")]
    assert "identifiers/national-in-element" in rules
    assert not any(rule.startswith("identifiers/") for rule, _, _ in said(place, "44051401459"))


@pytest.mark.parametrize(
    ("tag", "vr"), [(0x00200032, "DS"), (0x00200013, "IS"), (0x00080031, "TM")]
)
def test_numbers_and_times_are_never_identifiers(tag: int, vr: str) -> None:
    place = Place(Where.HEADER, "x", tag, vr)
    rules = [rule for rule, _, _ in said(place, "7569217076985")]
    assert not any(rule.startswith("identifiers/") for rule in rules)


def test_among_the_figures_of_makers_only_labels_count() -> None:
    place = Place(Where.PRIVATE, "(0029,xx10)", 0x00291010, "OB", "SIEMENS CSA HEADER")
    for text, expected in (("85073003328", False), ("DNI 12345678Z", True)):
        rules = [rule for rule, _, _ in said(place, text)]
        assert any(rule.startswith("identifiers/") for rule in rules) == expected


def test_public_ids_and_descriptions_hold_none() -> None:
    if not NAMES.is_dir():
        pytest.skip("the shared lists of public texts are absent")
    names = sorted(NAMES.glob("*.txt"))
    texts = [line for file in names for line in file.read_text("utf-8", "replace").splitlines()]
    assert len(texts) > 30_000
    alarms = [text for text in texts if identified(text, KNOWN)]
    assert not alarms
    assert identifiers.NUMBERS
