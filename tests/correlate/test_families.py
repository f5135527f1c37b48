"""Families are found in any locale, and not where words are no names."""

# ruff: noqa: S311 - seeded for tests, not for secrets

import random
import string
import unicodedata
import uuid
from collections.abc import Callable, Sequence
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vestige.correlate.families import divided, families
from vestige.correlate.templates import FoundFamily, Sibling
from vestige.lexicon import Lexicon, load
from vestige.model import Certainty
from vestige.shipped import rules

SURE = frozenset({Certainty.CERTAIN, Certainty.LIKELY})


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load(rules() / "lexicons")


def _identifier(rng: random.Random) -> str:
    return str(uuid.UUID(int=rng.getrandbits(128), version=4))


def _siblings(names: Sequence[str]) -> list[Sibling]:
    return [Sibling(number, name) for number, name in enumerate(names)]


def _with_uuids(words: Sequence[str], seed: int = 7) -> list[Sibling]:
    rng = random.Random(seed)
    return _siblings([f"{word}_{_identifier(rng)}" for word in words])


def _one(siblings: Sequence[Sibling], lexicon: Lexicon) -> FoundFamily:
    found = families(siblings, lexicon)
    assert len(found) == 1, [family.template for family in found]
    return found[0]


def _verdicts(siblings: Sequence[Sibling], lexicon: Lexicon) -> set[Certainty]:
    return {family.verdict for family in families(siblings, lexicon)}


# Names by the morphology of their languages: stems and endings combined, nobody in particular.
_MORPHOLOGY: dict[str, tuple[str, str]] = {
    "georgian": (
        (
            "abash bakhtur chikov davit gogol gelash iosel jikur kapan khvich kobal lomid machav "
            "mchedl nadir nikol ochig paich qipsh razmad sakhok tsikl tabat tsirek ubir vashak "
            "zarand zurab beridz mamul kvarats gvel tsintsad shengel"
        ),
        "shvili adze idze iani uri ava iashvili elidze eli ia ua",
    ),
    "finnish": (
        (
            "aalt hakal heik huot jok juvo kall karhu kivi kosk laht lepp liima mak mets niem nurm "
            "ojal pelt pitk ranta saar salm seppä suomal tamm tuom ukkol vaino vesi virta ylä"
        ),
        "nen inen la lä maa mäki niemi linen lainen sto nto",
    ),
    "tamil": (
        (
            "arun bala chandra deiva ezhil guna ilan jaya kala kani mani muthu naga nila pari "
            "raja sela senth siva sund tamil thiru udaya vada vela vish yaz anba kathir"
        ),
        "samy kumaran nathan rajan selvan vel durai pandian mugam lingam ganesan moorthy",
    ),
    "hungarian": (
        (
            "bard bodn csik deme erd fark gyar hajd illy juh kender kocs lakat magy mesz nyir olah "
            "papp raff sark szab szent takacs tarj török ujhely varg vörös zsig zomb"
        ),
        "i ai osi esi osy ovszky fi házi falvi vári heli",
    ),
    "basque": (
        (
            "agirre arana azku barandi belau bengo echeba elizon etxe gabira goiko ibar iturri iza "
            "larra lizar mendi nafar olabe oroz otxo sagas sarria uga urru zabal zubi zumala"
        ),
        "gui zabala goitia txea barren tegi aga eta echea mendi ondo rena koa",
    ),
}


def _natural(language: str, count: int) -> list[str]:
    stems, endings = (part.split() for part in _MORPHOLOGY[language])
    every = sorted({stem + ending for stem, ending in product(stems, endings)})
    return random.Random(language).sample(every, min(count, len(every)))


@pytest.mark.parametrize("language", sorted(_MORPHOLOGY))
@pytest.mark.parametrize("style", [str.upper, str.title, str.lower])
def test_surnames_of_a_locale_in_no_lexicon_are_a_family(
    language: str, style: Callable[[str], str], lexicon: Lexicon
) -> None:
    rng = random.Random(3)
    surnames = _natural(language, 250)
    words = [style(rng.choice(surnames)) for _ in range(1_000)]
    found = _one(_with_uuids(words), lexicon)
    assert found.template == "{word}_{uuid}"
    assert found.verdict in SURE
    assert len(found.members) >= 950
    assert found.distinct <= len(set(words))


_COMMON = str.split(
    "QUINTERO RODRIGUEZ SCHNEIDER KOWALSKI FERRARI DUBOIS HERNANDEZ NAKAMURA PETROVIC "
    "LINDQVIST OKONKWO MARTINEZ"
)
_GIVEN = str.split(
    "Maria Jose Hans Piotr Giulia Claire Carlos Yuki Milan Astrid Chinedu Lucia Anna Peter"
)


