"""Templates: fields filled, and everything else refused when it is read."""

import re
import unicodedata

import pytest

from vestige.planting.people import fields, people, person
from vestige.planting.template import FILE_FIELDS, PERSON_FIELDS, template

KNOWN: dict[str, str | int] = {"surname": "Müller", "SURNAME": "MÜLLER", "n": 7, "series": 12}


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("plain", "plain"),
        ("{SURNAME}_{n:04}", "MÜLLER_0007"),
        ("S{series:03}/{n}", "S012/7"),
        ("{surname:upper}{surname:lower}", "MÜLLERmüller"),
        ("{surname:nfd}", unicodedata.normalize("NFD", "Müller")),
        ("{{x}}", "{x}"),
        ("{wide:5}.dcm", "00000.dcm"),
        ("", ""),
    ],
)
def test_fields_are_filled(text: str, filled: str) -> None:
    assert template(text).fill(KNOWN) == filled


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{nobody}", "{nobody} is no field"),
        ("{surname.__class__}", "{surname.__class__} is no field"),
        ("{surname[0]}", "{surname[0]} is no field"),
        ("{surname!r}", "{surname!r} is not allowed"),
        ("{}", "{} is no field"),
        ("{0}", "{0} is no field"),
        ("{surname:>99}", "{surname:>99}: a text is lower, nfd, upper"),
        ("{n:x}", "{n:x}: the form of a number is a width, as 04"),
        ("{wide}", "{wide} needs a number of bytes"),
        ("{deep:x}", "{deep} needs a number of bytes"),
        ("{open", "expected '}' before end of string"),
        ("close}", "Single '}' encountered in format string"),
    ],
)
def test_what_could_not_be_filled_is_refused(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        template(text)


@pytest.mark.parametrize("size", [1, 200, 201, 202, 403, 3900])
def test_deep_paths_have_their_size_and_no_empty_name(size: int) -> None:
    names = template(f"{{deep:{size}}}").fill({}).split("/")
    assert len("/".join(names)) in (size, size - 1)
    assert all(0 < len(name) <= 255 for name in names)


def test_fields_are_those_that_people_have() -> None:
    assert set(fields(person(people(), 1, "de", 1))) == PERSON_FIELDS
    assert not PERSON_FIELDS & FILE_FIELDS
    assert template("{surname}{n}").fields == {"surname", "n"}
