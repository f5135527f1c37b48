"""SAS transport files, record by record."""

import struct

from tests.read.beside.given import MUTANTS, given, survived


def record(text: str) -> bytes:
    return text.encode().ljust(80)


def column(number: int, name: str, label: str, place: tuple[int, int], kind: int = 2) -> bytes:
    start, length = place
    head = struct.pack(">hhhh", kind, 0, length, number) + name.encode().ljust(8)
    head += label.encode().ljust(40) + bytes(8) + struct.pack(">hhh2s", 0, 0, 0, b"") + bytes(8)
    return (head + struct.pack(">hhl", 0, 0, start)).ljust(140, b"\0")


def transport(rows: list[tuple[str, str]], tables: int = 1) -> bytes:
    data = record("HEADER RECORD*******LIBRARY HEADER RECORD!!!!!!!" + "0" * 30) + record("SAS") * 2
    for _ in range(tables):
        data += record(
            "HEADER RECORD*******MEMBER  HEADER RECORD!!!!!!!" + "0" * 17 + "1600000000140"
        )
        data += record("HEADER RECORD*******DSCRPTR HEADER RECORD!!!!!!!" + "0" * 30)
        data += record("SAS     DM") * 2
        data += record("HEADER RECORD*******NAMESTR HEADER RECORD!!!!!!!" + "0000000003" + "0" * 20)
        names = column(1, "USUBJID", "Unique Subject", (0, 8)) + column(2, "LNAME", "", (8, 20))
        names += column(3, "AGE", "Age", (28, 8), 1)
        data += names.ljust(-(-len(names) // 80) * 80)
        data += record("HEADER RECORD*******OBS     HEADER RECORD!!!!!!!" + "0" * 30)
        body = b"".join(c.encode().ljust(8) + n.encode().ljust(20) + bytes(8) for c, n in rows)
        data += body.ljust(-(-len(body) // 80) * 80)
    return data


def test_columns_by_their_labels_or_names() -> None:
    found = given(transport([("S-1", "Quintero"), ("S-2", "Müller")]), "SAS").texts
    assert found["SAS column 2 > PersonName"] == ["Quintero", "Müller"]
    assert found["SAS column 1"] == ["S-1", "S-2"]


def test_all_tables_are_read() -> None:
    found = given(transport([("S-1", "Quintero")], tables=2), "SAS").texts
    assert found["SAS column 2 > PersonName"] == ["Quintero"] * 2


def test_bytes_that_lie_are_read_within_bounds() -> None:
    assert survived(transport([("S-1", "Quintero"), ("S-2", "Vexley")])) == MUTANTS
