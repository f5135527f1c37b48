"""Words are cut, folded and masked so that no name is missed and none is shown."""

import string
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vestige.text import (
    TokenKind,
    folds,
    normal,
    opaque,
    readings,
    shown,
    stem,
    template,
    tokens,
    unquoted,
)

UUID = "3f2a1b9c-1111-4222-8333-123456789abc"
ORDINARY = frozenset(("ct", "series", "study", "export", "chest"))


def _ordinary(word: str) -> bool:
    return word.lower() in ORDINARY


def _never(_: str) -> bool:
    return False


def _cut(text: str) -> list[str]:
    return [f"{piece.kind}:{piece.text}" for piece in tokens(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SMITH^JOHN", "word:SMITH separator:^ word:JOHN"),
        (f"SMITH_{UUID}.dcm", f"word:SMITH separator:_ uuid:{UUID} extension:.dcm"),
        ("GivenSurname", "word:Given word:Surname"),
        ("JSmith", "word:J word:Smith"),
        ("CTChest", "word:CT word:Chest"),
        ("McDonald", "word:McDonald"),
        ("O'Neil-Smith", "word:O'Neil separator:- word:Smith"),
        ("x.nii.gz", "word:x extension:.nii.gz"),
        ("X.DCM", "word:X extension:.DCM"),
        ("Alicia.Key", "word:Alicia separator:. word:Key"),
        (".gz", "separator:. word:gz"),
        ("1.2.840.10008.1.2", "uid:1.2.840.10008.1.2"),
        ("anna.berg@host.example", "email:anna.berg@host.example"),
        ("a1b2c3d4e5", "hex:a1b2c3d4e5"),
        ("deadbeef", "word:deadbeef"),
        ("Abade12", "word:Abade number:12"),
        ("S_0042", "word:S separator:_ number:0042"),
        ("", ""),
    ],
)
def test_texts_are_cut_into_pieces(text: str, expected: str) -> None:
    assert _cut(text) == expected.split()


@pytest.mark.parametrize(
    ("name", "left"),
    [
        *(("x.nii.gz", "x"), ("SMITH.DCM", "SMITH"), ("Alicia.Key", "Alicia.Key")),
        *((".gz", ".gz"), ("x..dcm", "x"), ("x", "x"), ("", "")),
    ],
)
def test_extensions_are_dropped_from_a_stem(name: str, left: str) -> None:
    assert stem(name) == left


@pytest.mark.parametrize(
    "text",
    [
        *("19560312", "1956-03-12", "12.03.1956", "3/12/1956", "20200131123059", "1956_03_12"),
        *("12Mar1980", "7-January-2020", "12_März_1980", "3-ENE-1999", "1980-Dez-24"),
    ],
)
def test_dates_are_one_piece(text: str) -> None:
    assert [piece.kind for piece in tokens(text)] == [TokenKind.DATE]


@pytest.mark.parametrize(
    "name",
    str.split(
        "Martinez Martin Jansen Janssen Mayer Maier Decker Marino Juneau Augustin Novak "
        "Seppala Abreu Agostini Marchetti Junker Octavio Generoso Marsh Decembrini"
    ),
)
@pytest.mark.parametrize("form", ["12_{}_1980", "1965-{}-03", "7 {} 2001"])
def test_names_that_begin_like_a_month_are_words(name: str, form: str) -> None:
    words = [piece.text for piece in tokens(form.format(name)) if piece.kind is TokenKind.WORD]
    assert words == [name]


@pytest.mark.parametrize("text", ["20201332", "99991231", "1956-13-41", "20200131123"])
def test_numbers_that_are_no_dates_are_none(text: str) -> None:
    assert TokenKind.DATE not in {piece.kind for piece in tokens(text)}


def test_a_decomposed_word_is_one_word() -> None:
    text = unicodedata.normalize("NFD", "Müller_Núñez")
    assert [piece.kind for piece in tokens(text)] == ["word", "separator", "word"]


@given(st.text(max_size=120))
def test_pieces_cover_the_text_without_gaps(text: str) -> None:
    pieces = tokens(text)
    assert "".join(piece.text for piece in pieces) == text
    assert all(text[piece.start : piece.end] == piece.text != "" for piece in pieces)


