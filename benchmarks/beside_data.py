"""Plants in data as analysts keep it: arrays, tables of statistics programs, columns, databases."""

import bz2
import gzip
import io
import pickle
import sqlite3
import struct
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.beside_plant import Field, Plant, held, kept

Content = Callable[[str, int], bytes]
_NAME, _NUMBER, _BIRTH, _FAMILY = Field.NAME, Field.NUMBER, Field.BIRTH, Field.FAMILY


def _frame(value: str, number: int) -> pd.DataFrame:
    codes = [f"sub-{n:03}" for n in range(9)]
    names = [value if n == number % 9 else "" for n in range(9)]
    return pd.DataFrame({"code": codes, "surname": names, "volume": [n * 1.5 for n in range(9)]})


def _saved(array: object, *, packed: bool = False) -> bytes:
    stream = io.BytesIO()
    if packed:
        np.savez_compressed(stream, names=array, values=np.zeros(4))  # type: ignore[arg-type]
    else:
        np.save(stream, array, allow_pickle=True)  # type: ignore[arg-type]
    return stream.getvalue()


def _texts(value: str, number: int) -> list[str]:
    return [f"patient: {value}", f"run {number}"]


def _parquet(codec: str, **options: object) -> Content:
    def content(value: str, number: int) -> bytes:
        import pyarrow as pa  # noqa: PLC0415 - one plant among many, and a large package
        import pyarrow.parquet as pq  # noqa: PLC0415

        stream = io.BytesIO()
        table = pa.Table.from_pandas(_frame(value, number))
        pq.write_table(table, stream, compression=codec, **options)
        return stream.getvalue()

    return content


def _arrow(value: str, number: int) -> bytes:
    import pyarrow as pa  # noqa: PLC0415

    table = pa.Table.from_pandas(_frame(value, number))
    stream = io.BytesIO()
    with pa.ipc.new_file(stream, table.schema) as writer:
        writer.write_table(table)
    return stream.getvalue()


def _feather(value: str, number: int) -> bytes:
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.feather  # noqa: PLC0415

    stream = io.BytesIO()
    pyarrow.feather.write_feather(pa.Table.from_pandas(_frame(value, number)), stream)
    return stream.getvalue()


def _stata(version: int) -> Content:
    """A table of that version, or of the one with UTF-8 if its letters are not of Latin-1."""

    def content(value: str, number: int) -> bytes:
        stream = io.BytesIO()
        plain = value.encode("latin-1", "ignore").decode("latin-1") == value
        told = version if plain else 118
        _frame(value, number).to_stata(stream, version=told, write_index=False)  # type: ignore[arg-type]
        return stream.getvalue()

    return content


