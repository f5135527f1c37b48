"""Keys: which columns tell of persons, which hold codes, and what a table undoes."""

import pytest

from vestige import lexicon, shipped
from vestige.correlate.keys import (
    Key,
    Side,
    codes_in,
    columns,
    has_headings,
    is_code,
    key,
    named,
    plain,
    spellings,
)

LEXICON = lexicon.load(shipped.rules() / "lexicons")
CODES = [f"sub-{number:03}" for number in range(1, 9)]
SURNAMES = [
    "Quintero",
    "Kowalczyk",
    "Haraldsen",
    "Moretti",
    "Lefebvre",
    "Szabó",
    "Zargothy",
    "Okafor",
]
NUMBERS = [
    "48291377",
    "10293847",
    "93847561",
    "22938475",
    "77362514",
    "83920174",
    "65748392",
    "51029384",
]
BIRTHS = ["1931-02-03", "1990-07-11", "1954-01-30", "1972-12-24", "1983-05-06", "1948-08-19"]
UIDS = [f"1.2.840.113619.2.{number}.77.{number * 31}" for number in range(1, 9)]
Rows = list[list[str]]


def table(*given: list[str], headings: tuple[str, ...] = ()) -> Rows:
    return (
        [list(headings), *map(list, zip(*given, strict=False))]
        if headings
        else [list(row) for row in zip(*given, strict=False)]
    )


def undone(rows: Rows, volume: set[str]) -> Key | None:
    found = columns(rows, LEXICON)
    return key(found, {one.number: sum(code in volume for code in one.codes) for one in found})


@pytest.mark.parametrize(
    ("side", "first", "headings"),
    [
        (Side.NAMES, SURNAMES, ("apellidos", "código")),
        (Side.NAMES, SURNAMES, ()),
        (Side.NAMES, [f"{one}^Ana" for one in SURNAMES], ("whatever", "sample")),
        (Side.NUMBERS, NUMBERS, ("NHC", "code")),
        (Side.NUMBERS, NUMBERS, ()),
        (Side.NUMBERS, NUMBERS, ("old_id", "new_id")),
        (Side.BIRTHS, BIRTHS, ("Geburtsdatum", "Pseudonym")),
        (Side.BIRTHS, BIRTHS, ()),
        (Side.CONTACTS, [f"{one}@mail.example" for one in "abcdefgh"], ("contact", "id")),
        (Side.UIDS, UIDS, ("OriginalStudyUID", "NewStudyUID")),
        (Side.UIDS, UIDS, ()),
        (Side.PATHS, [f"/raw/{one}/CT" for one in NUMBERS], ("source", "target")),
    ],
)
def test_what_a_column_tells_by_its_heading_or_by_its_cells(
    side: Side, first: list[str], headings: tuple[str, ...]
) -> None:
    found = undone(table(first, CODES, headings=headings), set(CODES[:5]))
    assert found is not None
    assert (found.sides, found.column.number, found.sure) == ((side,), 2, True)
    assert (found.linked, found.codes) == (5, min(len(first), len(CODES)))


@pytest.mark.parametrize(
    "rows",
    [
        table(CODES, [str(20 + n) for n in range(8)], headings=("participant_id", "age")),
        table(CODES, [str(1_100_000 + 90_001 * n) for n in range(8)], headings=("id", "icv")),
        table(CODES, ["Alzheimer", "Parkinson"] * 4, headings=("participant_id", "diagnosis")),
        table(CODES, ["Prisma", "Skyra"] * 4, ["166021", "45062"] * 4),
        table(NUMBERS, [f"release/{one}/x.nii.gz" for one in CODES]),
        table([str(1_600_000_000 + 977 * n) for n in range(8)], CODES),
        table([f"release/{one}/1.dcm" for one in CODES], UIDS, headings=("file", "SOPInstanceUID")),
        table(CODES, ["ANON"] * 8, headings=("PatientID", "PatientName")),
        table(CODES, CODES, headings=("PatientID", "PatientName")),
        table(CODES, ["good image"] * 8),
        [["code"], *([one] for one in CODES)],
        [],
    ],
)
def test_tables_of_codes_that_name_nobody_undo_nothing(rows: Rows) -> None:
    assert undone(rows, set(CODES)) is None


def test_numbers_under_an_unknown_heading_are_a_guess() -> None:
    found = undone(table(NUMBERS, CODES, headings=("qwx", "id_z")), set(CODES))
    assert found is not None
    assert not found.sure


def test_former_uids_that_still_stand_there_are_none() -> None:
    rows = table(UIDS, CODES)
    assert undone(rows, {*UIDS, *CODES}) is None
    found = undone(rows, set(CODES))
    assert found is not None
    assert found.former


def test_a_key_whose_codes_are_nowhere_links_nobody() -> None:
    found = undone(table(SURNAMES, CODES, headings=("surname", "code")), set())
    assert found is not None
    assert (found.linked, found.codes) == (0, 8)
    assert undone(table(SURNAMES, CODES), set()) is None


def test_short_numbers_are_codes_where_most_of_them_stand_there() -> None:
    short = [str(number) for number in range(1, 9)]
    rows = table(SURNAMES, short, headings=("surname", "code"))
    assert getattr(undone(rows, set(short[:3])), "linked", None) == 0
    assert getattr(undone(rows, set(short[:4])), "linked", None) == 4


def test_headings_that_are_no_known_words_are_not_shown() -> None:
    found = columns(table(SURNAMES, CODES, headings=("Zargothy Quillonia", "pseudonym")), LEXICON)
    assert [one.heading for one in found] == ["", "pseudonym"]
    assert named(found) == "1, 2 (pseudonym)"


def test_a_row_like_the_others_is_no_heading() -> None:
    assert not has_headings(table(SURNAMES, CODES))
    assert has_headings(table(SURNAMES, CODES, headings=("x", "y")))


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("sub-001_ses-01_T1w.nii.gz", "sub-001"),
        ("sub-001", "001"),
        ("sub-042", "42"),
        ("anon-0042_CT", "ANON_0042"),
        ("3F2504E0-4F89-41D3-9A0C-0305E82C3301.zip", "3f2504e04f8941d39a0c0305e82c3301"),
        ("1.2.840.113619.2.5.dcm", "1.2.840.113619.2.5"),
    ],
)
def test_a_code_stands_in_a_name_however_it_is_written(name: str, code: str) -> None:
    own = plain(code)
    assert own in set(codes_in(name, frozenset({len(own)}), folder=True))
    assert own not in set(codes_in("other-999", frozenset({len(own)}), folder=True))


def test_short_numbers_of_files_are_no_codes() -> None:
    assert not list(codes_in("1.dcm", frozenset({1}), folder=False))
    assert list(codes_in("017", frozenset({2}), folder=True)) == ["17"]


def test_what_a_header_may_hold_of_a_code() -> None:
    assert spellings("sub-001") == ("sub-001", "001")
    assert spellings("001") == ("001", "sub-001")


def test_figures_and_dates_are_no_codes() -> None:
    assert [
        one
        for one in ("12", "1.50", "2020-01-02", "a note of 3 words here", "S-0017", "77310")
        if is_code(one)
    ] == [
        "S-0017",
        "77310",
    ]
