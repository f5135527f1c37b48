"""How people write a person into a name of a folder: templates, cases, scripts, slips of the key.

Templates by which the weights of shapes are fitted (rules/lexicons/shapes.py) are marked as seen:
they are measured, and count for no bound.
"""

import ast
import random
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from urllib.parse import quote

from anyascii import anyascii

from benchmarks.name_lists import Names
from benchmarks.name_packages import Weighted

Chance = random.Random

TYPOS = 0.1
"""Share of names with one slip of the key, where single names are judged."""

TYPOS_OF_SETS = 0.02
"""The same in sets: a thousand folders of fifty surnames would else hold more slips than names."""


@dataclass(frozen=True, slots=True)
class Form:
    """One template; `group` tells which bound it counts for, `before` what the study found."""

    group: str
    template: str
    before: float = 0.0

    @property
    def needs_native(self) -> bool:
        """Whether it is only measured on names in other scripts."""
        return self.group == "native script"

    @property
    def needs_short(self) -> bool:
        """Whether it is only measured on surnames of two letters."""
        return self.group == "two-letter surname"


PAIRS = ("comma", "caret", "birth date", "record number")
"""Groups with structure enough to name a person alone."""

WEAK = (
    *("run-on capitals", "cue word", "hash", "number", "numbered pair", "initials"),
    *("percent-encoded", "two-letter surname", "native script"),
)
"""Groups that the study called weak."""

OTHER = ("plain pair", "with UUID", "one word", "in a text", "words of records")


def _forms(group: str, before: float, *templates: str) -> tuple[Form, ...]:
    return tuple(Form(group, template, before) for template in templates)


FORMS: tuple[Form, ...] = (
    *_forms("comma", 0, "{S}, {G} ({dmy})", "{S},{G}_{date}", "{S}, {G}.pdf", "{S}, {G} M."),
    *_forms("comma", 0.91, "{S}, {G}"),
    *_forms("caret", 0, "{S}^{G}^M", "{S}^{G}^^DR", "{S}^{G}_{n3}", "{S}^{G}^^^"),
    *_forms("caret", 0.84, "{S}^{G}"),
    *_forms(
        "birth date", 0, "{S}-{G}-{date}", "{G} {S} {dmy}", "{S} {G} (*{dmy})", "{iso} {G} {S}"
    ),
    *_forms("birth date", 0, "DOB{date}_{G}_{S}", "{G}_{S}_{dashed}", "{S}~{G}~{date}"),
    *_forms("birth date", 0.96, "{S}_{G}_{date}"),
    *_forms(
        "record number", 0, "{G}_{S}_{mrn}", "{mrn} {G} {S}", "{S}-{G}-{mrn}", "MRN{mrn}_{G}_{S}"
    ),
    *_forms("run-on capitals", 0.24, "{SG}", "{GS}", "{SG}_{date}", "{SG}.dcm"),
    *_forms(
        "cue word",
        0.42,
        "PATIENT-{S}",
        "pat_{S}_{n}",
        "Nachname {S}",
        "paciente {S}",
        "{S}_patient",
    ),
    *_forms("cue word", 0.42, "patient_{S}"),
    *_forms("hash", 0.41, "{S}-{hash}", "{hash}_{S}", "{S}.{hash}", "{S}_{md5}"),
    *_forms("hash", 0.41, "{S}_{hash}"),
    *_forms("number", 0.51, "{S}-{n4}", "{S}.{n3}", "{n4}_{S}", "{S}{n2}", "{S} ({n})"),
    *_forms(
        "numbered pair", 0.72, "{n2}-{G}_{S}", "{n}. {S} {G}", "case{n2}_{S}_{G}", "{n2}_{S}_{G}"
    ),
    *_forms("initials", 0.20, "{I}.{S}", "{S} {I}.", "{I}{J}_{S}", "{S}{I}", "{S}-{I}-{n3}"),
    *_forms(
        "percent-encoded", 0, "%{S}, {G}", "%{S} {G} {date}", "%{S}^{G}", "%{G} {S}", "%{S}/{G}"
    ),
    *_forms(
        "two-letter surname", 0, "{S}, {G} {dmy}", "{G} {S} {date}", "{S}^{G}^M", "{S}_{G}_{mrn}"
    ),
    *_forms("two-letter surname", 0, "{G}-{S}-{n4}", "{S} {G}"),
    *_forms("native script", 0, "{S} {G} {dmy}", "{S}、{G}", "{S}^{G}_{n3}", "{G}_{S}_{mrn}"),
    *_forms("native script", 0, "{S}_{uuid}", "{S} {G}"),
    *_forms("plain pair", 0, "{S}~{G}", "{S}+{G}", "{S}.{G}.CT.{n2}", "{G} {S} preOP", "{S}__{G}"),
    *_forms("plain pair", 0, "nfd:{S} {G}", "nfd:{G}_{S}_{mrn}", "report_{g}_{s}.pdf"),
    *_forms("with UUID", 0.36, "{uuid}_{S}", "{S}.{uuid}", "{S}_{uuid}"),
    *_forms("one word", 0.40, "{S}"),
    *_forms("one word", 0.76, "{S}_MR_{date}", "{S} {iso}"),
    *_forms(
        "in a text", 0, "scan of {G} {S}.nii.gz", "Befund {G} {S}", "Fam. {S}", "knee {S} {G} left"
    ),
    *_forms("words of records", 0, "verslag {G} {S}", "RX_{S}_{G}", "{S} {G} suivi", "ficha {S}"),
    *_forms("words of records", 0, "dossier {n} {S}", "{S}_paziente", "{G}.{S}.scan", "{S} neu"),
)