def test_twelve_common_names_suffice(lexicon: Lexicon) -> None:
    found = _one(_with_uuids(_COMMON), lexicon)
    assert found.verdict in SURE
    assert found.distinct == 12
    assert found.members[0].value.reveal() == "QUINTERO"


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("{s}", "{word}"),
        ("{s}^{g}", "{word}^{word}"),
        ("{s}, {g}", "{word}, {word}"),
        ("{s}_{g}_{d}", "{word}_{word}_{date}"),
        ("{s}_{n:06}", "{word}_{number}"),
        ("{n:03}_{s}", "{number}_{word}"),
        ("patient_{s}_{g}", "{word}_{word}_{word}"),
        ("{s}_CT.zip", "{word}_{word}.zip"),
    ],
)
def test_every_form_of_a_name_is_a_family(form: str, expected: str, lexicon: Lexicon) -> None:
    names = [
        form.format(s=s, g=_GIVEN[i], n=4211 + 17 * i, d=f"19{50 + i}0{i % 9 + 1}12")
        for i, s in enumerate(_COMMON)
    ]
    found = _one(_siblings(names), lexicon)
    assert found.template == expected
    assert found.verdict in SURE
    assert len(found.members) == 12


def test_names_of_several_words_belong_to_the_same_family(lexicon: Lexicon) -> None:
    words = [*_COMMON, "GARCIA_LOPEZ", "DE LA CRUZ", "O'NEILL", "MÜLLER-LÜDENSCHEIDT", "van Dijk"]
    found = _one(_with_uuids(words), lexicon)
    assert found.template == "{word}_{uuid}"
    assert len(found.members) == len(words)
    assert {member.value.reveal() for member in found.members} >= {"DE LA CRUZ", "GARCIA_LOPEZ"}


def test_spellings_of_one_name_are_one_subject(lexicon: Lexicon) -> None:
    spellings = ["Müller", "MÜLLER", unicodedata.normalize("NFD", "Müller"), "muller"]
    found = _one(_with_uuids([*_COMMON, *spellings]), lexicon)
    assert found.distinct == len(_COMMON) + 1


def test_opaque_and_ordinary_siblings_are_no_members(lexicon: Lexicon) -> None:
    rng = random.Random(1)
    others = [f"series_{_identifier(rng)}" for _ in range(40)]
    others += [_identifier(rng) for _ in range(40)] + [f"IM{n:04}.dcm" for n in range(40)]
    names = [sibling.name for sibling in _with_uuids(_COMMON)]
    found = _one(_siblings(names + others), lexicon)
    assert sorted(member.entry for member in found.members) == list(range(12))


_ANIMALS = str.split(
    "aardvark badger beaver buffalo camel cheetah chicken cobra cougar coyote crocodile "
    "dolphin donkey eagle elephant falcon ferret flamingo gazelle giraffe goose gorilla "
    "hamster hedgehog heron hippo hyena iguana jaguar kangaroo koala leopard lizard "
    "lobster lynx meerkat mongoose monkey moose octopus ostrich otter panda panther "
    "parrot pelican penguin pigeon rabbit raccoon rhino salmon scorpion seal shark skunk "
    "spider squirrel tiger tortoise turtle walrus weasel whale wolf wombat zebra"
)
_COLOURS = str.split(
    "amber aqua azure beige black blue bronze brown coral crimson cyan emerald gold gray "
    "green indigo ivory khaki lavender lilac lime magenta maroon mauve navy olive orange "
    "orchid pink plum purple red salmon scarlet silver tan teal turquoise violet white "
    "yellow"
)
_GERMAN = str.split(
    "abend anfang antwort arbeit auge baum beispiel bericht bild blume brief buch dach "
    "ding eingang ende erde fenster feuer flasche frage freund garten gebiet gefahr geld "
    "geschichte gesicht glas grund haus himmel holz hund jahr kirche kopf kraft kunst "
    "licht luft mauer mensch monat mutter nacht ordnung papier pflanze platz rechnung "
    "regen schiff schule sprache stadt stein straße stunde tisch tochter verkehr vogel "
    "wasser weg wetter wissenschaft woche wohnung wolke zeitung ziel zimmer zucker "
    "zukunft"
)
_SPANISH = str.split(
    "agua ahora amigo ayuda barco boca bosque cabeza calle cama carne carta ciudad cocina "
    "comida corazon cuerpo deseo dinero empresa escuela espejo estrella fiesta fuego "
    "gente guerra hierba hombre hora iglesia invierno jardin juego leche lengua libro "
    "lugar lluvia madera mano mesa mujer mundo noche nube ojo palabra papel pared pelota "
    "perro piedra pregunta pueblo puerta queso semana sombra sonido suelo tarde tiempo "
    "tienda trabajo vaso ventana verano viaje vida"
)
_MEDICAL = str.split(
    "abdomen adrenal ankle aorta appendix artery biopsy bladder brain breast bronchus "
    "cardiac carotid cervix chest clavicle colon coronary cranium elbow esophagus femur "
    "fibula foot hand head heart hip humerus kidney knee larynx liver lumbar lung "
    "mandible neck orbit ovary pancreas pelvis prostate rectum renal sacrum scapula "
    "shoulder sinus skull spine spleen sternum stomach testis thigh thorax thyroid tibia "
    "tongue trachea ureter uterus vagina wrist"
)
_CITIES = str.split(
    "amsterdam athens barcelona beijing berlin bogota boston brussels budapest cairo "
    "chicago copenhagen dallas delhi denver dublin frankfurt geneva hamburg hanoi havana "
    "helsinki houston istanbul jakarta kiev lagos lima lisbon london madrid manila "
    "melbourne milan montreal moscow mumbai munich nairobi osaka oslo paris prague rome "
    "seattle seoul shanghai singapore stockholm sydney tehran tokyo toronto vienna warsaw "
    "zurich"
)
_SEQUENCES = str.split(
    "T1_MPRAGE T2_FLAIR DWI_ADC localizer scout survey BOLD_rest fieldmap SWI_mIP "
    "TOF_angio DTI_64dir AX_T2_FSE COR_STIR SAG_T1 cor_pd_fs perfusion_ASL MRCP_thick "
    "T2_star lung_window bone_window arterial_phase venous_phase delayed_phase topogram "
    "dose_report screen_save"
)


