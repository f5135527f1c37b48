"""Templates: equal bytes at equal places are equal elements, and nothing else is."""

import random
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.read.build import IMPLICIT, explicit, implicit, item, part_10, private, sequence
from vestige.read.dictionary import vr_of
from vestige.read.header import Header, read_header
from vestige.read.pages import FIRST, Held
from vestige.read.series import (
    WHOSE,
    Finder,
    Template,
    differing,
    may_have_template,
    series_of,
    template_of,
)

CSA = b"SIEMENS CSA HEADER"
PIXELS = explicit(0x7FE00010, "OW", bytes(64))
UID = b"1.3.12.2.1107.5.99.3.17"


def image(
    number: bytes = b"1 ",
    time: bytes = b"101112",
    name: bytes = b"Probe^Paula ",
    inner: bytes = b"R0000001",
    note: bytes = b"note",
    pixels: bytes = PIXELS,
) -> bytes:
    return part_10(
        explicit(0x00080018, "UI", UID + b".9" + number)
        + explicit(0x00080032, "TM", time)
        + explicit(0x00100010, "PN", name)
        + explicit(0x0020000E, "UI", UID)
        + explicit(0x00200013, "IS", number)
        + explicit(0x00280010, "US", b"\x40\x00")
        + private(CSA, explicit(0x00291010, "UN", note))
        + sequence(0x00400275, item(explicit(0x00401001, "SH", inner)))
        + pixels
    )


def header_of(data: bytes) -> Header:
    found = read_header(Held(data), vr_of)
    assert found is not None
    assert found.flaws == ()
    return found


def made(data: bytes, *tags: int) -> Template:
    header = header_of(data)
    slots = {index for index, element in enumerate(header.elements) if element.tag in tags}
    found = template_of(header)
    assert found is not None
    return found.with_slots(slots)


def match(template: Template, data: bytes) -> Sequence[bytes] | None:
    return template.match(data[:FIRST], len(data))


def test_a_file_matches_its_own_template_and_no_other() -> None:
    template = made(image())
    assert match(template, image()) == ()
    assert match(template, image(number=b"2 ")) is None


@pytest.mark.parametrize("number", [b"2 ", b"12", b"1234", b"", b"x" * 300])
def test_slots_take_values_of_any_length(number: bytes) -> None:
    template = made(image(), 0x00080018, 0x00200013)
    for _ in range(2):
        found = match(template, image(number=number))
        assert found is not None
        assert list(found) == [UID + b".9" + number, number]
    assert match(template, image(number=number, time=b"101113")) is None
    assert match(template, image(number=b"7 ", name=b"Muster^Max  ")) is None


def test_what_others_depend_on_is_no_slot() -> None:
    data = part_10(
        explicit(0x00080005, "CS", b"ISO_IR 100")
        + explicit(0x00080018, "UI", b"1.2.3 ")
        + explicit(0x00100010, "PN", b"Probe^Paula ")
        + explicit(0x00100020, "LO", b"4000000 ")
        + explicit(0x00120063, "LO", b"by hand ")
        + sequence(0x00120064, item(explicit(0x00080100, "SH", b"113100")))
        + sequence(0x0040A043, item(explicit(0x00080100, "SH", b"121029")))
        + private(CSA)
    )
    header = header_of(data)
    whole = template_of(header)
    assert whole is not None
    template = whole.with_slots(set(range(len(header.elements))), WHOSE)
    tags = {header.elements[index].tag for index in template.slots}
    assert tags == {0x00020000, 0x00080018}
    open_to_all = whole.with_slots(set(range(len(header.elements))))
    assert set(open_to_all.slots) - set(template.slots) == {
        index for index, element in enumerate(header.elements) if element.tag in WHOSE
    }


@given(
    number=st.sampled_from([b"1 ", b"12", b"1234"]),
    time=st.sampled_from([b"1", b"101112"]),
    inner=st.sampled_from([b"R0000002", b"R-2 ", b"R000000002"]),
)
def test_a_template_made_again_is_that_of_the_file_read_in_full(
    number: bytes, time: bytes, inner: bytes
) -> None:
    data = image(number=number, time=time, name=b"Muster^Max", inner=inner)
    kind = made(image(), 0x00080018, 0x00080032, 0x00100010, 0x00200013, 0x00401001)
    values = match(kind, data)
    assert values is not None
    wanted = kind.slots[0], kind.slots[-1]
    again = kind.again(data, values, wanted)
    read = template_of(header_of(data))
    assert read is not None
    every = range(len(read.layout))
    assert (again.layout, again.head, again.fields) == (read.layout, read.head, read.fields)
    assert [again.value(index) for index in every] == [read.value(index) for index in every]
    assert again.slots == wanted
    longer = image(number=b"7", time=b"1011", name=b"Probe^Paula", inner=b"R77777")
    for slots in (set(wanted), set(every)):
        for other in (data, longer):
            one, both = again.with_slots(slots), read.with_slots(slots)
            assert match(one, other) == match(both, other)


