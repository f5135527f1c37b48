"""What others do with the same files: one loop a peer, each in a process of its own.

    python benchmarks/peers.py floor|least FOLDER
    python benchmarks/peers.py pydicom|gdcm|dicomsdl LIST

reads the files of a folder, or those that a list names, one a line, and prints as JSON how many
there were and the seconds they took, on the wall and of CPU, without start-up and imports.
"""

import json
import os
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path

HEAD = 8192
"""Bytes that the floor reads of a file."""

PIXELS = 0x7FE00010

Loop = Callable[[str], int]


def main(peer: str, where: str) -> None:
    """One loop, and what it took."""
    loop = LOOPS[peer](where)
    start, cpu = time.perf_counter(), time.process_time()
    count = loop(where)
    seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
    print(json.dumps({"files": count, "seconds": seconds, "cpu": cpu}))


def floor(_: str) -> Loop:
    """`os.scandir`, and of every file open, one read, close."""
    return _read_heads


def _read_heads(folder: str) -> int:
    count, folders = 0, [os.fsencode(folder)]
    while folders:
        with os.scandir(folders.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    folders.append(entry.path)
                    continue
                descriptor = os.open(entry.path, os.O_RDONLY)
                os.read(descriptor, HEAD)
                os.close(descriptor)
                count += 1
    return count


def with_least(_: str) -> Loop:
    """What any scan owes to every file, and nothing besides: see benchmarks/least.py."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    from benchmarks.least import least  # noqa: PLC0415 - not a part of what is measured

    return least


def with_pydicom(where: str) -> Loop:
    """Every header up to the pixels, and the value of each of its elements."""
    import pydicom  # noqa: PLC0415 - not a part of what is measured

    files = _listed(where)
    warnings.simplefilter("ignore")

    def loop(_: str) -> int:
        for path in files:
            header = pydicom.dcmread(path, stop_before_pixels=True, force=True)
            for element in header.iterall():
                _ = element.value
        return len(files)

    return loop


def with_gdcm(where: str) -> Loop:
    """GDCM's scanner on seven tags."""
    import gdcm  # noqa: PLC0415 - not a part of what is measured

    files = _listed(where)
    gdcm.Trace.WarningOff()
    gdcm.Trace.ErrorOff()

    def loop(_: str) -> int:
        scanner = gdcm.Scanner()
        for group, number in TAGS:
            scanner.AddTag(gdcm.Tag(group, number))
        if not scanner.Scan(files):
            sys.exit("GDCM's scanner failed")
        return len(files)

    return loop


TAGS = (
    (0x0010, 0x0010),  # PatientName
    (0x0010, 0x0020),  # PatientID
    (0x0010, 0x0030),  # PatientBirthDate
    (0x0020, 0x000D),  # StudyInstanceUID
    (0x0020, 0x000E),  # SeriesInstanceUID
    (0x0008, 0x0018),  # SOPInstanceUID
    (0x0008, 0x0060),  # Modality
)


def with_dicomsdl(where: str) -> Loop:
    """Every header up to the pixels, and the value of each of its elements."""
    import dicomsdl  # noqa: PLC0415 - not a part of what is measured

    files = _listed(where)

    def values(header: dicomsdl.DataSet) -> None:
        for element in header:
            if element.vr() == dicomsdl.VR.SQ:
                for item in element.toSequence():
                    values(item)
            else:
                element.value()

    def loop(_: str) -> int:
        for path in files:
            values(dicomsdl.open(path, load_until=PIXELS - 1, keep_on_error=True))
        return len(files)

    return loop


def _listed(where: str) -> list[str]:
    return Path(where).read_text(encoding="utf-8").splitlines()


LOOPS: dict[str, Callable[[str], Loop]] = {
    "floor": floor,
    "least": with_least,
    "pydicom": with_pydicom,
    "gdcm": with_gdcm,
    "dicomsdl": with_dicomsdl,
}

if __name__ == "__main__":
    main(*sys.argv[1:])
