"""Plants in files beside the images: one value of one person in each file, and a control."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path


class Field(Enum):
    """What of a person is planted."""

    NAME = "name"
    FAMILY = "family"
    NUMBER = "number"
    BIRTH = "birth"
    PHONE = "phone"
    EMAIL = "email"


CONTROL = {
    Field.NAME: "CASE-{number:04}",
    Field.FAMILY: "CASE-{number:04}",
    Field.NUMBER: "sub-{number:04}",
    Field.BIRTH: "",
    Field.PHONE: "",
    Field.EMAIL: "info@example.org",
}
"""What stands in a control where the planted file has the person's: a pseudonym, or nothing."""


@dataclass(frozen=True, slots=True)
class Plant:
    """One way in which a value may stand in a file.

    `write` makes the file with that value in a folder of its own and gives the path, relative to
    the folder, at which the finding must stand: `a.zip!/dir/IM1` inside a container. `number`
    tells files apart; whatever else the file needs comes from it.
    """

    name: str
    field: Field
    write: Callable[[Path, str, int], str]
