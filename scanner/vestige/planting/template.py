"""Templates: texts with {fields} of a person, a series and a file, checked when they are read."""

import string
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass

Fields = Mapping[str, str | int]

_NAMES = {"surname", "given", "SURNAME", "GIVEN", "surname_native", "given_native", "name"}
_LIFE = {"name_groups", "birth_date", "age", "sex", "street", "city", "address", "phone", "email"}
_NUMBERED = {"person", "subject", "mrn", "uuid", "opaque", "accession", "study_uid", "frame_uid"}
_STUDY = {"study_date", "study_time", "physician", "operator", "institution", "station", "serial"}

PERSON_FIELDS = frozenset(_NAMES | _LIFE | _NUMBERED | _STUDY)
"""What is known of a person and of the one study that each person has."""

FILE_FIELDS = frozenset({"series", "n", "series_uid", "uid"})
"""What is known of one series, and of one file in it."""

_NUMBERS = frozenset({"person", "series", "n"})
_COMPONENT = 200
_CHANGES: Mapping[str, Callable[[str], str]] = {
    "": str,
    "upper": str.upper,
    "lower": str.lower,
    "nfd": lambda text: unicodedata.normalize("NFD", text),
}


@dataclass(frozen=True, slots=True)
class Template:
    """A text with fields: `{surname}`, `{surname:nfd}`, `{n:04}`, `{wide:255}`, `{deep:4000}`."""

    text: str
    parts: tuple[tuple[str, str, str], ...]

    @property
    def fields(self) -> frozenset[str]:
        """The names of its fields."""
        return frozenset(field for _, field, _ in self.parts if field)

    def fill(self, fields: Fields) -> str:
        """The text with every field replaced."""
        if not self.parts:
            return self.text
        return "".join(
            literal + _filled(field, spec, fields) if field else literal
            for literal, field, spec in self.parts
        )


NOTHING = Template("", ())
"""The empty text."""


def template(text: str) -> Template:
    """`text` as a template; ValueError if a field is unknown or its form is not one we have."""
    if "{" not in text and "}" not in text:
        return Template(text, ())
    parts = []
    for literal, field, spec, change in string.Formatter().parse(text):
        if change:
            raise ValueError(f"{{{field}!{change}}} is not allowed")
        _check(field, spec)
        parts.append((literal, field or "", spec or ""))
    return Template(text, tuple(parts))


def _check(field: str | None, spec: str | None) -> None:
    """Refuse a field that nobody could fill."""
    if field is None:
        return
    spec = spec or ""
    if field in _LAID and not spec.isdecimal():
        raise ValueError(f"{{{field}}} needs a number of bytes")
    if field in _NUMBERS and not (spec == "" or spec.isdecimal()):
        raise ValueError(f"{{{field}:{spec}}}: the form of a number is a width, as 04")
    if field in _LAID or field in _NUMBERS:
        return
    if field not in PERSON_FIELDS | FILE_FIELDS:
        raise ValueError(f"{{{field}}} is no field")
    if spec not in _CHANGES:
        raise ValueError(f"{{{field}:{spec}}}: a text is {', '.join(sorted(_CHANGES))[2:]}")


def _filled(field: str, spec: str, fields: Fields) -> str:
    if field in _LAID:
        return _LAID[field](int(spec))
    value = fields[field]
    return format(value, spec) if isinstance(value, int) else _CHANGES[spec](value)


def _wide(size: int) -> str:
    """A name of `size` characters that says nothing."""
    return "0" * size


def _deep(size: int) -> str:
    """Folders in folders whose path has `size` characters."""
    return "/".join("0" * min(_COMPONENT, size - start) for start in range(0, size, _COMPONENT + 1))


_LAID: Mapping[str, Callable[[int], str]] = {"wide": _wide, "deep": _deep}
