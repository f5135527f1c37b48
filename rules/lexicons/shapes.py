"""Fit the weights by which detect/words.py judges shapes, on made-up names and public texts."""

import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from rules.lexicons import decoys
from rules.lexicons.fitting import fitted
from rules.lexicons.sources import HELD_OUT
from rules.lexicons.words import Material
from vestige import lexicon
from vestige.detect.candidates import Candidate, candidates
from vestige.detect.cues import RECORDS

PEOPLE = 12_000
"""Made-up people, each written in one of TEMPLATES."""
SHORTEST = 1
"""Letters of a name more than which it is drawn."""
FEWEST = 40
"""Names of a locale more than which it is drawn from."""
BY_RATE = 0.7
"""Share of names drawn as often as people bear them; the others are drawn evenly."""
Chance = random.Random
Form = tuple[str, str]
"""A text, and the name in it that is to be found."""

TEMPLATES = (
    "{S}^{G}",
    "{S}^{G}^^",
    "{S}^{G}^{I}",
    "{S}, {G}",
    "{S}, {G}",
    "{S},{G}",
    "{S}, {G} {iso}",
    "{S}_{G}_{date}",
    "{S}_{G}_{iso}",
    "{date}_{S}_{G}",
    "{iso} {G} {S}",
    "{S}{G}_{mrn}",
    "{S}_{G}_{mrn}",
    "{mrn}_{S}_{G}",
    "{G}.{S}",
    "{S}_{G}",
    "{G} {S}",
    "{S}-{G}",
    "{S}~{G}",
    "{S}-{G}_preop",
    "{S}_{G}_{exam}",
    "{S}.{G}.{exam}.{n}",
    "{G}{S}",
    "{S}{G}",
    "{S}{G}",
    "{G}{S}",
    "{S}{G}_{exam}",
    "{S}{G}_{iso}",
    "{filed}_{S}{G}",
    "{G}{S}-{n}",
    "{exam}_{part}_{G}_{S}",
    "{exam} {part} {S} {G}",
    "report_{G}_{S}",
    "{n}_{S}_{G}",
    "{S}_{G}_{n}",
    "{exam} {part} for {G} {S}",
    "{word} {word} for {G} {S}",
    "{S}_{uuid}",
    "{uuid}_{S}",
    "{S}_{hash}",
    "{S}_{date}",
    "{S}_{exam}_{date}",
    "{part}_{S}_{date}",
    "{S}_{mrn}",
    "{S}_{dmy}",
    "{S}_{n}",
    "{n}_{S}",
    "{S}_{exam}",
    "{S}_{exam}_{part}",
    "{exam}_{part}_{S}",
    "{I}{S}_{date}",
    "{I}{S}_{exam}",
    "{I}{S}_{n}",
    "{I}_{S}",
    "{S}_{I}",
    "{S} {I}",
    "patient_{S}",
    "Patient {S}",
    "paciente_{S}_{n}",
    "Dr. {S}",
    "ref Dr {S}",
    "{filed} {S} {G}",
    "{filed}_{G}_{S}",
    "{filed}_{S}_{G}_{n}",
    "{filed} {part} {G} {S}",
    "{S} {G} {filed}",
    "{G}_{S}_{filed}",
    "{S}_{G}_{filed} {filed}",
    "{filed}{n}_{G}_{S}",
    "{filed} {n} {S} {G}",
    "{n}) {G} {S}",
    "{S} {G} ({n})",
    "{n}{S}{G}",
    "{n} - {S} {G}",
    "{S} {G} {mrn}",
    "{filed}{mrn} {S} {G}",
    "{G}/{S}",
    "{S} ({G})",
    "{S}/{G}/{date}",
    "{filed} {S}",
    "{S}_{filed}",
    "{filed}{n} {S}",
    "{S} {filed} {n}",
    "{S} paciente",
    "{S}_pat",
    "{S} (patient)",
    "{S}.{n}",
    "{n}.{S}",
    "{I}{J}-{S}",
    "{S}_{I}{J}",
    "{S} {I}{J} {n}",
    "{I}{J} {S} {date}",
    "{I}.{J}. {S}",
    "{S}",
    "{S}",
)
LIFT = {
    "shape:caret": 5.5,
    "shape:comma": 5.0,
    "shape:pair": 3.2,
    "shape:pair-date": 3.7,
    "shape:pair-number": 4.2,
    "shape:cue-name": 4.0,
    "shape:initial-name": 1.25,
    "shape:name-date": 2.5,
    "shape:name-uuid": 2.6,
    "shape:name-hash": 5.2,
    "shape:name-number": 3.0,
    "shape:name-serial": 2.4,
    "shape:name-exam": 1.7,
    "shape:run-on": 3.7,
    "shape:lone": 0.1,
    "single:two initials": -1.0,
    "single:two initials:lower": -4.0,
    "pair:short surname": 2.35,
    "pair:short word": -0.4,
    "pair:among others": 2.0,
    "pair:case:mixed": -2.5,
    "pair:case:none": 0.1,
    "single:case:none": 2.65,
    "pair:counted": 0.6,
    "pair:phrase": -3.0,
    "pair:vocabulary": -2.8,
}
"""What is added to the score of a shape: the more, the seldomer it stands in trees without people.

A phrase that names a place or a thing is hardly ever a person.

Small letters beside capitals are a language of some country more often than somebody.

In a script that knows no case, two words that are in no list are hardly ever a person: little is
known of its other words, and no capitals tell a name from them. The people who are learnt from are
written in Latin letters, so that what is fitted for the others is lifted here.

Two words of the vocabulary may be a name by chance, as generators of code names make them.

Set on the trees and texts that are learnt from, so that at most one of 1,000 names of entries of
software scores 4 and more.
"""
ENDINGS = ("", "", "", "", ".dcm", ".pdf", ".zip", ".jpg", ".nii.gz", ".docx")
RUNS = ("{S}{G}", "{G}{S}", "{I}{S}")
"""What templates hold where nothing parts the words but their case, or not even that."""


