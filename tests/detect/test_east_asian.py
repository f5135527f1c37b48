"""Full names of East Asia, written with a gap and without one."""

import pytest

from vestige.detect.east_asian import are_full_name, surname_end
from vestige.detect.words import person_names
from vestige.lexicon import load
from vestige.shipped import rules

LEXICON = load(rules() / "lexicons")


@pytest.mark.parametrize(
    ("name", "end"), [("山田太郎", 2), ("高橋花子", 2), ("김민준", 1), ("陳雅婷", 1)]
)
def test_a_name_without_a_gap_is_cut_behind_the_surname(name: str, end: int) -> None:
    assert surname_end(name, LEXICON) == end


@pytest.mark.parametrize(
    "word",
    [
        "胸部正面",
        "大動脈",
        "患者情報",
        "放射線科",
        "腰椎间盘",
        "검사결과",
        "Yamada",
        "山",
        "",
        "一" * 9,
    ],
)
def test_words_of_body_and_hospital_are_not_cut(word: str) -> None:
    assert surname_end(word, LEXICON) == 0


@pytest.mark.parametrize(("surname", "given"), [("李", "依梅"), ("佐藤", "花子"), ("김", "민수")])
def test_a_surname_and_a_given_name_with_a_gap_are_a_full_name(surname: str, given: str) -> None:
    assert are_full_name(surname, given, LEXICON)
    for gap in (" ", "_", "、"):
        assert person_names(f"{surname}{gap}{given}", LEXICON)


@pytest.mark.parametrize(
    ("one", "other"), [("胸部", "平扫"), ("患者", "资料"), ("新建", "文件夹"), ("Li", "Wei")]
)
def test_words_of_the_clinic_and_of_other_scripts_are_none(one: str, other: str) -> None:
    assert not are_full_name(one, other, LEXICON)
    assert not are_full_name(other, one, LEXICON)
