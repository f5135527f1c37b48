"""Instances: where files of a series name their SOP instance, and whether they do it alike."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from vestige.detect.declared import TCIA_ROOT
from vestige.read.narrowed import Narrowed
from vestige.read.series import Template
from vestige.read.stated import same_instance
from vestige.statement import OF_ONE_FILE, Tag

_TCIA = TCIA_ROOT.encode("ascii")


class Instances(NamedTuple):
    """Where the SOP instance is named: in the data set, and in file meta.

    Each is the place of a slot, -1 where the template's file has the value of all; `media` and
    `own` are that file's values. `public` says that the instance was named by a public archive,
    whose root is a mark of its de-identifier, and `same` that both name one instance.
    """

    place: int
    own: bytes
    media_place: int
    media: bytes
    public: bool
    same: bool

    def agree(self, values: Sequence[bytes]) -> bool:
        """Whether a file with these values is as the template's file in what its names tell."""
        place, own, media_place, media, public, same = self
        if place >= 0:
            own = values[place]
            if own.startswith(_TCIA) is not public:
                return False
        if media_place >= 0:
            media = values[media_place]
        return (own == media or same_instance(media, own)) is same


def instances(template: Template) -> Instances:
    """Where the files of a template name their SOP instance."""
    slots = places(template, OF_ONE_FILE)
    values = {
        tag: template.value(index)
        for index, (tag, _, parent, _) in enumerate(template.layout)
        if parent < 0 and tag in OF_ONE_FILE
    }
    own = values.get(Tag.SOP_INSTANCE_UID, b"")
    media = values.get(Tag.MEDIA_STORAGE_SOP_INSTANCE_UID, b"")
    return Instances(
        slots.get(Tag.SOP_INSTANCE_UID, -1),
        own,
        slots.get(Tag.MEDIA_STORAGE_SOP_INSTANCE_UID, -1),
        media,
        own.startswith(_TCIA),
        same_instance(media, own),
    )


def places(template: Template | Narrowed, tags: AbstractSet[int]) -> dict[int, int]:
    """The places of the slots of top-level elements, by tag."""
    found = {}
    for place, index in enumerate(template.slots):
        tag, _, parent, _ = template.layout[index]
        if parent < 0 and tag in tags:
            found[tag] = place
    return found