SETS = (
    "{S}_{uuid}",
    "{n4}-{S}",
    "{S}{I}_{hash}",
    "{G} {S}",
    "{S}~{G}_{dashed}",
    "{SG}",
    "{S}",
)
"""Templates of siblings; the bounds are set for the first."""


def seen(shapes: Path) -> frozenset[str]:
    """The templates by which shapes were fitted, as they stand in the script, which is not run."""
    if not shapes.is_file():
        return frozenset()
    tree = ast.parse(shapes.read_text("utf-8"))
    return frozenset(
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


# --- people --------------------------------------------------------------------------------------


class People:
    """People of one list, drawn half by how many bear a name and half evenly."""

    def __init__(self, names: Names, *, short: bool = False) -> None:
        surnames = tuple(n for n in names.surnames if not short or _short(n[0]))
        self.empty = not surnames
        self._surnames = _drawer(surnames)
        self._given = _drawer(names.given)

    def person(self, chance: Chance) -> tuple[str, str]:
        """A surname and a given name."""
        return self._surnames(chance), self._given(chance)


def _short(name: str) -> bool:
    return len(anyascii(name)) == len("Li") and name.isalpha()


def _drawer(names: Sequence[Weighted]) -> Callable[[Chance], str]:
    if not names:
        return lambda _: ""
    texts = [name for name, _ in names]
    sums = list(accumulate(count for _, count in names))

    def draw(chance: Chance) -> str:
        by_count = sums[-1] > 0 and chance.random() < 0.5  # noqa: PLR2004 - half
        return chance.choices(texts, cum_weights=sums if by_count else None)[0]

    return draw


def strata(names: Names) -> Mapping[str, Names]:
    """The head (names of half of the bearers), torso (to nine in ten), tail of a counted list."""
    ordered = sorted(names.surnames, key=lambda one: (-one[1], one[0]))
    total = sum(count for _, count in ordered)
    parts: dict[str, list[Weighted]] = {"head": [], "torso": [], "tail": []}
    reached = 0.0
    for name, count in ordered:
        part = "head" if reached < total * 0.5 else "torso" if reached < total * 0.9 else "tail"
        parts[part].append((name, 0.0))
        reached += count
    return {
        part: Names(names.source, names.locale, tuple(those), names.given)
        for part, those in parts.items()
    }


# --- writing -------------------------------------------------------------------------------------


def written(form: str, person: tuple[str, str], chance: Chance, typos: float = TYPOS) -> str:
    """A person in one template, in one of the cases and spellings that people use."""
    prefix, form = _way(form)
    cased = _CASES[_fixed(form)] if _fixed(form) else chance.choice(_ANY_CASE)
    spelt = _nfd if prefix == "nfd:" else chance.choice(_SPELLINGS)
    surname, given = (cased(spelt(slipped(name, chance, typos))) for name in person)
    parts = numbers(chance) | {
        "S": surname,
        "G": given,
        "s": surname.lower(),
        "g": given.lower(),
        "SG": _run_on(surname, given),
        "GS": _run_on(given, surname),
        "I": given[:1].upper(),
        "J": chance.choice("ABCDEFGHJKLMNPRSTVW"),
    }
    text = form.format_map(parts)
    return quote(text, safe="") if prefix == "%" else text


def _way(form: str) -> tuple[str, str]:
    for prefix in ("%", "nfd:"):
        if form.startswith(prefix):
            return prefix, form.removeprefix(prefix)
    return "", form


def _fixed(form: str) -> str:
    return "title" if "{S}{" in form or "{I}{J}" in form else ""


_CASES: Mapping[str, Callable[[str], str]] = {"title": str.title}
_ANY_CASE = (str.title, str.title, str.upper, str.lower)


def _run_on(one: str, other: str) -> str:
    return "".join(c for c in f"{one}{other}".upper() if c.isalnum())


def _plain(name: str) -> str:
    return name


def _stripped(name: str) -> str:
    return anyascii(name) if _is_latin(name) else name


_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "å": "aa", "ø": "oe"})


