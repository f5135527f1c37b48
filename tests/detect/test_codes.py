import re
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vestige import catalog
from vestige.detect.codes import TWINS, UNMOVED, is_code, not_codes
from vestige.detect.judge import Judge
from vestige.model import Declaration, Observation, Place, Where
from vestige.sensitive import Sensitive

CATALOG = catalog.load()
JUDGE = Judge(CATALOG, catalog.policy("gdpr"))
PLACES = (Place(Where.PATH, "name"), Place(Where.PATH, "name", software=True))

HEX = st.sampled_from(("0123456789", "abcdef", "ABCDEF", "0123456789abcdef", "9dec", "0a"))
"""Digits of a part of a code: parts of digits or of letters alone are where words may stand."""


def part(length: int) -> st.SearchStrategy[str]:
    return HEX.flatmap(lambda digits: st.text(digits, min_size=length, max_size=length))


CODES = st.one_of(
    st.tuples(*map(part, (8, 4, 4, 4, 12))).map("-".join),
    st.lists(part(8), min_size=4, max_size=8).map("".join),
    st.uuids().map(str),
)
PAIR = re.compile(r"\d{4}-[a-f]{4}-[a-f]{2}|[a-f]{2}-[a-f]{4}-\d{4}")
"""Letters beside a part of letters alone, with a number beside them."""
ENDINGS = st.sampled_from(("", ".dcm", ".DCM", ".nii.gz", ".h5", ".tar.gz"))


@given(CODES, ENDINGS)
def test_of_no_code_anything_is_said(code: str, ending: str) -> None:
    name = f"{code}{ending}"
    if is_code(name.encode()):
        for place in PLACES:
            assert not JUDGE.judge(Observation(place, Sensitive(name)), Declaration()).hits


@given(st.uuids(), ENDINGS)
def test_most_uuids_are_codes(number: UUID, ending: str) -> None:
    first, *_, last = str(number).split("-")
    paired = PAIR.search(str(number)) is not None
    assert is_code(f"{number}{ending}".encode()) is not (
        first.isalpha() or last.isalpha() or paired
    )


@given(st.lists(st.tuples(CODES, ENDINGS).map("".join), max_size=9), st.booleans())
def test_many_are_codes_as_each_of_them_is(names: list[str], plain: bool) -> None:  # noqa: FBT001
    some = [name.encode()[: 36 if plain else None] for name in names]
    found = not_codes(b"/".join(some))
    if found is not None:
        assert found == [place for place, name in enumerate(some) if not is_code(name)]


@given(st.lists(CODES.filter(lambda one: "-" in one), min_size=1, max_size=99), ENDINGS)
def test_uuids_with_one_ending_are_looked_at_together(codes: list[str], ending: str) -> None:
    names = [f"{code}{ending}".encode() for code in codes]
    assert not_codes(b"/".join(names)) == [p for p, one in enumerate(names) if not is_code(one)]


@pytest.mark.parametrize("strange", ["", "\1", ".dcn", ".DCM", "-", ".dcm.dcm"])
def test_other_names_among_them_are_not_told(strange: str) -> None:
    uuid = TWINS[0].decode()
    for name in (f"{uuid}{strange}", f"{strange or 'x'}{uuid[1:]}.dcm", f"{uuid[:-1]}x.dcm"):
        assert not_codes(f"{uuid}.dcm/{name}".encode()) is None
    assert not_codes(f"{strange}{uuid}".encode()) in (None, [])


def test_a_pair_of_words_beside_a_number_is_no_code() -> None:
    for name in (b"12345678-dead-beef-9a0c-0305e82c3301", b"0a12345b-face-bead-1961-0203e82c3301"):
        assert not_codes(b"/".join((TWINS[0], name, TWINS[0]))) == [1]


@pytest.mark.parametrize(
    "name",
    [
        "QUINTERO_3f2504e0-4f89-41d3-9a0c-0305e82c3301",
        "3f2504e0-4f89-41d3-9a0c-0305e82c3301_QUINTERO",
        "3f2504e0-4f89-41d3-9a0c-0305e82c3301.quintero",
        "3f2504e0-4f89-41d3-9a0c-0305e82c33012",
        "12345678-dead-beef-9a0c-0305e82c3301",
        "20110304abcdef770ffc029102a200c5de",
        "12dec2011bcdef770ffc029102a200c5de",
        "12345678901234567890123456789012",
        "abcdefabcdefabcdefabcdefabcdefab",
        "9b74c9897bac770ffc029102a200c5de.dcm.quintero",
        "",
    ],
)
def test_other_names_are_none(name: str) -> None:
    assert not is_code(name.encode())


def test_the_twins_are_codes() -> None:
    assert all(map(is_code, TWINS))


def test_every_expression_of_names_is_known_to_pass_codes_over() -> None:
    assert JUDGE.passes_codes(Where.PATH)
    assert {rule.id for rule in CATALOG.rules} >= UNMOVED