def spss(value: str, number: int) -> bytes:
    """A system file of SPSS: a head, two variables of texts, and their cases, not packed."""
    width = 64
    head = b"$FL2" + b"@(#) SPSS DATA FILE".ljust(60) + struct.pack("<iiiii", 2, 9, 0, 0, 2)
    head += struct.pack("<d", 100.0) + b"05 Mar 2410:11:12" + b"study".ljust(64) + bytes(3)
    body = b""
    for name in (b"CODE", b"SURNAME"):
        body += struct.pack("<iiiiii", 2, width, 0, 0, 1 << 16 | width << 8, 1 << 16 | width << 8)
        body += name.ljust(8)
        body += struct.pack("<iiiiii8s", 2, -1, 0, 0, 0, 0, b"        ") * (width // 8 - 1)
    body += struct.pack("<iiii", 7, 20, 1, 5) + b"UTF-8" + struct.pack("<ii", 999, 0)
    for code, text in ((f"sub-{number:03}", value), ("sub-999", "")):
        body += code.encode().ljust(width) + text.encode()[:width].ljust(width)
    return head + body


def rds(value: str, number: int) -> bytes:
    """A vector of texts as R saves it: XDR, packed."""
    return gzip.compress(b"X\n" + _R_HEAD + _r_texts(value, number))


def rdata(value: str, number: int) -> bytes:
    """A variable of R with two texts, as `save` writes it, packed."""
    head = b"RDX3\nX\n" + _R_HEAD
    pair = struct.pack(">ii", 0x402, 1) + _r_text("notes")
    return bz2.compress(head + pair + _r_texts(value, number) + struct.pack(">i", 254))


_R_HEAD = struct.pack(">iiii", 3, 0x40201, 0x30500, 5) + b"UTF-8"


def _r_texts(value: str, number: int) -> bytes:
    told = (f"patient: {value}", f"run {number}")
    return struct.pack(">ii", 16, len(told)) + b"".join(map(_r_text, told))


def _r_text(text: str) -> bytes:
    raw = text.encode()
    return struct.pack(">ii", 0x8009, len(raw)) + raw


def dbase(value: str, number: int) -> bytes:
    """A table of dBASE III."""
    fields = ((b"CODE", 12), (b"SURNAME", 60))
    head = struct.pack(
        "<BBBBIHH20x", 3, 124, 3, 5, 2, 32 + 32 * len(fields) + 1, 1 + sum(n for _, n in fields)
    )
    for name, length in fields:
        head += name.ljust(11, b"\0") + b"C" + bytes(4) + bytes([length, 0]) + bytes(14)
    rows = ((f"sub-{number:03}", value), ("sub-999", ""))
    body = b"".join(
        b" " + code.encode().ljust(12) + text.encode()[:60].ljust(60) for code, text in rows
    )
    return head + b"\r" + body + b"\x1a"


def _hdf5(make: Callable[[object, str], None]) -> Callable[[Path, str, int], str]:
    def write(folder: Path, value: str, _number: int) -> str:
        import h5py  # noqa: PLC0415 - an extra

        with h5py.File(folder / "data.h5", "w") as file:
            file["values"] = np.zeros(8)
            make(file, value)
        return "data.h5"

    return write


def _structured(file: object, value: str) -> None:
    kind = np.dtype([("code", "S16"), ("PatientName", "S64")])
    file["table"] = np.array([(b"sub-01", value.encode())], dtype=kind)  # type: ignore[index]


def _variable(file: object, value: str) -> None:
    file["names"] = [f"patient: {value}", "sub-02"]  # type: ignore[index]


def _matlab_73(file: object, value: str) -> None:
    """As MATLAB writes texts into version 7.3: numbers of 16 bits."""
    data = file.create_dataset(  # type: ignore[attr-defined]
        "info/PatientName", data=np.frombuffer(value.encode("utf-16-le"), "<u2").reshape(-1, 1)
    )
    data.attrs["MATLAB_class"] = np.bytes_("char")


def _nested_attribute(file: object, value: str) -> None:
    group = file.create_group("scan/1/meta")  # type: ignore[attr-defined]
    group.attrs["description"] = f"patient: {value}"


def _wal(folder: Path, value: str, number: int) -> str:
    """A database whose last rows are in the log beside it."""
    database = sqlite3.connect(folder / "work.db")
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("CREATE TABLE patients (id INTEGER, surname TEXT)")
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.execute("INSERT INTO patients VALUES (?, ?)", (number, value))
    database.commit()
    data = (folder / "work.db-wal").read_bytes()
    database.close()
    (folder / "work.db").unlink()
    return kept(folder, "work.db-wal", data)


def _deleted(folder: Path, value: str, number: int) -> str:
    """A database from which the row was deleted."""
    database = sqlite3.connect(folder / "work.db")
    database.execute("PRAGMA secure_delete=OFF")
    database.execute("CREATE TABLE notes (id INTEGER, note TEXT)")
    told = (f"patient: {value}", "nothing of interest", f"run {number}")
    database.executemany("INSERT INTO notes VALUES (?, ?)", list(enumerate(told)))
    database.commit()
    database.execute("DELETE FROM notes WHERE id = 0")
    database.commit()
    database.close()
    return "work.db"


def _view(folder: Path, value: str, number: int) -> str:
    database = sqlite3.connect(folder / "work.db")
    database.execute("CREATE TABLE subjects (id INTEGER, patient_name TEXT)")
    database.execute("INSERT INTO subjects VALUES (?, ?)", (number, value))
    database.commit()
    database.close()
    return "work.db"


def _events(value: str, number: int) -> bytes:
    """Records of TensorBoard: length, sum, protocol buffer, sum."""
    raw = f"/data/test/{value.replace(' ', '_')}/T1.nii.gz".encode()
    text = b"\x0a" + bytes([len(raw)]) + raw
    out = b""
    for body in (b"\x09" + struct.pack("<d", 1.7e9 + number) + b"\x1a\x0dbrain.Event:2", text):
        out += struct.pack("<QI", len(body), 0x11223344) + body + struct.pack("<I", 0x55667788)
    return out


def _message_pack(value: str, number: int) -> bytes:
    raw = value.encode()
    key = b"patient_name"
    return (
        b"\x82\xa2id\xcd" + struct.pack(">H", number + 300)
        + bytes([0xA0 | len(key)]) + key + b"\xd9" + bytes([len(raw)]) + raw
    )  # fmt: skip


def _bson(value: str, number: int) -> bytes:
    raw = value.encode() + b"\0"
    body = b"\x10id\0" + struct.pack("<i", number)
    body += b"\x02PatientName\0" + struct.pack("<i", len(raw)) + raw + b"\0"
    return struct.pack("<i", len(body) + 4) + body


PLANTS = {
    "arrays and data frames": (
        Plant("npy-unicode", _NAME, held("a.npy", lambda v, n: _saved(np.array(_texts(v, n))))),
        Plant(
            "npy-objects",
            _NAME,
            held("a.npy", lambda v, n: _saved(np.array(_texts(v, n), dtype=object))),
        ),
        Plant(
            "npy-records",
            _NAME,
            held(
                "a.npy",
                lambda v, n: _saved(np.array([(n, v)], dtype=[("id", "i4"), ("name", "U64")])),
            ),
        ),
        Plant(
            "npz-unicode",
            _NAME,
            held("a.npz", lambda v, n: _saved(np.array(_texts(v, n)), packed=True)),
        ),
        Plant(
            "npz-objects",
            _NAME,
            held("a.npz", lambda v, n: _saved(np.array(_texts(v, n), dtype=object), packed=True)),
        ),
        *(
            Plant(
                f"pickle-{protocol}",
                _NAME,
                held(
                    "a.pkl",
                    lambda v, n, protocol=protocol: pickle.dumps(  # type: ignore[misc]
                        {"patient": v, "PatientName": v, "n": n}, protocol
                    ),
                ),
            )
            for protocol in range(6)
        ),
        Plant("pickled-frame", _FAMILY, held("a.pkl", lambda v, n: pickle.dumps(_frame(v, n)))),
        *(
            Plant(f"parquet-{codec}", _FAMILY, held("a.parquet", _parquet(codec)))
            for codec in ("snappy", "gzip", "zstd", "none")
        ),
        Plant(
            "parquet-no-dictionary",
            _FAMILY,
            held("a.parquet", _parquet("snappy", use_dictionary=False, write_statistics=False)),
        ),
        Plant("arrow-file", _FAMILY, held("a.arrow", _arrow)),
        Plant("feather", _FAMILY, held("a.feather", _feather)),
        Plant("stata-114", _FAMILY, held("a.dta", _stata(114))),
        Plant("stata-118", _FAMILY, held("a.dta", _stata(118))),
        Plant("spss", _FAMILY, held("a.sav", spss)),
        Plant("r-rds", _NAME, held("a.rds", rds)),
        Plant("r-rdata", _NAME, held("a.RData", rdata)),
        Plant("dbase", _FAMILY, held("a.dbf", dbase)),
        Plant("hdf5-records", _NAME, _hdf5(_structured)),
        Plant("hdf5-texts", _NAME, _hdf5(_variable)),
        Plant("hdf5-matlab", _NAME, _hdf5(_matlab_73)),
        Plant("hdf5-nested-attribute", _NAME, _hdf5(_nested_attribute)),
        Plant("tensorboard", _NAME, held("events.out.tfevents.1700000000.host", _events)),
        Plant("messagepack", _NAME, held("a.msgpack", _message_pack)),
        Plant("bson", _NAME, held("patients.bson", _bson)),
    ),
    "databases": (
        Plant("sqlite-table", _NAME, _view),
        Plant("sqlite-log", _FAMILY, _wal),
        Plant("sqlite-deleted-row", _NAME, _deleted),
    ),
}
"""All plants of this module, by kind of place."""
