"""Names of people in components of paths and in short header texts."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vestige import text as texts
from vestige.detect.shapes import NameLike, Shape
from vestige.detect.words import name_like, person_names
from vestige.lexicon import Lexicon, assemble, load
from vestige.shipped import rules

_LEXICON = load(rules() / "lexicons")
_SHARED = Path(__file__).parents[2] / "../shared/data/names"


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return _LEXICON


def _best(text: str, lexicon: Lexicon) -> NameLike | None:
    return max(person_names(text, lexicon), key=lambda name: name.score, default=None)


def _score(text: str, lexicon: Lexicon) -> float:
    best = _best(text, lexicon)
    return best.score if best else 0.0


@pytest.mark.parametrize(
    ("text", "found", "shape", "least"),
    [
        ("QUINTERO^MARIA", "QUINTERO^MARIA", Shape.CARET, 4.0),
        ("Rodriguez^Maria^^", "Rodriguez^Maria", Shape.CARET, 4.0),
        ("Kowalski, Piotr", "Kowalski, Piotr", Shape.COMMA, 4.0),
        ("Schneider_Hans", "Schneider_Hans", Shape.PAIR, 4.0),
        ("giulia.ferrari", "giulia.ferrari", Shape.PAIR, 4.0),
        ("MariaRodriguez", "MariaRodriguez", Shape.PAIR, 4.0),
        ("Schneider_Hans_19560312", "Schneider_Hans", Shape.PAIR_DATE, 4.0),
        ("19560312 Schneider Hans", "Schneider Hans", Shape.PAIR_DATE, 4.0),
        ("RODRIGUEZ_MARIA_0042177", "RODRIGUEZ_MARIA", Shape.PAIR_NUMBER, 4.0),
        ("RODRIGUEZ_004217", "RODRIGUEZ", Shape.NAME_NUMBER, 3.0),
        (
            "RODRIGUEZ_3f2504e0-4f89-41d3-9a0c-0305e82c3301",
            "RODRIGUEZ",
            Shape.NAME_UUID,
            3.0,
        ),
        ("patient_hernandez", "hernandez", Shape.CUE_NAME, 4.0),
        ("paciente Hernandez", "Hernandez", Shape.CUE_NAME, 4.0),
        ("Dr. Kowalski", "Kowalski", Shape.CUE_NAME, 4.0),
        ("JHernandez_scan", "Hernandez", Shape.INITIAL_NAME, 3.0),
        ("XR CHEST for Douglas Davidson", "Douglas Davidson", Shape.PAIR, 4.0),
        ("MRI Brain, patient Maria Rodriguez", "Maria Rodriguez", Shape.PAIR, 4.0),
        ("CT_knee_Maria_Rodriguez", "Maria_Rodriguez", Shape.PAIR, 3.0),
        ("胸部CT 山田太郎", "山田太郎", Shape.PAIR, 4.0),
        ("김민준_20190317", "김민준", Shape.PAIR_DATE, 4.0),
    ],
)
def test_names_are_found_with_their_shape(
    text: str, found: str, shape: Shape, least: float, lexicon: Lexicon
) -> None:
    name = _best(text, lexicon)
    assert name is not None
    assert text[slice(*name.span)].endswith(found)
    assert name.shape is shape
    assert name.score >= least


@pytest.mark.parametrize(
    "text",
    [
        "Circle_of_Willis",
        "Circle of Willis",
        "Hodgkin",
        "Hodgkin lymphoma follow up",
        "MPRAGE Sag ISO",
        "AX_T1_MPRAGE",
        "release_004217",
        "SERIES_00000000-0000-4000-8000-000000000001",
        "CT ABDOMEN & PELVIS",
        "HEAD^ROUTINE",
        "Neuro^Brain",
        "site-packages",
        "sub-001_ses-02_task-rest_bold.nii.gz",
        "lung_window",
        "node_modules",
        "Johns_Hopkins_Hospital",
        "Shepp_Logan_phantom",
        "Chest PA and lateral",
        "1.2.840.113619.2.55.3",
        "final_report_2021",
        "",
        "___",
    ],
)
def test_ordinary_texts_are_passed_over(text: str, lexicon: Lexicon) -> None:
    assert _score(text, lexicon) < 3.0


def test_one_word_alone_is_never_high(lexicon: Lexicon) -> None:
    for text in ("RODRIGUEZ", "RODRIGUEZ_00421733", "KOWALSKI_19560312"):
        assert _score(text, lexicon) < 5.0


@pytest.mark.parametrize(
    "text", ["प्रशिक्षण सामग्री", "তৃতীয় অধ্যায়", "பயிற்சி பொருட்கள்", "ดรรชนี ปริทัศน์", "جدول المناوبات"]
)
def test_words_of_no_list_in_scripts_without_capitals_are_nobody(
    text: str, lexicon: Lexicon
) -> None:
    assert person_names(text, lexicon) == ()


@pytest.mark.parametrize("text", ["कुमार शर्मा", "محمد الحسيني", "כהן דוד"])
def test_names_in_scripts_without_capitals_are_names(text: str, lexicon: Lexicon) -> None:
    assert person_names(text, lexicon)


def test_code_names_are_seldom_high(lexicon: Lexicon) -> None:
    kinds = (
        "amber bold bright calm clever crimson dusty eager fancy gentle happy jolly lively noble"
    )
    beasts = (
        "badger eagle falcon ferret heron lynx marlin otter panda raven robin stork turtle wolf"
    )
    made = [
        f"{kind}{gap}{beast}{gap}{number}"
        for gap, number in zip("-_ ", (28, 31, 57), strict=True)
        for kind in kinds.split()
        for beast in beasts.split()
    ]
    told = [name for text in made for name in person_names(text, lexicon)]
    assert sum(name.score >= 4 for name in told) <= len(made) * 0.03


def test_spelling_does_not_matter(lexicon: Lexicon) -> None:
    composed = "Müller_Jürgen_19560312"
    decomposed = unicodedata.normalize("NFD", composed)
    scores = [_score(text, lexicon) for text in (composed, decomposed, composed.upper())]
    assert min(scores) >= 4.0


@pytest.mark.parametrize(
    "words",
    [
        *("GARCIA LOPEZ", "DE LA CRUZ", "O'Neil", "O'NEIL", "Müller-Lüdenscheidt", "van Dijk"),
        *("QUINTERO", "Kowalski", "McDonald", "Rodríguez", "FERNANDEZ_GOMEZ"),
    ],
)
def test_values_that_are_names_are_name_like(words: str, lexicon: Lexicon) -> None:
    assert name_like(words, lexicon) > 0


@pytest.mark.parametrize(
    "words",
    ["SERIES", "study", "T1_MPRAGE", "ABDOMEN", "export final", "XKCDQ", "", "123", "BRAIN MRI"],
)
def test_values_that_are_no_names_are_not_name_like(words: str, lexicon: Lexicon) -> None:
    assert name_like(words, lexicon) <= 0


@given(st.text(max_size=200))
def test_spans_are_ordered_apart_and_inside(text: str) -> None:
    end = 0
    for name in person_names(text, _LEXICON):
        assert end <= name.span[0] < name.span[1] <= len(text)
        end = name.span[1]
    name_like(text, _LEXICON)


def test_long_texts_take_linear_time(lexicon: Lexicon) -> None:
    assert isinstance(person_names("Maria_" * 20_000, lexicon), tuple)
    assert isinstance(person_names("de " * 20_000, lexicon), tuple)
    assert isinstance(person_names("^" * 60_000, lexicon), tuple)


@pytest.mark.skipif(not _SHARED.is_dir(), reason="the shared lists of public texts are absent")
@pytest.mark.parametrize(
    ("file", "most"),
    [
        ("idc_SeriesDescription.txt", 0.001),
        ("idc_StudyDescription.txt", 0.005),
        ("bids_components.txt", 0.003),
        ("idc_PatientID.txt", 0.001),
    ],
)
def test_false_alarms_on_public_texts_are_rare(file: str, most: float, lexicon: Lexicon) -> None:
    lines = (_SHARED / file).read_text("utf-8", "replace").splitlines()
    texts = [line for line in lines if " for " not in line]
    high = sum(_score(text, lexicon) >= 5.0 for text in texts)
    assert high <= most * len(texts)


PIECES = (
    *("QUINTERO", "Maria", "de", "la", "Cruz", "smithjohn", "SMITHJOHN", "McDonald", "Seo-yeon"),
    *(
        "Kim",
        "R.",
        "T2",
        "axial",
        "brain",
        "19610203",
        "0042",
        "dr.",
        "patient",
        ",",
        "^",
        "_",
        "-",
    ),
    *("山田太郎", "Müller", "Ó'Brien", "Лавров", ".dcm", "."),
)
NAMED = st.lists(
    st.sampled_from(PIECES),
    min_size=1,
    max_size=6,
).map("_".join)


@settings(max_examples=25, deadline=None)
@given(st.lists(NAMED, min_size=1, max_size=20))
def test_what_is_remembered_of_words_changes_nothing(names: list[str]) -> None:
    warm = [person_names(name, _LEXICON) for name in names]
    fresh = assemble(
        _LEXICON.codes, _LEXICON.grams, _LEXICON.weights, _LEXICON.kinds, _LEXICON.digest
    )
    texts._romanised.cache_clear()
    assert [person_names(name, fresh) for name in names] == warm