def test_an_empty_value_is_no_slot_for_nobody_read_it() -> None:
    template = made(image(time=b""), 0x00080032)
    assert template.slots == ()
    assert match(template, image(time=b"101112")) is None


@pytest.mark.parametrize(
    "data",
    [
        image()[:-1],
        image() + b"\0",
        image(pixels=b""),
        image(pixels=PIXELS + explicit(0xFFFCFFFC, "OB", b"\0\0")),
        image(pixels=explicit(0x7FE00010, "OW", bytes(66))),
        image()[132:],
        b"",
        b"\0" * 200,
    ],
)
def test_files_that_end_otherwise_do_not_match(data: bytes) -> None:
    assert match(made(image(), 0x00200013), data) is None


@pytest.mark.parametrize(
    "data",
    [
        image()[132:],
        image()[:-1],
        image() + b"rest",
        image(pixels=PIXELS + explicit(0xFFFCFFFC, "OB", b"\0\0")),
        part_10(explicit(0x00100010, "PN", b"Probe ") * 3000),
        part_10(b"\x10\x00\x10\x00\x00\x00\x06\x00Probe "),
    ],
)
def test_files_out_of_the_ordinary_have_no_template(data: bytes) -> None:
    header = read_header(Held(data), vr_of)
    assert header is not None
    assert template_of(header) is None


def test_implicit_files_have_templates_too() -> None:
    def plain(number: bytes) -> bytes:
        return part_10(
            implicit(0x00080018, UID + number) + implicit(0x00200013, number),
            syntax=IMPLICIT,
        )

    template = made(plain(b"1 "), 0x00080018, 0x00200013)
    found = match(template, plain(b"1234"))
    assert found is not None
    assert list(found) == [UID + b"1234", b"1234"]


def test_the_series_is_likely_found_without_parsing() -> None:
    assert series_of(image()) == UID
    assert series_of(part_10(implicit(0x0020000E, UID), syntax=IMPLICIT)) == UID
    assert series_of(b"") == series_of(bytes(200)) == series_of(image()[:200]) == b""


def test_a_uid_is_found_where_it_stood_before_and_where_it_did_not() -> None:
    finder = Finder()
    far = [explicit(0x00080070, "LO", b"x" * length) for length in (2, 900, 3000, 40, 6000, 902)]
    for note in (*far, *far):
        data = part_10(note + explicit(0x0020000E, "UI", UID) + PIXELS)
        assert finder.near(data) in {UID, b""}
        assert finder.anywhere(data) == series_of(data) == finder.near(data) == UID
        assert may_have_template(data)
    assert finder.anywhere(part_10(far[0])) == finder.near(part_10(far[0])) == b""
    assert finder.anywhere(b"") == finder.near(b"") == b""
    assert not may_have_template(b"")
    assert not may_have_template(image()[132:])


def test_what_differs_between_two_files_of_one_structure_is_known() -> None:
    one, two = made(image()), made(image(number=b"22", inner=b"R0000002"))
    found = differing(one, two)
    assert found is not None
    tags = {one.layout[index][0] for index in found}
    assert tags == {0x00080018, 0x00200013, 0x00401001}
    assert differing(one, made(part_10(explicit(0x00100010, "PN", b"Probe ")))) is None


@given(seed=st.integers(0, 1 << 30))
@settings(max_examples=400)
def test_what_matches_has_the_elements_of_its_template_but_for_the_slots(seed: int) -> None:
    """Bytes are changed at random: whatever still matches is read in full as the template says."""
    chance = random.Random(seed)  # noqa: S311 - chance, not secrecy
    whole = image(pixels=PIXELS)
    template = made(whole, 0x00080018, 0x00080032, 0x00200013, 0x00401001, 0x00291010, 0x00280010)
    data = bytearray(
        image(
            number=chance.choice((b"1 ", b"1234")),
            time=chance.choice((b"1", b"101112")),
            inner=chance.choice((b"R0000001", b"R-1 ")),
        )
    )
    for _ in range(chance.randrange(3)):
        at = chance.randrange(132, len(data))
        data[at] = chance.choice((0, 1, 2, 4, 0x10, 0x29, 0x31, 0xFE, 0xFF, chance.randrange(256)))
    values = match(template, bytes(data))
    if values is None or any(value[:2] in (b"\xfe\xff", b"\xff\xfe") for value in values):
        return
    header = read_header(Held(bytes(data)), vr_of)
    assert header is not None
    assert tuple((e.tag, e.vr, e.parent, e.item) for e in header.elements) == template.layout
    read = [header.value(element) for element in header.elements]
    assert [read[index] for index in template.slots] == list(values)
    first = header_of(whole)
    for index, element in enumerate(first.elements):
        if index not in template.slots and element.vr not in ("SQ", "OW"):
            assert read[index] == first.value(element)
