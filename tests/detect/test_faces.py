import pytest

from vestige.detect.faces import shows_head
from vestige.sensitive import Sensitive
from vestige.statement import Statement, Tag


def shows(part: str = "", series: str = "", study: str = "") -> bool:
    texts = {
        Tag.BODY_PART_EXAMINED: part,
        Tag.SERIES_DESCRIPTION: series,
        Tag.STUDY_DESCRIPTION: study,
    }
    return shows_head(Statement({tag: Sensitive(text) for tag, text in texts.items() if text}))


@pytest.mark.parametrize("part", ["HEAD", "brain", "SKULL", "HEAD_NECK", "Head & Neck", "CSPINE"])
def test_a_body_part_of_the_head_is_enough(part: str) -> None:
    assert shows(part)


@pytest.mark.parametrize("part", ["", "CHEST", "ABDOMEN", "HEART", "KNEE", "UNKNOWN"])
def test_a_body_part_of_elsewhere_is_none(part: str) -> None:
    assert not shows(part)
    assert shows(part, series="t1_mprage_sag"), "words of the head alone outweigh it"


@pytest.mark.parametrize(
    "text",
    [
        "5 mm Axial BRAIN",
        "CT Schädel nativ",
        "cCT Schaedel",
        "Kopf-CT",
        "IRM cérébrale",
        "TDM du crâne",
        "RM de cráneo",
        "Encefalo con contrasto",
        "RM Cabeça",
        "MR hersenen",
        "TK głowy",
        "MRI Hd wo+w",
        "MRA/v Hd wo",
        "MP2RAGE_UNI",
        "ADNI_Sag3D MPRAGE",
        "CT FACIAL BONES",
        "NNH nativ",
        "Orbita bds",
        "DVT Oberkiefer Zahn 14",
    ],
)
def test_descriptions_in_many_languages_say_head(text: str) -> None:
    assert shows(series=text)
    assert shows(study=text)


@pytest.mark.parametrize(
    "text",
    [
        "HELICAL CHEST",
        "Femoral head AVN",
        "MR hip: head of femur",
        "Fraktur radial head",
        "Pancreatic head lesion",
        "Head first supine",
        "Coronary sinus",
        "CT THORAX + ABDOMEN I.V. CONTRAST",
        "LWS Spirale",
        "surface coil",
        "HD MIP",
        "phantom",
    ],
)
def test_other_words_do_not(text: str) -> None:
    assert not shows(series=text)


@pytest.mark.parametrize("text", ["NECK", "sinus", "flair"])
def test_words_that_other_parts_have_too_yield_to_the_body_part(text: str) -> None:
    assert shows(series=text)
    assert not shows("PROSTATE", series=text)
