"""Plain texts: what protocols are called in five languages, and what is more than that."""

import pytest

from tests.detect.objects import CATALOG
from vestige.detect.plain import are_ordinary, unnamed
from vestige.model import Place, Where

LEXICON = CATALOG.lexicon


@pytest.mark.parametrize(
    "text",
    [
        "CT CHEST WITH CONTRAST",
        "Schädel nativ",
        "Becken Übersicht",
        "Abdomen mit Kontrastmittel",
        "Scanner cérébral sans injection",
        "Genou droit de face",
        "Tórax posteroanterior",
        "Tobillo izquierdo sin contraste",
        "Encefalo senza contrasto",
        "Colonna lombare in proiezione laterale",
        "T1 4 mm",
    ],
)
def test_descriptions_of_examinations_are_plain(text: str) -> None:
    assert are_ordinary((text,), LEXICON)


@pytest.mark.parametrize(
    "text",
    [
        "Circle of Willis",
        "Parkinson protocol",
        "Baker cyst knee",
        "Wilson disease liver",
        "Long axis view",
        "Low dose chest",
    ],
)
def test_words_that_are_surnames_are_plain_where_they_have_another_sense(text: str) -> None:
    assert are_ordinary((text,), LEXICON)


@pytest.mark.parametrize(
    "text",
    [
        "Quillonia Zargoth",
        "KNEE MÜLLER",
        "Wilson knee",
        "KNEE 20190317",
        "CHEST 48291",
        "宋",
        "Willis",
        "m.quintero@klinik.test",
    ],
)
def test_what_may_be_somebody_is_not_plain(text: str) -> None:
    assert not are_ordinary((text,), LEXICON)


def test_all_values_must_be_plain_and_there_must_be_one() -> None:
    assert are_ordinary(("CT", "brain"), LEXICON)
    assert not are_ordinary(("CT", "Zargoth"), LEXICON)
    assert not are_ordinary((), LEXICON)


def test_plain_words_beside_images_are_the_name_of_nobody() -> None:
    place = Place(Where.BESIDE, "author", 0, "PN")
    assert unnamed(LEXICON, place, ("Radiology Department",))
    assert not unnamed(LEXICON, place, ("Zargoth Quillonia",))
    assert not unnamed(LEXICON, Place(Where.HEADER, "x", 0, "PN"), ("Radiology",))
