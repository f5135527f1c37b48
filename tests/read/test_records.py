import pickle
import sqlite3
from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from vestige.read import records


def database(path: Path, rows: int = 1) -> bytes:
    with sqlite3.connect(path) as open_file:
        open_file.execute("CREATE TABLE p (a TEXT, b TEXT, n INTEGER)")
        told = [("Quintero", "Ana", 4_829_100 + n) for n in range(rows)]
        open_file.executemany("INSERT INTO p VALUES (?, ?, ?)", told)
    open_file.close()
    return path.read_bytes()


def of(data: bytes) -> list[bytes]:
    read = records.of_database(lambda at, length: data[at : at + length], len(data))
    return list(read)


def test_columns_of_a_record_are_parted(tmp_path: Path) -> None:
    assert b"Quintero\tAna\t4829100" in of(database(tmp_path / "a.db"))


def test_all_pages_are_read_also_of_a_deleted_row(tmp_path: Path) -> None:
    data = database(tmp_path / "a.db", 2_000)
    found = set(of(data))
    assert {b"Quintero\tAna\t%d" % (4_829_100 + n) for n in range(2_000)} <= found


def test_a_pickle_is_told_and_never_loaded() -> None:
    told = list(records.of_pickle(pickle.dumps({"family": "Quintero", "raw": b"Ana"})))
    assert {b"Quintero", b"Ana"} <= set(told)
    evil = b"\x80\x04cos\nsystem\n(S'touch /nowhere'\ntR."
    assert isinstance(list(records.of_pickle(evil)), list)


def test_arrays_of_texts_are_read(tmp_path: Path) -> None:
    np.save(tmp_path / "a.npy", np.array(["Quintero", "Ana"]))
    assert b"Quintero" in records.of_array((tmp_path / "a.npy").read_bytes())
    np.save(tmp_path / "b.npy", np.zeros(9))
    assert records.of_array((tmp_path / "b.npy").read_bytes()) == b""


@given(st.binary(max_size=2_000), st.integers(0, 1_500), st.binary(max_size=20))
def test_damaged_records_raise_nothing(data: bytes, at: int, noise: bytes) -> None:
    head = records.SQLITE + b"\x02\x00" + bytes(82)
    broken = (head + data)[:at] + noise + (head + data)[at:]
    assert isinstance(of(broken + bytes(512)), list)
    assert isinstance(list(records.of_pickle(b"\x80\x04" + data)), list)
    assert isinstance(records.of_array(records.ARRAY + data), bytes)