def weights(folder: Path, material: Material, texts: Sequence[str]) -> dict[str, float]:
    """The weight of every feature of shape; `texts` hold no names, or too few to matter."""
    words = lexicon.load(folder)
    rows: list[Candidate] = []
    person: list[bool] = []
    for text, name in people(material):
        start = text.index(name)
        # what holds a part of the name is neither right nor wrong; an initial may belong to it
        whole = {(start, start + len(name)), (max(0, start - 1), start + len(name))}
        mine = [found for found in candidates(text, words) if found.span in whole]
        rows += mine
        person += [True] * len(mine)
    for text in (*texts, *decoys.texts(material)):
        others = list(candidates(text, words))
        rows += others
        person += [False] * len(others)
    named = [[(f"name:{name}", value) for name, value in row.features] for row in rows]
    found = fitted(named, person)
    for feature, lift in LIFT.items():
        key = f"name:{feature}"
        found[key] = round(found.get(key, 0.0) + lift, 2)
    return found


def people(material: Material) -> Iterator[Form]:
    """Texts that hold a made-up name, half of them drawn as often as people bear it."""
    chance = random.Random(2026)  # noqa: S311 - no secret
    surnames, given = _drawn(material.surnames), _drawn(material.given)
    for _ in range(PEOPLE):
        yield written(chance, chance.choice(TEMPLATES), surnames(chance), given(chance))


def _drawn(table: Mapping[str, Mapping[str, float]]) -> Callable[[Chance], str]:
    """A way to draw names: first a locale, then a name, by its rate or evenly."""
    by_locale: dict[str, list[tuple[str, float]]] = {}
    for word in sorted(table):
        for locale, rate in table[word].items():
            if (
                locale not in HELD_OUT
                and len(word) > SHORTEST
                and word.isascii()
                and word.isalpha()
            ):
                by_locale.setdefault(locale, []).append((word, rate))
    columns = {
        locale: tuple(zip(*rows, strict=True))
        for locale, rows in sorted(by_locale.items())
        if len(rows) > FEWEST
    }
    languages: dict[str, list[str]] = {}
    for locale in columns:
        languages.setdefault(locale[:2], []).append(locale)
    spoken = [*languages, *["en"] * (len(languages) // 2)]

    def draw(chance: Chance) -> str:
        locale = chance.choice(languages[chance.choice(spoken)])
        names, rates = columns[locale]
        return str(chance.choices(names, rates if chance.random() < BY_RATE else None)[0])

    return draw


def written(chance: Chance, template: str, surname: str, given: str) -> Form:
    """A made-up person in one template, in one of the usual cases, and the part that is a name."""
    cased = chance.choice((str.title, str.title, str.upper, str.lower))
    if any(run in template.replace("{n}", "") for run in RUNS) or "{I}{J}" in template:
        cased = chance.choice((str.title, str.upper, str.lower))
    parts = {
        "S": cased(surname),
        "G": cased(given),
        "I": given[0].lower() if cased is str.lower and "{I}{S}" in template else given[0].upper(),
        "date": _date(chance, ""),
        "iso": _date(chance, "-"),
        "mrn": str(chance.randint(100_000, 99_999_999)),
        "n": str(chance.randint(1, 999)),
        "dmy": _short_date(chance),
        "J": chance.choice("ABCDEFGHJKLMNPRSTVW"),
        "filed": chance.choice((str.lower, str.title, str.upper))(chance.choice(FILED)),
        "exam": chance.choice(EXAMS),
        "part": chance.choice(PARTS),
        "uuid": _hex(chance, (8, 4, 4, 4, 12)),
        "hash": _hex(chance, (chance.choice((8, 12, 40)),)),
        "word": chance.choice(("XR", "MRI", "left", "knee", "followup", "screening")),
    }
    first = min(template.find(part) for part in ("{S}", "{G}") if part in template)
    last = max(template.find(part) for part in ("{S}", "{G}")) + len("{S}")
    before, name, after = template[:first], template[first:last], template[last:]
    filled = [piece.format(**parts) for piece in (before, name, after)]
    return "".join(filled) + chance.choice(ENDINGS), filled[1]


EXAMS = ("CT", "MR", "MRI", "T1", "T2", "PET", "US", "XR", "CTA", "DX", "ct", "mr", "axial", "scan")
FILED = tuple(word for word in sorted(RECORDS) if len(word) > 1)
PARTS = ("brain", "knee", "Chest", "abdomen", "HEAD", "thorax", "spine", "liver", "prostate")


def _short_date(chance: Chance) -> str:
    day, month, year = chance.randint(1, 28), chance.randint(1, 12), chance.randint(30, 99)
    return f"{day:02}{month:02}{year}"


def _date(chance: Chance, gap: str) -> str:
    parts = (chance.randint(1930, 2015), chance.randint(1, 12), chance.randint(1, 28))
    return gap.join(f"{part:02}" for part in parts)


def _hex(chance: Chance, lengths: Iterable[int]) -> str:
    return "-".join("".join(chance.choices("0123456789abcdef", k=size)) for size in lengths)
