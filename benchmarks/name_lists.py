"""Lists of names to measure on: of packages that no lexicon is built from, of Faker, of a folder.

A package that the lexicon names among its sources (rules/lexicons/SOURCES.csv) is left out, and of
Faker only those locales are taken that stand there as held out: what was taught is not measured.
"""

import csv
import importlib
import importlib.util
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from anyascii import anyascii

from benchmarks.name_packages import PACKAGES, Package, Weighted, number
from vestige.text import folds

KINDS = ("surnames", "given")


@dataclass(frozen=True, slots=True)
class Names:
    """The names of one source; `kin` says why they may be known to the lexicon all the same."""

    source: str
    locale: str
    surnames: tuple[Weighted, ...]
    given: tuple[Weighted, ...]
    kin: str = ""

    @property
    def title(self) -> str:
        """How tables call it."""
        return f"{self.locale} {self.source}"

    @property
    def counted(self) -> bool:
        """Whether it is known how many bear each surname."""
        return any(count for _, count in self.surnames)

    @property
    def native(self) -> bool:
        """Whether the names are written in another script than Latin."""
        sample = "".join(name for name, _ in self.surnames[:50])
        return sum(c > "\u024f" and c.isalpha() for c in sample) * 2 > len(sample)


# --- reading -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Taught:
    """What the lexicon was built from, as its SOURCES.csv says: packages; locales it held out."""

    packages: frozenset[str]
    held_out: tuple[str, ...]


def taught(sources: Path) -> Taught:
    """What stands in SOURCES.csv."""
    lines = sources.read_text("utf-8").splitlines()
    rows = [row for row in csv.reader(one for one in lines if not one.startswith("#")) if row]
    held_out = next((row[2].split() for row in rows if row[0].startswith("held out")), [])
    packages = frozenset(row[0].strip().lower().replace("_", "-") for row in rows)
    return Taught(packages, tuple(held_out))


def gathered(folder: Path | None, known: Taught) -> tuple[tuple[Names, ...], tuple[str, ...]]:
    """All lists that are there, and a sentence on each that is not, or is in the lexicon."""
    found: list[Names] = []
    missing: list[str] = []
    for package in PACKAGES:
        if package.package in known.packages:
            missing.append(f"{package.package}: left out, for the lexicon is built from it")
        elif not _installed(package.package):
            missing.append(f"{package.package}: not installed")
        else:
            found += _of_package(package)
    if importlib.util.find_spec("faker") is None:
        missing.append("Faker's held-out locales: not measured, for faker is not installed")
    else:
        found += _fakers(known.held_out)
    found += _of_folder(folder) if folder else ()
    return tuple(names for names in found if names.surnames), tuple(missing)


def known_share(names: Names, codes: Mapping[str, int]) -> float:
    """The share of the surnames, as drawn, that the lexicon holds as names already."""
    total = known = 0.0
    for name, count in names.surnames:
        weight = count or 1.0
        total += weight
        parts = name.replace("-", " ").split()
        known += weight * any(codes.get(f, 0) & 63 for part in parts for f in folds(part))
    return known / total if total else 0.0


def _of_package(package: Package) -> Iterator[Names]:
    """The names as they are written, and romanised where another script is no hindrance."""
    surnames, given = (
        clean(name for reader in readers for name in reader.read(package.package))
        for readers in (package.surnames, package.given)
    )
    names = Names(package.package, package.locale, surnames, given, package.kin)
    yield names
    if package.romanised:
        yield romanised(names)


def romanised(names: Names) -> Names:
    """The same names in Latin letters."""
    surnames, given = (
        clean((anyascii(name).title(), count) for name, count in of)
        for of in (names.surnames, names.given)
    )
    return replace(names, source=f"{names.source}, Latin", surnames=surnames, given=given)


def _fakers(locales: Iterable[str]) -> Iterator[Names]:
    for locale in locales:
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        surnames, given = (
            clean((str(name), 0.0) for name in _attributes(provider, prefix))
            for prefix in ("last_name", "first_name")
        )
        names = Names("faker", locale, surnames, given)
        yield names
        if names.native:
            yield romanised(names)


def _attributes(provider: type, prefix: str) -> Iterator[str]:
    for attribute in sorted(vars(provider)):
        value = getattr(provider, attribute)
        if attribute.startswith(prefix) and isinstance(value, (tuple, list, dict)):
            yield from value


def _of_folder(folder: Path) -> Iterator[Names]:
    """The lists `locale-source.kind.txt` of a folder, a name a line, with a count behind a tab."""
    stems = sorted({path.name.split(".")[0] for path in folder.glob("*.surnames.txt")})
    for stem in stems:
        surnames, given = (_listed(folder / f"{stem}.{kind}.txt") for kind in KINDS)
        locale, _, source = stem.partition("-")
        yield Names(source or "list", locale, surnames, given or surnames)


def _listed(path: Path) -> tuple[Weighted, ...]:
    if not path.is_file():
        return ()
    rows = (line.split("\t") for line in path.read_text("utf-8").splitlines())
    return clean((row[0], number(row[1]) if row[1:] else 0.0) for row in rows)


_LEAST = 2
"""Letters of a name at least; in other scripts than Latin one suffices."""


def clean(names: Iterable[Weighted]) -> tuple[Weighted, ...]:
    """Distinct names of letters in order, blanks at the ends off."""
    found: dict[str, float] = {}
    for raw, count in names:
        name = " ".join(raw.split())
        letters = sum(c.isalpha() for c in name)
        spelt = all(c.isalpha() or c in " '’-." or not c.isascii() for c in name)
        if spelt and (letters >= _LEAST or (letters and not name.isascii())):
            found[name] = found.get(name, 0.0) + count
    return tuple(found.items())


def _installed(package: str) -> bool:
    try:
        distribution(package)
    except PackageNotFoundError:
        return False
    return True
