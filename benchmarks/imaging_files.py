"""Small files of imaging formats, each written by its specification, with texts where asked."""

import struct
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path

Texts = Mapping[str, str]
_VOXELS = bytes(range(64))


def padded(text: str, length: int, fill: bytes = b"\0") -> bytes:
    """A text as a field of fixed length."""
    return text.encode("utf-8")[:length].ljust(length, fill)


def nifti(
    texts: Texts,
    extensions: Sequence[tuple[int, bytes]] = (),
    order: str = "<",
    trailing: bytes = b"",
) -> bytes:
    """A NIfTI-1 file of 4 x 4 x 4 voxels."""
    places = {"db_name": (14, 18), "descrip": (148, 80), "aux_file": (228, 24)}
    behind = _extended(extensions, order)
    head = _header(348, texts, places | {"intent_name": (328, 16)}, order)
    struct.pack_into(f"{order}8h", head, 40, 3, 4, 4, 4, 1, 1, 1, 1)
    struct.pack_into(f"{order}2h", head, 70, 2, 8)
    struct.pack_into(f"{order}f", head, 108, 352 + len(behind) - 4)
    head[344:348] = b"n+1\0"
    return bytes(head) + behind + _VOXELS + trailing


def nifti_2(texts: Texts, extensions: Sequence[tuple[int, bytes]] = (), order: str = ">") -> bytes:
    """A NIfTI-2 file of 4 x 4 x 4 voxels."""
    places = {"descrip": (240, 80), "aux_file": (320, 24), "intent_name": (508, 16)}
    behind = _extended(extensions, order)
    head = _header(540, texts, places, order)
    head[4:12] = b"n+2\0\r\n\x1a\n"
    struct.pack_into(f"{order}2h", head, 12, 2, 8)
    struct.pack_into(f"{order}8q", head, 16, 3, 4, 4, 4, 1, 1, 1, 1)
    struct.pack_into(f"{order}q", head, 168, 540 + len(behind))
    return bytes(head) + behind + _VOXELS


def _header(
    size: int, texts: Texts, places: Mapping[str, tuple[int, int]], order: str
) -> bytearray:
    head = bytearray(size)
    struct.pack_into(f"{order}i", head, 0, size)
    for name, text in texts.items():
        at, length = places[name]
        head[at : at + length] = padded(text, length)
    return head


