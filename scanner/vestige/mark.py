"""The mark of a person: one of the forms in which somebody may stand in a text, and its digest."""

from enum import StrEnum
from typing import NamedTuple


class Form(StrEnum):
    """In what form a person stands in a text, the most telling first."""

    NAMES = "surname and given name"
    JOINED = "surname and given name in one word"
    NAME_AND_BIRTH = "name and birth date"
    NUMBER = "number"
    INITIALS_AND_BIRTH = "initials and birth date"
    INITIAL_AND_NAME = "initial and surname"
    BIRTH = "birth date"
    NAME = "one name"
    NEARLY = "nearly one name"
    RUN = "a run of letters"


class Mark(NamedTuple):
    """One form of a person, and the keyed digest (8 bytes) of what it consists of."""

    form: Form
    digest: bytes
