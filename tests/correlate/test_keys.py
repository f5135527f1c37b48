"""Keys: which columns tell of persons, which hold codes, and what a table undoes."""

import pytest

from vestige import lexicon, shipped
from vestige.correlate.key_columns import Side, columns
from vestige.correlate.keys import Key, key

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
