"""Many: names looked at all at once are told as they are one by one."""

import random
import uuid

from hypothesis import given
from hypothesis import strategies as st

from vestige.correlate import many
from vestige.digits import form
from vestige.text import opaque

PIECES = st.sampled_from(
    str.split(
        "1.2.840.5 2.25 9.9.9 abc. MR. IM_ scan 0042 7 3f2504e0-4f89-41d3-9a0c-0305e82c3301 { } - _"
        " .mp4 .bz2 .dcm .1 .h5 .JP2 .nii .gz QUINTERO deadbeef9a1 \u0663 \u00fc \xa0"
    )
)
NAMES = st.lists(st.lists(PIECES, max_size=4).map("".join), min_size=1, max_size=12)


@given(NAMES, st.sampled_from([1, 9]))
def test_those_that_may_hold_words_are_those_that_are_not_opaque(
    names: list[str], times: int
) -> None:
    some = names * times
    assert worded(some) == [p for p, name in enumerate(some) if not opaque(name)]
    assert many.forms(some) == [form(name) for name in some]


def test_uuids_and_numbers_hold_no_words_however_many() -> None:
    chance = random.Random(1)  # noqa: S311 - names, no secret
    codes = [f"{uuid.UUID(int=chance.getrandbits(128))}.dcm" for _ in range(300)]
    numbers = [f"IM-{number:04}.mp4" for number in range(300)]
    assert worded([*codes, "QUINTERO", *numbers, "two\nlines"]) == [300, 601]
    assert worded([*codes, "QUINTERO", *numbers]) == [300]
    assert worded(codes) == worded(numbers) == []
    endings = [f"{uuid.UUID(int=chance.getrandbits(128))}{end}" for end in (".dcm", "-QUINTERO")]
    assert worded(endings) == [1]


def worded(names: list[str]) -> list[int]:
    return list(many.worded(names, many.forms(names)))


def test_names_of_two_lines_are_no_text_of_lines() -> None:
    assert many.one_text(["a\nb", "c"]) is None
    assert many.lines(many.one_text(["a", "", "c"]) or "") == ["a", "", "c"]


def test_uuids_with_one_ending_are_told_from_all_else() -> None:
    chance = random.Random(3)  # noqa: S311 - names, no secret
    codes = [str(uuid.UUID(int=chance.getrandbits(128))) for _ in range(20)]
    assert many.are_uuids(codes)
    assert many.are_uuids([f"{code}.dcm" for code in codes])
    assert many.are_uuids([code.upper() for code in codes])
    for other in ("", f"{codes[0]}.dcn", codes[0][1:], f"{codes[0]}\n{codes[0]}", "QUINTERO"):
        assert not many.are_uuids([*(f"{code}.dcm" for code in codes), other])
    assert not many.are_uuids([f"{code} QUINTERO" for code in codes])
    assert not many.are_uuids([])


@given(st.lists(st.text("09af", min_size=12, max_size=12), max_size=60))
def test_uuids_of_one_form_are_kindred(parts: list[str]) -> None:
    names = [f"00000000-{p[:4]}-{p[4:8]}-{p[8:]}-000000000000.dcm" for p in parts]
    forms = [form(name).replace("f", "a").replace("A", "a") for name in names]
    found = many.of_kindred_uuids(names, 3)
    assert found == [p for p, one in enumerate(forms) if forms.count(one) >= 3]