def _pseudowords(rng: random.Random) -> list[str]:
    made = {
        "".join(rng.choice("bdfghjklmnprstvz") + rng.choice("aiou") for _ in range(2))
        + rng.choice("bdfghjklmnprstvz")
        for _ in range(400)
    }
    return sorted(made)


def _letters(rng: random.Random) -> list[str]:
    return [
        "".join(rng.choice(string.ascii_uppercase) for _ in range(rng.randint(4, 8)))
        for _ in range(400)
    ]


@pytest.mark.parametrize(
    "words",
    [
        ["SERIES"],
        _ANIMALS,
        _COLOURS,
        _GERMAN,
        _SPANISH,
        _MEDICAL,
        _SEQUENCES,
        _CITIES,
        _letters(random.Random(5)),
        _pseudowords(random.Random(6)),
    ],
    ids=str.split("constant animals colours german spanish medical sequences cities letters made"),
)
@pytest.mark.parametrize("style", [str.upper, str.lower])
def test_words_that_are_no_names_are_no_family(
    words: list[str], style: Callable[[str], str], lexicon: Lexicon
) -> None:
    rng = random.Random(11)
    names = [style(rng.choice(words)) for _ in range(1_000)]
    assert not _verdicts(_with_uuids(names), lexicon) & SURE
    assert not _verdicts(_siblings(sorted(set(names))), lexicon) & SURE


def test_code_names_of_adjective_and_surname_are_at_most_for_review(lexicon: Lexicon) -> None:
    adjectives = str.split(
        "admiring bold brave clever cool dazzling eager elegant epic fervent focused gallant "
        "happy hopeful jolly keen laughing loving modest mystifying nervous nostalgic "
        "peaceful pensive quirky romantic serene sleepy stoic tender upbeat vibrant wizardly "
        "zealous"
    )
    rng = random.Random(2)
    surnames = [name.lower() for name in _COMMON]
    names = [f"{rng.choice(adjectives)}_{rng.choice(surnames)}" for _ in range(300)]
    assert not _verdicts(_siblings(names), lexicon) & SURE


@pytest.mark.parametrize(
    "pattern", ["sub-{n:03}", "ses-{n:02}_run-1", "CT.1.2.840.{n}.7.9", "UPENN-GBM-{n:05}", "{n}"]
)
def test_numbered_names_are_no_family(pattern: str, lexicon: Lexicon) -> None:
    assert families(_siblings([pattern.format(n=n) for n in range(300)]), lexicon) == ()


def test_fewer_than_six_names_are_no_family(lexicon: Lexicon) -> None:
    assert families(_with_uuids(_COMMON[:5]), lexicon) == ()


def test_order_of_siblings_does_not_matter(lexicon: Lexicon) -> None:
    siblings = _with_uuids([*_COMMON, *_natural("basque", 60)])
    shuffled = random.Random(4).sample(siblings, len(siblings))
    one, two = _one(siblings, lexicon), _one(shuffled, lexicon)
    assert (one.verdict, one.share, one.distinct, one.score) == (
        two.verdict,
        two.share,
        two.distinct,
        two.score,
    )


def test_a_family_prints_no_name(lexicon: Lexicon) -> None:
    printed = repr(families(_with_uuids(_COMMON), lexicon)) + repr(Sibling(1, "QUINTERO_X"))
    assert "QUINTERO" not in printed
    assert "RODRIGUEZ" not in printed


@given(st.lists(st.text(max_size=40), max_size=30))
def test_hostile_names_never_raise(names: list[str]) -> None:
    lexicon = _SHARED
    for family in families(_siblings(names), lexicon):
        assert family.members
        assert 0 <= family.share <= 1


_SHARED = load(rules() / "lexicons")


@pytest.mark.parametrize("count", range(3, 12))
@pytest.mark.parametrize("ending", ["", ".dcm"])
def test_uuids_alone_are_no_family_however_few(lexicon: Lexicon, count: int, ending: str) -> None:
    rng = random.Random(count)
    siblings = _siblings([_identifier(rng) + ending for _ in range(count)])
    assert divided(siblings, lexicon) == ([], [])