@given(st.text(alphabet="aAzZ09-_. '^,", max_size=40))
def test_plain_texts_are_cut_as_any_other(text: str) -> None:
    """Texts of ASCII are cut by cheaper expressions, behind a foreign letter by the general one."""
    assert tokens(f"e_{text}")[1:] == tokens(f"é_{text}")[1:]


_HOSTILE = st.text(
    alphabet=st.one_of(
        st.characters(),
        st.characters(categories=["Cs", "Cc", "Cf", "Mn", "Nl", "So"]),
        st.sampled_from("^_.-0123456789abcdefABC%@"),
    ),
    max_size=80,
)


@given(_HOSTILE)
def test_hostile_texts_never_raise(text: str) -> None:
    template(tokens(text))
    folds(text)
    opaque(text)
    unquoted(text)
    normal(text)
    shown(text, [(-3, 2), (1, 10**6), (5, 1)], _ordinary)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Müller", ("muller", "mueller")),
        ("MÜLLER", ("muller", "mueller")),
        ("Weiß", ("weiss",)),
        ("Ødegård", ("odegard", "oedegaard")),
        ("O'Neil", ("oneil",)),
        ("O’Neil", ("oneil",)),
        ("Łukasz", ("lukasz",)),
        ("Yıldız", ("yildiz",)),
        ("İnan", ("inan",)),
        ("Иванов", ("ivanov",)),
        ("Παπας", ("papas",)),
        ("SMITH", ("smith",)),
        ("", ()),
        ("'", ()),
        ("\udcfc", ()),
    ],
)
def test_words_fold_to_their_ascii_spellings(word: str, expected: tuple[str, ...]) -> None:
    assert folds(word) == expected


@pytest.mark.parametrize("word", ["Müller", "Ångström", "Nguyễn", "Dvořák", "Șerban", "Ødegård"])
def test_composed_and_decomposed_words_fold_alike(word: str) -> None:
    assert folds(unicodedata.normalize("NFD", word)) == folds(word)


@given(st.text(max_size=30))
def test_folds_of_words_of_any_script_are_ascii(word: str) -> None:
    assert all(fold and fold.isascii() and fold == fold.lower() for fold in folds(word))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (f"SMITH_{UUID}", "{word}_{uuid}"),
        ("SMITH^ANNA", "{word}^{word}"),
        ("SMITH_ANNA_19560312", "{word}_{word}_{date}"),
        ("SMITH_0042.nii.gz", "{word}_{number}.nii.gz"),
    ],
)
def test_templates_show_the_form(name: str, expected: str) -> None:
    assert template(tokens(name)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("M%C3%BCller%20A", "Müller A"),
        ("100%_done", "100%_done"),
        ("%FC", "%FC"),
        ("plain", "plain"),
    ],
)
def test_percent_escapes_are_decoded_where_they_are_text(text: str, expected: str) -> None:
    assert unquoted(text) == expected


@pytest.mark.parametrize(
    "name",
    [
        *("1.2.840.113619.2.5", "1.2.3.dcm", UUID, "{" + UUID + "}", "IM0001.dcm", "I12"),
        *("IMG_0001", "0001", "20200131", "a1b2c3d4e5f6", "MR.1.2.840.1.2", "sub-001", "ses-01"),
        *("CT000123.DCM", "slice_004.nii.gz", "patient_0012", "S1", "series 3", "12-34-56"),
    ],
)
def test_names_that_can_hold_no_person_are_opaque(name: str) -> None:
    assert opaque(name)


@pytest.mark.parametrize(
    "name",
    [
        *("SMITH", f"SMITH_{UUID}", "Smith001", "patient_smith_01", "deadbeef", "Abade", ""),
        *("1.2.840.Smith", "01_Jansen_1965", "IMG_Lee_01", "001.Smith", "Weiß", "12 Lee"),
    ],
)
def test_names_that_may_hold_a_person_are_not_opaque(name: str) -> None:
    assert not opaque(name)


@given(st.text(string.ascii_letters, min_size=4, max_size=20), st.integers(0, 10**6))
def test_whatever_is_opaque_holds_no_long_word(word: str, number: int) -> None:
    name = f"{word}_{number}"
    serial = {"image", "images", "imagen", "serie", "series", "study", "studies", "subj"}
    serial |= {"subject", "session", "volume", "slice", "slices", "frame", "frames", "file"}
    serial |= {"files", "dicom", "scan", "inst", "instance", "patient", "case", "part", "page"}
    serial |= {"version", "anon", "export", "batch", "echo"}
    if opaque(name):
        assert word.lower() in serial