def _expanded(name: str) -> str:
    return _stripped(name.lower().translate(_GERMAN)) if name.lower() != name.upper() else name


def _nfd(name: str) -> str:
    return unicodedata.normalize("NFD", name)


def _is_latin(name: str) -> bool:
    return all(c <= "\u024f" or "\u1e00" <= c <= "\u1eff" for c in name)


_SPELLINGS = (_plain, _plain, _stripped, _expanded, _nfd)

_LONG_ENOUGH = 4
_KEYS = "abcdefghijklmnopqrstuvwxyz"


def slipped(name: str, chance: Chance, typos: float = TYPOS) -> str:
    """The name, in that share of cases with a letter lost, doubled, swapped or hit beside."""
    if len(name) < _LONG_ENOUGH or chance.random() >= typos or not _is_latin(name):
        return name
    at = chance.randrange(1, len(name) - 1)
    before, here, after = name[:at], name[at], name[at + 1 :]
    return chance.choice(
        (
            before + after,
            before + here + here + after,
            before + after[:1] + here + after[1:],
            before + chance.choice(_KEYS) + after,
        )
    )


def numbers(chance: Chance) -> dict[str, str]:
    """Dates, numbers and codes for a template."""
    year, month, day = chance.randint(1928, 2018), chance.randint(1, 12), chance.randint(1, 28)
    return {
        "date": f"{year}{month:02}{day:02}",
        "iso": f"{year}-{month:02}-{day:02}",
        "dmy": f"{day:02}.{month:02}.{year}",
        "dashed": f"{day:02}-{month:02}-{year}",
        "mrn": str(chance.randint(1_000_000, 99_999_999)),
        "n": str(chance.randint(1, 99)),
        "n2": f"{chance.randint(1, 99):02}",
        "n3": f"{chance.randint(1, 999):03}",
        "n4": f"{chance.randint(1, 9_999):04}",
        "uuid": uuid(chance),
        "hash": f"{chance.getrandbits(40):010x}",
        "md5": f"{chance.getrandbits(128):032x}",
    }


def uuid(chance: Chance) -> str:
    """A UUID of version 4, of this seed."""
    digits = f"{chance.getrandbits(128):032x}"
    variant = "89ab"[chance.getrandbits(2)]
    return "-".join(
        (digits[:8], digits[8:12], f"4{digits[13:16]}", f"{variant}{digits[17:20]}", digits[20:])
    )
