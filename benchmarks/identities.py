"""People who never lived, with all that a header tells of them, for the answer key of a planting.

Locales with an underscore are Faker's (`fi_FI`), the others those of Vestige's own list (`fi`).
"""

from dataclasses import dataclass
from datetime import date, timedelta

from vestige.planting.chance import draw, pick
from vestige.planting.people import People, fields, person

DEVELOPMENT = (
    *("de_DE", "en_US", "en_GB", "es_ES", "es_MX", "fr_FR", "it_IT", "pl_PL", "pt_BR", "tr_TR"),
    *("nl_NL", "sv_SE", "cs_CZ", "ru_RU", "ja_JP", "zh_CN", "de", "en", "es", "fr"),
)
"""Locales whose names stand in Vestige's lexicon, on which rules are made."""

HELD_OUT = ("fi_FI", "hr_HR", "hu_HU", "ka_GE", "ro_RO", "ta_IN", "eu")
"""Locales whose names stand in no lexicon; no rule was made on these names."""

_VENDORS = ("1.3.12.2.1107.5.2.32", "1.2.840.113619.2.55.3", "1.3.46.670589.11.0")
_TOWNS = ("Lindenau", "Millbrook", "Villanueva", "Beaurivage", "Montefiore", "Oakhurst")
_FIRST_BIRTH, _FIRST_STUDY = date(1931, 1, 1), date(2012, 1, 1)
_BIRTH_DAYS, _STUDY_DAYS = 25_000, 3_600
_ASCII_ONLY = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Identity:
    """Someone who does not exist; dates are YYYYMMDD, `native` is the name in its own script."""

    given: str
    family: str
    native: str
    born: date
    studied: date
    mrn: str
    accession: str
    phone: str
    email: str
    street: str
    town: str
    doctor: tuple[str, str]
    institution: str
    station: str
    serial: str
    vendor: str

    @property
    def age(self) -> int:
        """Whole years at the study, near enough."""
        return (self.studied - self.born).days // 365


def identity(known: People, seed: int, locale: str, number: int) -> Identity:
    """The person of that number and locale; ImportError for one of Faker's where it is absent."""
    key = f"{seed}/{locale}/{number}"
    named = _from_faker if "_" in locale else _from_list
    (given, family), doctor = named(known, key, locale), named(known, f"{key}/doctor", locale)
    town = pick(_TOWNS, key, "town")
    studied = _FIRST_STUDY + timedelta(days=draw(key, "study") % _STUDY_DAYS)
    serial = f"{draw(key, 'serial') % 900_000 + 100_000}"
    letters = [c for c in f"{given[:1]}{family}".lower() if c in _ASCII_ONLY]
    root = pick(_VENDORS, key, "root")
    return Identity(
        given=given,
        family=family,
        native=f"{family}^{given}",
        born=_FIRST_BIRTH + timedelta(days=draw(key, "birth") % _BIRTH_DAYS),
        studied=studied,
        mrn=f"{draw(key, 'mrn') % 90_000_000 + 10_000_000}",
        accession=f"A{studied.year}{draw(key, 'accession') % 900_000 + 100_000}",
        phone=f"+{draw(key, 'country') % 60 + 30} 30 5550 {draw(key, 'phone') % 9000 + 1000}",
        email=f"{''.join(letters) or 'someone'}@klinik.test",
        street=f"{family}str. {draw(key, 'house') % 98 + 1}",
        town=town,
        doctor=doctor,
        institution=pick((f"Klinikum {town}", f"{town} General Hospital"), key, "site"),
        station=f"CT{draw(key, 'station') % 90 + 10}{town[:4].upper()}",
        serial=serial,
        vendor=f"{root}.{serial}.{studied:%Y%m%d}0915{draw(key, 'uid') % 10**9}",
    )


def _from_list(known: People, key: str, locale: str) -> tuple[str, str]:
    told = fields(person(known, draw(key, "list") % 10**6, locale, 0))
    return str(told["given"]), str(told["surname"])


def _from_faker(_known: People, key: str, locale: str) -> tuple[str, str]:
    import faker  # noqa: PLC0415 - an extra that tests do without

    chance = _FAKERS.setdefault(locale, faker.Faker(locale, use_weighting=False))
    chance.seed_instance(draw(key, "faker") % 2**32)
    return chance.first_name(), chance.last_name()


_FAKERS: dict[str, "faker.Faker"] = {}  # type: ignore[name-defined] # noqa: F821
