"""Fit the weights by which detect/words.py judges shapes, on made-up names and public texts."""

import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from rules.lexicons.fitting import fitted
from rules.lexicons.sources import HELD_OUT
from rules.lexicons.words import Material
from vestige import lexicon
from vestige.detect.shapes import Candidate, candidates

PEOPLE = 6000
"""Made-up people, each written in one of TEMPLATES."""
SHORTEST = 2
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
    "{S}, {G}",
    "{S},{G}",
    "{S}_{G}_{date}",
    "{S}_{G}_{iso}",
    "{date}_{S}_{G}",
    "{S}{G}_{mrn}",
    "{S}_{G}_{mrn}",
    "{mrn}_{S}_{G}",
    "{G}.{S}",
    "{S}_{G}",
    "{G} {S}",
    "{S}-{G}",
    "{S}-{G}_preop",
    "{G}{S}",
    "CT_knee_{G}_{S}",
    "MRI brain {S} {G}",
    "report_{G}_{S}",
    "{n}_{S}_{G}",
    "{S}_{G}_{n}",
    "CT chest for {G} {S}",
    "{word} {word} for {G} {S}",
    "{S}_{uuid}",
    "{S}_{hash}",
    "{S}_{date}",
    "{S}_CT_{date}",
    "{S}_{mrn}",
    "{S}_{n}",
    "{I}{S}_{date}",
    "{I}_{S}",
    "{S}_{I}",
    "patient_{S}",
    "Patient {S}",
    "paciente_{S}_{n}",
    "Dr. {S}",
    "ref Dr {S}",
    "{S}",
)


def weights(folder: Path, material: Material, texts: Sequence[str]) -> dict[str, float]:
    """The weight of every feature of shape; `texts` hold no names, or too few to matter."""
    words = lexicon.load(folder)
    rows: list[Candidate] = []
    person: list[bool] = []
    for text, name in people(material):
        start = text.index(name)
        # what holds a part of the name is neither right nor wrong
        whole = (start, start + len(name))
        mine = [found for found in candidates(text, words) if found.span == whole]
        rows += mine
        person += [True] * len(mine)
    for text in texts:
        others = list(candidates(text, words))
        rows += others
        person += [False] * len(others)
    named = [[(f"name:{name}", value) for name, value in row.features] for row in rows]
    return fitted(named, person)


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
            if locale not in HELD_OUT and len(word) > SHORTEST:
                by_locale.setdefault(locale, []).append((word, rate))
    locales = sorted(locale for locale, rows in by_locale.items() if len(rows) > FEWEST)
    columns = {locale: tuple(zip(*by_locale[locale], strict=True)) for locale in locales}

    def draw(chance: Chance) -> str:
        locale = chance.choice([*locales, *["en_US"] * len(locales)])
        names, rates = columns[locale]
        return str(chance.choices(names, rates if chance.random() < BY_RATE else None)[0])

    return draw


def written(chance: Chance, template: str, surname: str, given: str) -> Form:
    """A made-up person in one template, in one of the usual cases, and the part that is a name."""
    cased = chance.choice((str.title, str.title, str.upper, str.lower))
    if "{S}{G}" in template or "{G}{S}" in template or "{I}{S}" in template:
        cased = str.title
    parts = {
        "S": cased(surname),
        "G": cased(given),
        "I": given[0].upper(),
        "date": _date(chance, ""),
        "iso": _date(chance, "-"),
        "mrn": str(chance.randint(100_000, 99_999_999)),
        "n": str(chance.randint(1, 999)),
        "uuid": _hex(chance, (8, 4, 4, 4, 12)),
        "hash": _hex(chance, (chance.choice((8, 12, 40)),)),
        "word": chance.choice(("XR", "MRI", "left", "knee", "followup", "screening")),
    }
    first = min(template.find(part) for part in ("{S}", "{G}") if part in template)
    last = max(template.find(part) for part in ("{S}", "{G}")) + len("{S}")
    before, name, after = template[:first], template[first:last], template[last:]
    filled = [piece.format(**parts) for piece in (before, name, after)]
    return "".join(filled), filled[1]


def _date(chance: Chance, gap: str) -> str:
    parts = (chance.randint(1930, 2015), chance.randint(1, 12), chance.randint(1, 28))
    return gap.join(f"{part:02}" for part in parts)


def _hex(chance: Chance, lengths: Iterable[int]) -> str:
    return "-".join("".join(chance.choices("0123456789abcdef", k=size)) for size in lengths)
