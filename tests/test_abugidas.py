import unicodedata

import pytest

from vestige.abugidas import spelt
from vestige.text import folds


@pytest.mark.parametrize(
    ("word", "romanised"),
    [
        ("राम", "ram"),
        ("लक्ष्मी", "lakshmi"),
        ("श्रीवास्तव", "shrivastav"),
        ("सिंह", "singh"),
        ("सिन्हा", "sinha"),
        ("संपत", "sampat"),
        ("फ़राज़", "faraz"),
        ("ঘোষ", "ghosh"),
        ("রায়", "ray"),
        ("মুখোপাধ্যায়", "mukhopadhyay"),
        ("যাদব", "jadab"),
        ("আচার্য্য", "acharyya"),
        ("বৎস", "batsa"),
        ("ଅଭିମନ୍ୟୁ", "abhimanyu"),
        ("ਅਰੋੜਾ", "arora"),
        ("ਸਿੰਘ", "singh"),
        ("પટેલ", "patel"),
        ("କୁମାର", "kumar"),
        ("ராஜன்", "rajan"),
        ("கண்ணன்", "kannan"),
        ("செந்தில்", "senthil"),
        ("కృష్ణ", "krishna"),
        ("ಗೌಡ", "gauda"),
        ("മാധവൻ", "madhavan"),
        ("ഇന്ദിര", "indira"),
    ],
)
def test_names_are_romanised_with_the_vowels_that_are_not_written(
    word: str, romanised: str
) -> None:
    assert spelt(word)[0] == romanised


@pytest.mark.parametrize(
    ("word", "ways"),
    [
        ("कमला", ("kamala", "kamla")),
        ("रामपाल", ("ramapal", "rampal")),
        ("கணேஷ்", ("kanesh", "ganesh")),
        ("முருகன்", ("murukan", "murugan")),
        ("பாலகிருஷ்ணன்", ("palakirushnan", "balakirushnan", "balagirushnan")),
    ],
)
def test_a_word_that_people_write_in_several_ways_has_each_of_them(
    word: str, ways: tuple[str, ...]
) -> None:
    assert spelt(word) == ways


def test_other_scripts_and_what_stands_beside_are_kept() -> None:
    assert spelt("Müller") == ("Müller",)
    assert spelt("dr राम x") == ("dr ram x",)
    assert folds("สมชาย") == ("smchay",)


@pytest.mark.parametrize("text", ["१२३", "़", "्", "्राम", "।", "ंं", "क़़", "ா", "്", "ৎ"])
def test_signs_without_a_letter_before_them_break_nothing(text: str) -> None:
    for form in ("NFC", "NFD"):
        assert all(way.isascii() for way in spelt(unicodedata.normalize(form, text)))


def test_decomposed_and_composed_words_have_the_same_folds() -> None:
    for word in ("কৌশিক", "தொல்காப்பியன்", "ಶ್ರೀ", "മോഹൻ", "फ़ैज़"):
        assert folds(unicodedata.normalize("NFD", word)) == folds(
            unicodedata.normalize("NFC", word)
        )
