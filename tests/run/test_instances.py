import pytest

from tests.read.build import explicit, header_of, part_10
from vestige.read.series import Template, template_of
from vestige.run.instances import instances, places
from vestige.statement import OF_ONE_FILE, Tag

ARCHIVE = b"1.3.6.1.4.1.14519.5.2.1."


def template(media: bytes, own: bytes) -> Template:
    """The template of a file that names its instance so, both as slots where they can be."""
    data_set = explicit(0x00080018, "UI", own) + explicit(0x00080060, "CS", b"CT")
    data = part_10(data_set)
    behind = len(bytes(128)) + len(b"DICM") + 12
    data = data[:behind] + explicit(0x00020003, "UI", media) + data[behind:]
    found = template_of(header_of(data))
    assert found is not None
    slots = {i for i, (tag, *_) in enumerate(found.layout) if tag in OF_ONE_FILE}
    return found.with_slots(slots)


def test_slots_are_found_by_the_tags_of_their_elements() -> None:
    made = template(b"2.25.11\0", b"2.25.11\0")
    found = places(made, OF_ONE_FILE)
    assert found.keys() == OF_ONE_FILE
    assert sorted(found.values()) == [0, 1]
    assert places(made, {Tag.MODALITY}) == {}


@pytest.mark.parametrize(
    ("media", "own", "agrees"),
    [
        (b"2.25.12\0", b"2.25.12\0", True),
        (b"2.25.12", b"2.25.12\0", True),
        (b"", b"2.25.12\0", True),
        (b"2.25.13\0", b"2.25.12\0", False),
        (ARCHIVE + b"1", ARCHIVE + b"1", False),
    ],
)
def test_files_agree_that_name_one_instance_of_the_same_maker(
    media: bytes, own: bytes, *, agrees: bool
) -> None:
    made = template(b"2.25.11\0", b"2.25.11\0")
    found = instances(made)
    values = {Tag.MEDIA_STORAGE_SOP_INSTANCE_UID: media, Tag.SOP_INSTANCE_UID: own}
    by_place = {place: values[Tag(tag)] for tag, place in places(made, OF_ONE_FILE).items()}
    assert found.agree([by_place[0], by_place[1]]) is agrees


def test_where_two_instances_are_named_one_is_the_odd_one_out() -> None:
    made = template(b"2.25.10\0", b"2.25.11\0")
    found = instances(made)
    assert not found.same
    assert not found.agree([b"2.25.12\0", b"2.25.12\0"])
    assert found.agree([b"2.25.12\0", b"2.25.13\0"])