# --- masks -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "spans", "expected"),
    [
        (f"SMITH_{UUID}.dcm", [(0, 5)], "S****_3f2a….dcm"),
        ("series_SMITH_CT_12", [], "series_S****_CT_12"),
        ("series_study", [(0, 6)], "s*****_study"),
        ("Series_Ann", [], "Series_***"),
        ("CT_19560312_123456", [], "CT_########_######"),
        ("CT_12.03.56", [], "CT_##.##.##"),
        ("CT_03-12-56", [], "CT_##-##-##"),
        ("CT_1.2.840.10008.1", [(3, 6)], "CT_…"),
        ("CT_0042", [(3, 7)], "CT_####"),
        ("x_anna.berg@host.example", [], "*_a***.b***@h***.e******"),
        ("Smith.key", [(0, 9)], "S****.***"),
        ("欧阳小明_1", [], "****_1"),
        ("김철수민", [], "****"),
        ("ⓈⓜⓘⓣⒽ", [], "*****"),
        ("CT_\x1b[31m\u202e", [], "CT_ [31* "),
        ("M\udcfcller", [], "* l***"),
        (unicodedata.normalize("NFD", "Müller"), [], "M*****"),
    ],
)
def test_names_are_shown_masked(name: str, spans: list[tuple[int, int]], expected: str) -> None:
    assert shown(name, spans, _ordinary) == expected


_WORD = st.text(st.characters(categories=["Ll", "Lu", "Lo"]), min_size=1, max_size=12)


@given(st.lists(_WORD, min_size=1, max_size=5), st.sampled_from("_- .^"))
def test_masks_reveal_at_most_first_letters(words: list[str], separator: str) -> None:
    text = normal(separator.join(words))
    masked = shown(text, [], _never)
    starts = [piece.text[0] for piece in tokens(text) if piece.kind is TokenKind.WORD]
    ending = tokens(text)[-1]
    if ending.kind is TokenKind.EXTENSION:
        masked = masked.removesuffix(ending.text)
    left = [c for c in masked if c.isalpha()]
    for letter in left:
        starts.remove(letter)


@given(_HOSTILE, st.integers(0, 80), st.integers(0, 80))
def test_no_word_inside_a_span_is_shown(text: str, start: int, end: int) -> None:
    accept: Callable[[str], bool] = lambda _: True  # noqa: E731
    masked = shown(text, [(start, end)], accept)
    assert masked.isprintable()
    inside = [p for p in tokens(text) if p.start < end and start < p.end and p.kind == "word"]
    kept = sum(c.isalpha() for c in masked)
    outside = sum(c.isalpha() for p in tokens(text) if p not in inside for c in p.text)
    assert start >= end or kept <= outside + len(inside)


@pytest.mark.parametrize("digits", ["12345", "20200131", "0123456789"])
def test_long_numbers_are_hidden(digits: str) -> None:
    assert not any(c.isdigit() for c in shown(f"series_{digits}", [], _ordinary))


# --- readings ----------------------------------------------------------------------------------


@given(st.binary(max_size=80))
def test_any_bytes_have_a_reading(raw: bytes) -> None:
    assert readings(raw)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_utf_8_has_one_reading(text: str) -> None:
    assert readings(text.encode()) == (text,)


@pytest.mark.parametrize("name", ["Thérèse_Müller", "Núñez", "José García", "Åse", "Ibáñez_Álvaro"])
def test_western_names_are_no_eastern_ones(name: str) -> None:
    assert readings(name.encode("cp1252")) == (name,)


@pytest.mark.parametrize(
    ("name", "codec"),
    [
        ("山田太郎", "shift_jis"),
        ("西村正_2019", "shift_jis"),
        ("欧阳小明", "gbk"),
        ("김철수", "euc_kr"),
    ],
)
def test_eastern_names_are_among_the_readings(name: str, codec: str) -> None:
    assert name in readings(name.encode(codec))


# --- work --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "part",
    ["1", "i1_", "1.", "a", "a.b@", "-", "1-1-", ".gz", "Ab", "́", "ab1", "01.01.01 ", "%41", "'"],
)
def test_the_longest_texts_are_done(part: str) -> None:
    text = (part * 100_000)[:100_000] + "!"
    opaque(text)
    assert unquoted(text)
    assert len(shown(text, [], _ordinary)) <= len(text)
