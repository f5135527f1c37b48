"""Names among the words by which clinics file them: how many are told, and of what nothing is."""

import random
from collections.abc import Iterator

import pytest

from vestige.catalog import load, policy
from vestige.detect.judge import Judge
from vestige.model import Band, Declaration, Observation, Place, Where
from vestige.sensitive import Sensitive

SURNAMES = (
    "Horvat Kovačević Babić Jurić Knežević Vuković Perković Popescu Ionescu Stoica Constantinescu "
    "Munteanu Korhonen Virtanen Mäkinen Nieminen Hämäläinen Laine Szabó Kovács Tóth Varga Lavrov "
    "Quintero Lindqvist Okonkwo Ferrari Dubois Nakamura Petersen"
).split()
GIVEN = (
    "Ivana Tomislav Krešimir Vesna Željka Andrei Mihaela Gheorghe Ioana Juhani Aino Tapio Päivi "
    "László Zsuzsanna Ferenc Olga Maria Erik Ngozi Giulia Pierre Kenji Anders"
).split()

PAIRS = (
    "bericht_{s}_{g}.pdf",
    "Kontrolle {G} {S}",
    "referto {S} {G}",
    "kasus{n}_{G}_{S}",
    "sujeto {n} {S} {G}",
    "{n}) {G} {S}",
    "{S} {G} ({n})",
    "{G} {S} postop",
    "{S}_{G}_suivi",
    "RM rodilla {S} {G}",
    "{S}%2F{G}",
    "{S}%2F{G}%2F{n}",
    "{S}%5C{G}",
    "{S} ({G})",
    "[{S}] [{G}]",
)
SINGLES = (
    "pasient {S}",
    "{S} (paziente)",
    "{S}_pat_{n}",
    "caso {n} {S}",
    "{S} Kontrolle {n}",
    "KW-{S}",
    "{S} MJ",
)
NOBODY = (
    "bericht_schulter_rechts.pdf",
    "Kontrolle Knie links",
    "referto radiologico",
    "kasus7_pneumonia_bilateral",
    "sujeto 4 control",
    "3) axial brain",
    "CT (abdomen)",
    "brain%2Fspine",
    "AP-knee",
    "report MJ",
    "T1_FS",
    "de_DE",
    "lv_LV",
    "export_final_2",
)


@pytest.fixture(scope="module")
def judge() -> Judge:
    return Judge(load(), policy("gdpr"))


def told(text: str, judge: Judge) -> Band | None:
    """The gravest severity of what rules of names say of the name of an entry."""
    said = judge.judge(Observation(Place(Where.PATH, "name"), Sensitive(text)), Declaration())
    claims = [hit.claim for hit in said.hits if hit.claim.rule.startswith("names/")]
    return max((claim.severity for claim in claims), default=None)


def people(form: str, seed: int) -> Iterator[str]:
    """Forty made-up people in one form, in the cases that people write."""
    chance = random.Random(f"{seed}/{form}")  # noqa: S311 - no secret
    for _ in range(40):
        cased = chance.choice((str.title, str.upper, str.lower))
        surname, given = (cased(chance.choice(names)) for names in (SURNAMES, GIVEN))
        yield form.format(
            S=surname, G=given, s=surname.lower(), g=given.lower(), n=chance.randint(1, 99)
        )


@pytest.mark.parametrize("form", PAIRS)
def test_two_names_among_words_of_records_are_told(form: str, judge: Judge) -> None:
    found = [told(text, judge) for text in people(form, 1)]
    assert sum(one is not None for one in found) >= 0.85 * len(found)
    assert sum(one is not None and one >= Band.HIGH for one in found) >= 0.5 * len(found)


@pytest.mark.parametrize("form", SINGLES)
def test_one_surname_among_words_of_records_is_told(form: str, judge: Judge) -> None:
    found = [told(text, judge) for text in people(form, 2)]
    assert sum(one is not None for one in found) >= 0.7 * len(found)


@pytest.mark.parametrize("text", NOBODY)
def test_words_of_records_alone_name_nobody(text: str, judge: Judge) -> None:
    assert told(text, judge) is None


@pytest.mark.parametrize("name", SURNAMES)
def test_one_surname_alone_is_never_grave(name: str, judge: Judge) -> None:
    for text in (name, f"{name}_12", f"{name} Kontrolle", f"12 {name}", f"{name}_CT"):
        said = told(text, judge)
        assert said is None or said <= Band.MEDIUM
