"""The shipped lexicon: what it says of words, and how broken data are refused."""

import gzip
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vestige.lexicon import CELLS, FILES, load
from vestige.model import RuleError
from vestige.shipped import rules
from vestige.word_tables import GRAMS, LIMIT

FOLDER = Path(str(rules() / "lexicons"))
LARGEST = 3_000_000
"""Bytes of all data files of the lexicon at most: every install carries them."""
LEXICON = load(FOLDER)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The data files, to be broken."""
    for name in FILES:
        shutil.copy(FOLDER / name, tmp_path / name)
    return tmp_path


@pytest.mark.parametrize(
    "word", ["RODRIGUEZ", "Kowalski", "nguyen", "Müller", "MUELLER", "O'Neill"]
)
def test_common_surnames_are_names(word: str) -> None:
    known = LEXICON.evidence(word)
    assert known.named >= 4
    assert LEXICON.log_odds(word) > 1
    assert not LEXICON.ordinary(word)


@pytest.mark.parametrize(
    "word", ["series", "export", "MPRAGE", "abdomen", "thumbnail", "localizer"]
)
def test_technique_and_anatomy_are_ordinary(word: str) -> None:
    assert LEXICON.log_odds(word) < -2
    assert LEXICON.ordinary(word)


@pytest.mark.parametrize("word", ["Hodgkin", "Willis", "Parkinson"])
def test_physicians_after_whom_things_are_named_are_medical_and_never_shown(word: str) -> None:
    assert LEXICON.evidence(word).medical
    assert not LEXICON.ordinary(word)


@pytest.mark.parametrize("word", ["李", "佐藤", "김"])
def test_one_character_of_east_asia_may_be_a_name(word: str) -> None:
    assert LEXICON.log_odds(word) > 0


def test_letters_alone_tell_names_of_a_language_in_no_list() -> None:
    names = [LEXICON.evidence(word).ngram for word in ("kvaratskhelia", "lomidze", "korhonen")]
    words = [LEXICON.evidence(word).ngram for word in ("reconstructed", "unfiltered", "weighting")]
    assert min(names) > max(words)


@given(st.text(max_size=60))
def test_any_word_is_judged_within_bounds(word: str) -> None:
    known = LEXICON.evidence(word)
    assert 0 <= known.surname <= 7
    assert 0 <= known.given <= 7
    assert -LIMIT <= LEXICON.log_odds(word) <= LIMIT
    assert 0 <= LEXICON.cell(word) < CELLS


@given(st.text(st.characters(categories=["Lu", "Ll"]), min_size=1, max_size=20))
def test_case_does_not_matter(word: str) -> None:
    if word.lower().upper() == word.upper() and word.upper().lower() == word.lower():
        assert LEXICON.evidence(word.upper()) == LEXICON.evidence(word.lower())


def test_shares_of_every_kind_sum_to_one() -> None:
    assert {kind.person for kind in LEXICON.kinds} == {True, False}
    for kind in LEXICON.kinds:
        assert len(kind.shares) == CELLS
        assert abs(sum(kind.shares) - 1) < 1e-9


def test_the_data_are_small_and_their_digest_follows_them(copy: Path) -> None:
    assert sum((FOLDER / name).stat().st_size for name in FILES) < 5_000_000
    assert load(copy).digest == LEXICON.digest
    with (copy / "weights.csv").open("a", encoding="utf-8") as stream:
        stream.write("shape:none,0.0\n")
    assert load(copy).digest != LEXICON.digest


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-20])


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _nonsense(path: Path) -> None:
    path.write_bytes(b"feature,kind,person,counts,weight\nx,x,yes,1 2,much\n")


def _wrong_code(path: Path) -> None:
    path.write_bytes(gzip.compress(b"# head\n\nsmith 99999\n" + bytes(GRAMS - 1)))


def _short_table(path: Path) -> None:
    path.write_bytes(gzip.compress(b"# head\n" + bytes(GRAMS)))


@pytest.mark.parametrize(
    ("name", "broken"),
    [
        *((name, _empty) for name in FILES if name.endswith(".gz")),
        *((name, _nonsense) for name in FILES),
        ("lexicon.txt.gz", _cut),
        ("lexicon.txt.gz", _wrong_code),
        ("grams.bin.gz", _short_table),
    ],
)
def test_broken_data_are_refused_by_name(
    copy: Path, name: str, broken: Callable[[Path], None]
) -> None:
    broken(copy / name)
    with pytest.raises(RuleError, match=f"^lexicons/{name}: is broken"):
        load(copy)


@pytest.mark.parametrize("name", FILES)
def test_missing_data_are_refused_by_name(copy: Path, name: str) -> None:
    (copy / name).unlink()
    with pytest.raises(RuleError, match=f"^lexicons/{name}: is missing"):
        load(copy)


def test_held_out_locales_stay_out_of_the_lexicon() -> None:
    """Names of six locales in no source, which tests of detection rely on."""
    unheard = ("khachapuridze", "tsintsadze", "virtalainen", "szentmihalyi")
    assert [word for word in unheard if LEXICON.evidence(word).named] == []


def test_the_lexicon_stays_small() -> None:
    assert sum(file.stat().st_size for file in FOLDER.iterdir() if file.suffix != ".py") < LARGEST
