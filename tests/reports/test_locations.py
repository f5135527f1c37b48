"""Where persons stand, as CSV and JSON."""

import csv
import io
import json

from vestige.model import Kind, Where
from vestige.reports.locations import COLUMNS, write_csv, write_json
from vestige.review import Located, Locating, Strength

ONE = Located("person 1", 7, Kind.FILE, Where.HEADER, "(0010,0010)", "by number", Strength.STRONG)
TABLE = Located(
    "person 2", 9, Kind.FILE, Where.TABLE, "=cmd()", "by one name", Strength.WEAK, shared=True
)
FOUND = Locating(2, (ONE, TABLE), ("1 entry could not be read.",), ("Pixels are not read.",))


def path_of(number: int) -> str:
    return f"volume/*{number}\n"


def test_rows() -> None:
    stream = io.StringIO()
    write_csv(FOUND, path_of, stream)
    rows = list(csv.DictReader(io.StringIO(stream.getvalue())))
    assert tuple(rows[0]) == COLUMNS
    assert [row["shared"] for row in rows] == ["", "yes"]
    assert rows[0]["path"] == "volume/*7\\x0a"
    assert rows[1]["location"] == "'=cmd()"


def test_json_says_what_was_not_looked_at() -> None:
    stream = io.StringIO()
    write_json(FOUND, path_of, stream)
    told = json.loads(stream.getvalue())
    assert (told["sought"], told["complete"]) == (2, False)
    assert told["unseen"] == ["1 entry could not be read."]
    assert told["found"][0] == {
        "person": "person 1",
        "strength": "strong",
        "why": "by number",
        "where": "header",
        "location": "(0010,0010)",
        "entry": 7,
        "kind": "file",
        "shared": False,
        "path": "volume/*7\\x0a",
    }


def test_exit_codes() -> None:
    assert FOUND.exit_code == 1
    assert Locating(1, (), ("x",), ()).exit_code == 3
    assert Locating(1, (), (), ("x",)).exit_code == 0
