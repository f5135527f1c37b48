"""People who never lived: names by locale, combined by chance, with all that a header tells."""

import dataclasses
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from vestige import shipped
from vestige.model import VestigeError
from vestige.planting import strict
from vestige.planting.chance import draw, pick, uid, unique

_FIRST_BIRTH = date(1931, 1, 1)
_BIRTH_DAYS = 27_000
_FIRST_STUDY = date(2015, 1, 1)
_STUDY_DAYS = 2_500
_INITIALS = "ABCDEGJKMNPRSTV"
_LETTERS = {"ß": "ss", "ø": "o", "đ": "d", "ł": "l", "\u0131": "i", "æ": "ae", "œ": "oe", "ð": "d"}


@dataclass(frozen=True, slots=True)
class Names:
    """The names of one locale; an entry may add native and phonetic forms: `Mori=森=もり`.

    Each of `stems` with each of `endings` is a surname too. With `initials`, given names are
    one letter, as where people put the initial of their father's name before their own.
    """

    surnames: tuple[str, ...] = ()
    given: tuple[str, ...] = ()
    stems: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()
    initials: bool = False

    def all_surnames(self) -> tuple[str, ...]:
        """The surnames, those in the list and those put together, each once."""
        joined = (stem + ending for stem in self.stems for ending in self.endings)
        return tuple(dict.fromkeys((*self.surnames, *joined)))


@dataclass(frozen=True, slots=True)
class Places:
    """Where people live, and where they are examined; all invented."""

    streets: tuple[str, ...]
    cities: tuple[str, ...]
    institutions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class People:
    """All names and places; `surnames` are complete, by locale."""

    names: Mapping[str, Names]
    surnames: Mapping[str, tuple[str, ...]]
    places: Places

    @property
    def locales(self) -> tuple[str, ...]:
        """The locales that there are."""
        return tuple(sorted(self.names))


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who does not exist, and their one study; dates are YYYYMMDD, times HHMMSS."""

    number: int
    surname: tuple[str, ...]
    given: tuple[str, ...]
    birth_date: str
    sex: str
    age: str
    mrn: str
    uuid: str
    opaque: str
    street: str
    city: str
    phone: str
    accession: str
    physician: str
    operator: str
    institution: str
    station: str
    serial: str
    study_date: str
    study_time: str
    study_uid: str
    frame_uid: str


_AS_THEY_ARE = tuple(field.name for field in dataclasses.fields(Person) if field.type is str)


def people() -> People:
    """The synthetic people that ship with Vestige; VestigeError if their file is broken."""
    file = shipped.fixtures() / "people.toml"
    table = strict.toml(file)
    strict.known(file.name, table, ("places", "locales"))
    names = {
        locale: _names(f"{file.name}: locales.{locale}", entry)
        for locale, entry in table["locales"].items()
    }
    surnames = {locale: entry.all_surnames() for locale, entry in names.items()}
    places = strict.read(Places, f"{file.name}: places", table["places"])
    return People(names, surnames, places)


def person(known: People, seed: int, locale: str, number: int) -> Person:
    """The person with this number, who is the same however many others there are."""
    names, places = known.names[locale], known.places
    key = f"{seed}/{locale}/{number}"
    born = _FIRST_BIRTH + timedelta(days=draw(key, "birth") % _BIRTH_DAYS)
    seen = _FIRST_STUDY + timedelta(days=draw(key, "study") % _STUDY_DAYS)
    return Person(
        number=number,
        surname=tuple(pick(known.surnames[locale], key, "surname").split("=")),
        given=tuple(pick(names.given or _INITIALS, key, "given").split("=")),
        birth_date=_day(born),
        sex=pick("FM", key, "sex"),
        age=f"{(seen - born).days // 365:03}Y",
        mrn=f"{draw(key, 'mrn') % 90_000_000 + 10_000_000}",
        uuid=str(unique(key, "uuid")),
        opaque=str(unique(key, "opaque")),
        street=f"{pick(places.streets, key, 'street')} {draw(key, 'house') % 98 + 1}",
        city=pick(places.cities, key, "city"),
        phone=f"+{draw(key, 'country') % 60 + 30} 555 01{draw(key, 'phone') % 90 + 10}",
        accession=f"A{seen.year}{draw(key, 'accession') % 900_000 + 100_000}",
        physician=_colleague(known, key, "physician"),
        operator=_colleague(known, key, "operator"),
        institution=pick(places.institutions, key, "institution"),
        station=f"CT{draw(key, 'station') % 90 + 10}ROOM{draw(key, 'room') % 4 + 1}",
        serial=f"{draw(key, 'serial') % 90_000 + 10_000}",
        study_date=_day(seen),
        study_time=f"{draw(key, 'hour') % 11 + 7:02}{draw(key, 'minute') % 60:02}00",
        study_uid=uid(key, "study"),
        frame_uid=uid(key, "frame"),
    )


def fields(of: Person) -> dict[str, str | int]:
    """What templates may say of a person."""
    known: dict[str, str | int] = {name: getattr(of, name) for name in _AS_THEY_ARE}
    return known | {
        "address": f"{of.street}, {of.city}",
        "email": f"{_plain(of.given[0])}.{_plain(of.surname[0])}@mail.example",
        "given": of.given[0],
        "given_native": of.given[min(1, len(of.given) - 1)],
        "GIVEN": of.given[0].upper(),
        "name": f"{of.surname[0]}^{of.given[0]}",
        "name_groups": "=".join(map("^".join, zip(of.surname, of.given, strict=False))),
        "person": of.number,
        "subject": f"SUBJ-{of.number:04}",
        "surname": of.surname[0],
        "surname_native": of.surname[min(1, len(of.surname) - 1)],
        "SURNAME": of.surname[0].upper(),
    }


def locale_of(known: People, wanted: str, where: str) -> str:
    """`wanted`, if there are people of this locale; VestigeError if not."""
    if wanted not in known.names:
        raise VestigeError(f"{where}: {wanted!r} is no locale; there are {_list(known)}")
    return wanted


def _list(known: People) -> str:
    return ", ".join(known.locales)


def _names(where: str, table: dict[str, Any]) -> Names:
    strict.known(where, table, strict.names(Names))
    names = strict.read(Names, where, table)
    if not names.all_surnames() or not (names.given or names.initials):
        strict.refuse(where, "needs surnames and given names")
    return names


def _colleague(known: People, key: str, role: str) -> str:
    """Who examined or sent this person: of the same synthetic people."""
    locale = pick(("de", "en", "es", "fr", "it", "pl"), key, role, "locale")
    surname = pick(known.surnames[locale], key, role, "surname")
    return f"{surname}^{pick(known.names[locale].given, key, role, 'given')}"


def _day(when: date) -> str:
    return f"{when:%Y%m%d}"


def _plain(text: str) -> str:
    """Lower case without diacritics, blanks and apostrophes, as in e-mail addresses."""
    folded = "".join(_LETTERS.get(letter, letter) for letter in text.lower())
    return "".join(
        letter
        for letter in unicodedata.normalize("NFD", folded)
        if letter.isascii() and (letter.isalnum() or letter == "-")
    )