def _extended(extensions: Sequence[tuple[int, bytes]], order: str) -> bytes:
    found = b"\1\0\0\0" if extensions else bytes(4)
    for code, data in extensions:
        size = -(-(len(data) + 8) // 16) * 16
        found += struct.pack(f"{order}2i", size, code) + data.ljust(size - 8, b"\0")
    return found


def analyze(texts: Texts, order: str = "<") -> bytes:
    """The header of an Analyze 7.5 image."""
    places = {
        "db_name": (14, 18),
        "descrip": (148, 80),
        "aux_file": (228, 24),
        "originator": (253, 10),
        "patient_id": (283, 10),
        "exp_date": (293, 10),
    }
    head = _header(348, texts, places, order)
    struct.pack_into(f"{order}i", head, 32, 16384)
    head[38:39] = b"r"
    struct.pack_into(f"{order}8h", head, 40, 4, 4, 4, 4, 1, 0, 0, 0)
    struct.pack_into(f"{order}2h", head, 70, 4, 16)
    return bytes(head)


def edf(patient: str, recording: str, notes: Sequence[str] = (), *, bdf: bool = False) -> bytes:
    """An EDF+ file of one signal and one of annotations, or the same as BDF."""
    labels = ("EEG Fpz-Cz", "BDF Annotations" if bdf else "EDF Annotations")
    width, samples = (3 if bdf else 2), (8, 64)
    head = b"\xffBIOSEMI" if bdf else b"0       "
    head += padded(patient, 80, b" ") + padded(recording, 80, b" ") + b"01.01.8500.00.00"
    head += b"%-8d%-44s%-8d%-8d%-4d" % (768, b"EDF+C", 2, 1, 2)
    columns: tuple[tuple[tuple[str, ...], int], ...] = (
        (labels, 16),
        (("", ""), 80),
        (("uV", ""), 8),
        (("-440", "-1"), 8),
        (("510", "1"), 8),
        (("-2048", "-32768"), 8),
        (("2047", "32767"), 8),
        (("", ""), 80),
        (tuple(map(str, samples)), 8),
        (("", ""), 32),
    )
    head += b"".join(padded(text, length, b" ") for texts, length in columns for text in texts)
    lists = b"+0\x14\x14\0" + b"".join(
        b"+%d\x14%s\x14\0" % (n, text.encode()) for n, text in enumerate(notes, 1)
    )
    records = (lists, b"+1\x14\x14\0")
    return head + b"".join(
        bytes(samples[0] * width) + one.ljust(samples[1] * width, b"\0") for one in records
    )


def siemens_vb(protocol: str) -> bytes:
    """Raw data of a VB scanner with one protocol."""
    buffer = protocol.encode() + b"\0"
    body = b"Meas\0" + struct.pack("<I", len(buffer)) + buffer
    length = -(-(len(body) + 8) // 32) * 32
    return struct.pack("<II", length, 1) + body.ljust(length - 8, b"\0") + bytes(512)


def siemens_vd(name: str, protocol_name: str, protocol: str) -> bytes:
    """Raw data of a VD scanner with one measurement."""
    measured = siemens_vb(protocol)
    listed = struct.pack("<IIQQ", 1, 1, 10_240, len(measured))
    listed += padded(name, 64) + padded(protocol_name, 64)
    return (struct.pack("<II", 0, 1) + listed).ljust(10_240, b"\0") + measured


def xprotocol(values: Texts) -> str:
    """A protocol as scanners write it."""
    lines = "".join(f'<ParamString."{key}"> {{ "{text}" }}\n' for key, text in values.items())
    return f'<XProtocol>\n{{\n<ParamMap."">\n{{\n{lines}}}\n}}\n'


def netcdf(variables: Mapping[str, Texts], attributes: Texts) -> bytes:
    """A file of netCDF-3 whose variables have no values but attributes."""

    def counted(raw: bytes) -> bytes:
        return struct.pack(">I", len(raw)) + raw + bytes(-len(raw) % 4)

    def listed(texts: Texts) -> bytes:
        parts = [
            counted(key.encode()) + struct.pack(">I", 2) + counted(text.encode())
            for key, text in texts.items()
        ]
        return struct.pack(">II", 12 if parts else 0, len(parts)) + b"".join(parts)

    written = [
        counted(name.encode()) + struct.pack(">I", 0) + listed(texts) + struct.pack(">III", 4, 4, 0)
        for name, texts in variables.items()
    ]
    head = b"CDF\x01" + bytes(4) + bytes(8) + listed(attributes)
    return head + struct.pack(">II", 11 if written else 0, len(written)) + b"".join(written)


def tiff(images: Sequence[Mapping[int, str]], order: str = "<", *, big: bool = False) -> bytes:
    """A TIFF of images that have texts alone, by tag."""
    mark = b"II" if order == "<" else b"MM"
    wide, first = ("Q", 16) if big else ("I", 8)
    head = mark + struct.pack(f"{order}H", 43 if big else 42)
    head += struct.pack(f"{order}HHQ", 8, 0, first) if big else struct.pack(f"{order}I", first)
    for number, texts in enumerate(images, 1):
        counted = struct.pack(f"{order}{'Q' if big else 'H'}", len(texts))
        width = 20 if big else 12
        values = len(head) + len(counted) + width * len(texts) + struct.calcsize(f"{order}{wide}")
        entries, behind = b"", b""
        for tag, text in sorted(texts.items()):
            raw = text.encode() + b"\0"
            raw = raw.ljust(9 if big else 5, b"\0")
            entries += struct.pack(f"{order}HH{wide}{wide}", tag, 2, len(raw), values + len(behind))
            behind += raw + bytes(len(raw) % 2)
        last = 0 if number == len(images) else values + len(behind)
        head += counted + entries + struct.pack(f"{order}{wide}", last) + behind
    return head


def hdf5(file: Path, attributes: Mapping[str, Texts], datasets: Texts) -> None:
    """An HDF5 file of groups with attributes, and of datasets that are one text each."""
    import h5py  # noqa: PLC0415 - an extra

    with h5py.File(file, "w") as out:
        for group, texts in attributes.items():
            for key, text in texts.items():
                out.require_group(group).attrs[key] = text
        for path, text in datasets.items():
            out[path] = text
        out["numbers"] = list(range(64))


def ndpi(date: str) -> bytes:
    """A slide of Hamamatsu's with the date of its making."""
    return tiff(({306: date.replace("-", ":") or "-", 65420: "1", 65449: "Product=C13210\r\n"},))


def ecat(texts: Texts) -> bytes:
    """The main header of an ECAT 7 file."""
    places = {"patient_id": (166, 16), "patient_name": (182, 32), "operator_name": (264, 32)}
    head = bytearray(512)
    head[:14] = padded("MATRIX72v", 14)
    for name, text in texts.items():
        at, length = places[name]
        head[at : at + length] = padded(text, length)
    return bytes(head) + bytes(512)


def fiff(texts: Mapping[int, str], numbers: Mapping[int, int] | None = None) -> bytes:
    """A FIFF file of tags with texts and with numbers, by their kind."""
    found = struct.pack(">4i", 100, 31, 20, 0) + bytes(20)
    for kind, text in texts.items():
        raw = text.encode()
        found += struct.pack(">4i", kind, 10, len(raw), 0) + raw
    for kind, number in (numbers or {}).items():
        found += struct.pack(">5i", kind, 3, 4, 0, number)
    return found + struct.pack(">4i", 108, 0, 0, -1)


def infods(texts: Texts) -> bytes:
    """The description of a CTF data set."""
    found = b"WS1_" + struct.pack(">i", 9) + b"_PATIENT_" + struct.pack(">i", 2)
    for name, text in texts.items():
        raw = text.encode()
        found += (
            struct.pack(">i", len(name)) + name.encode() + struct.pack(">2i", 10, len(raw)) + raw
        )
    return found


def matlab(fields: Texts, *, packed: bool = False) -> bytes:
    """A MAT-file of version 5 with one structure whose fields are texts."""

    def element(kind: int, data: bytes) -> bytes:
        return struct.pack("<II", kind, len(data)) + data + bytes(-len(data) % 8)

    def array(kind: int, name: str, count: int, inside: bytes) -> bytes:
        head = element(6, struct.pack("<II", kind, 0)) + element(5, struct.pack("<ii", 1, count))
        return element(14, head + element(1, name.encode()) + inside)

    values = b"".join(
        array(4, "", len(text), element(17, text.encode("utf_16_le"))) for text in fields.values()
    )
    names = b"".join(padded(name, 32) for name in fields)
    inside = struct.pack("<HHI", 5, 4, 32) + element(1, names) + values
    data = array(2, "info", 1, inside)
    if packed:
        squeezed = zlib.compress(data)
        data = struct.pack("<II", 15, len(squeezed)) + squeezed
    about = b"MATLAB 5.0 MAT-file, Platform: GLNXA64, Created on: Sat Mar  2 10:11:12"
    return about.ljust(124) + struct.pack("<H", 0x0100) + b"IM" + data


def npy(texts: Sequence[str]) -> bytes:
    """A NumPy array of texts."""
    width = max(len(one) for one in texts)
    head = f"{{'descr': '<U{width}', 'fortran_order': False, 'shape': ({len(texts)},), }}"
    head = head.ljust(117) + "\n"
    body = b"".join(one.ljust(width, "\0").encode("utf_32_le") for one in texts)
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(head)) + head.encode() + body


def mgh(text: str) -> bytes:
    """A volume of FreeSurfer of 4 x 4 x 4 voxels, with a text behind them."""
    head = struct.pack(">7ih", 1, 4, 4, 4, 1, 0, 0, 0).ljust(284, b"\0")
    raw = text.encode() + b"\0"
    return head + _VOXELS + bytes(20) + struct.pack(">iq", 3, len(raw)) + raw


def pfile(text: str) -> bytes:
    """Raw data of GE's with a text in its header."""
    head = bytearray(4096)
    head[34:44] = b"GE_MED_NMR"
    head[2000 : 2000 + len(text.encode())] = text.encode()
    return bytes(head)


def stl(text: str) -> bytes:
    """A binary STL file of two facets."""
    return padded(text, 80, b" ") + struct.pack("<I", 2) + bytes(100)
