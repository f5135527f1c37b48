"""Plants in files beside the images: one value of one person in each file, and a control."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from benchmarks.identities import Identity


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

Write = Callable[[Path, str, int], str]


@dataclass(frozen=True, slots=True)
class Plant:
    """One way in which a value may stand in a file.

    `write` makes the file with that value in a folder of its own and gives the path, relative to
    the folder, at which the finding must stand, or below which: `a.zip!/dir/IM1` inside a
    container. `number` tells files apart; whatever else the file needs comes from it.
    """

    name: str
    field: Field
    write: Write


def value_of(person: Identity, field: Field) -> str:
    """What of a person is planted, as it is spelled."""
    return {
        Field.NAME: f"{person.given} {person.family}",
        Field.FAMILY: person.family,
        Field.NUMBER: person.mrn,
        Field.BIRTH: person.born.isoformat(),
        Field.PHONE: person.phone,
        Field.EMAIL: person.email,
    }[field]


def written(name: str, text: Callable[[str, int], str], codec: str = "utf-8") -> Write:
    """A writer of a text at a path; in UTF-8 if its own encoding has no such letters."""

    def write(folder: Path, value: str, number: int) -> str:
        told = text(value, number)
        try:
            data = told.encode(codec)
        except UnicodeEncodeError:
            data = told.encode("utf-8")
        return kept(folder, name, data)

    return write


def held(name: str, content: Callable[[str, int], bytes]) -> Write:
    """A writer of bytes at a path."""
    return lambda folder, value, number: kept(folder, name, content(value, number))


def kept(folder: Path, name: str, data: bytes) -> str:
    """The path of a file that was written below a folder."""
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(data)
    return name
