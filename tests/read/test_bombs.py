"""Files made to exhaust their reader, through the real examiner: what bounds each is told."""

import json
import os
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.read.build import (
    DEFLATED,
    IMPLICIT,
    JPEG,
    SEQUENCE_END,
    UNDEFINED,
    explicit,
    implicit,
    item,
    part_10,
    patient,
    sequence,
    tag_bytes,
)

GIB = 1 << 30
ROOT = Path(__file__).parents[2]

EXAMINE = """
import json, os, pathlib, signal, sys
from vestige import catalog, walk
from vestige.run.causes import Value
from vestige.run.examine import Examiner

def examine(path):
    met = walk.walk(walk.roots([pathlib.Path(path).parent]))
    given = [one for one in met if isinstance(one, walk.Siblings) and one.parent]
    examined = examiner.examine(given)
    (outcome,) = examined.outcomes.values()
    causes = (examined.causes[number] for members in examined.sets.values() for number in members)
    places = sorted({cause.place for cause in causes if not isinstance(cause, Value)})
    codes = sorted(problem.code for problem in examined.problems)
    # The peak that the system counts for a process includes that of whoever started it.
    status = pathlib.Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    peaks = (int(line.split()[1]) >> 10 for line in lines if line.startswith("VmHWM"))
    peak = max(peaks, default=0)
    return {"state": outcome.state, "codes": codes, "places": places, "mib": peak}

examiner = Examiner(catalog.load(), catalog.policy("gdpr"), b"k" * 32)
for line in sys.stdin:
    child = os.fork()
    if not child:
        signal.alarm(300)
        print(json.dumps(examine(line.rstrip())), flush=True)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if status:
        print(json.dumps({"died": status}), flush=True)
"""
"""Examines each file in a process of its own, so that its memory is what the file took."""


@pytest.fixture(scope="module")
def examiner() -> Iterator["subprocess.Popen[str]"]:
    """Is given paths, a line each, and tells what their files amount to, a line each."""
    command = [sys.executable, "-c", EXAMINE]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": os.fspath(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield process


class Bomb(NamedTuple):
    """A file, the codes of problems it must give, and the MiB its process may take at most."""

    write: Callable[[Path], object]
    codes: set[str]
    most: int = 512


def _file(*parts: bytes) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(b"".join(parts))


def _sparse(start: bytes, size: int, end: bytes = b"") -> Callable[[Path], object]:
    """A file of `size` bytes that takes no room on the disk: zeros after its beginning."""

    def write(path: Path) -> None:
        with path.open("wb") as file:
            file.write(start)
            file.truncate(size)
            file.seek(size - len(end))
            file.write(end)

    return write


def _deflated(data_set: bytes, zeros: int) -> Callable[[Path], object]:
    """A file whose data set inflates to `zeros` bytes more than it holds."""
    squeezer = zlib.compressobj(9, zlib.DEFLATED, -15)
    beginning = squeezer.compress(data_set) + squeezer.flush(zlib.Z_FULL_FLUSH)
    block = squeezer.compress(bytes(16 << 20)) + squeezer.flush(zlib.Z_FULL_FLUSH)
    return _file(part_10(beginning + block * (zeros >> 24) + squeezer.flush(), DEFLATED))


def _nested(depth: int) -> bytes:
    """Sequences of defined length in each other, with a name innermost; their heads alone grow."""
    heads: list[bytes] = []
    size = len(patient())
    for _ in range(depth):
        inner = tag_bytes(0xFFFEE000) + struct.pack("<L", size)
        outer = explicit(0x00081140, "SQ", b"", length=size + 8)
        heads.append(outer + inner)
        size += 20
    return b"".join(reversed(heads)) + patient()


def _tiny(count: int) -> bytes:
    """So many elements of eight bytes, in rising order of 32,768 tags again and again."""
    block = b"".join(explicit(0x00410000 + number, "LO", b"") for number in range(0x1000, 0x9000))
    return block * (count // 0x8000)


def _every_creator() -> Iterator[bytes]:
    """Every creator of a private group, and in each block every element."""
    for creator in range(0x10, 0x100):
        yield explicit(0x00090000 | creator, "LO", b"MAKER %d" % creator)
    for element in range(0x1000, 0x10000):
        yield explicit(0x00090000 | element, "LO", b"P%d" % element)


OPENED = explicit(0x00081140, "SQ", b"", length=UNDEFINED) + item(b"", closed=False)[:8]
FOUR_GIB = {vr: explicit(0x00104000, vr, b"few", length=0xFFFFFFFE) for vr in ("UT", "SQ", "UN")}
NAME = explicit(0x00104000, "LT", b"Probe^Paula")

BOMBS = {
    "deflate bomb of 4 GiB": Bomb(_deflated(patient(), 4 * GIB), {"deflate-bomb", "budget"}),
    "deflated long value": Bomb(
        _deflated(patient() + explicit(0x00111001, "OB", b"", length=GIB), GIB),
        {"deflate-bomb", "truncated", "budget"},
    ),
    "10,000 open sequences": Bomb(_file(part_10(OPENED * 10_000)), {"nesting-too-deep"}),
    "10,000 closed sequences": Bomb(_file(part_10(_nested(10_000) + NAME)), {"nesting-too-deep"}),
    "4 GiB at the top": Bomb(_file(part_10(patient() + FOUR_GIB["UT"])), {"truncated"}),
    "4 GiB sequence": Bomb(_file(part_10(patient() + FOUR_GIB["SQ"])), {"truncated"}),
    "4 GiB in a sequence": Bomb(
        _file(part_10(sequence(0x00081140, item(FOUR_GIB["UT"])) + NAME)), {"length-beyond-end"}
    ),
    "4 GiB in private": Bomb(
        _file(part_10(patient() + sequence(0x00091001, item(FOUR_GIB["UN"])) + NAME)),
        {"length-beyond-end"},
    ),
    "4 GiB implicit": Bomb(
        _file(part_10(implicit(0x00104000, b"few", length=0xFFFFFFFE), IMPLICIT)), {"truncated"}
    ),
    "a million tiny elements": Bomb(_file(part_10(_tiny(1 << 20) + NAME)), set(), 768),
    "three million tiny elements": Bomb(
        _file(part_10(_tiny(3 << 20))), {"too-many-elements", "budget"}, 1024
    ),
    "every creator and element": Bomb(_file(part_10(b"".join(_every_creator()))), set()),
    "a million fragments": Bomb(
        _file(
            part_10(
                patient()
                + explicit(0x7FE00010, "OB", item(b"ab") * (1 << 20), length=UNDEFINED)
                + SEQUENCE_END,
                JPEG,
            )
        ),
        {"too-many-fragments"},
    ),
    "a million items": Bomb(
        _file(part_10(explicit(0x00081140, "SQ", item(b"") * (1 << 20)) + NAME)), {"budget"}
    ),
    "three million items": Bomb(
        _file(part_10(explicit(0x00081140, "SQ", item(b"") * (3 << 20)) + NAME)),
        {"too-many-elements", "budget"},
    ),
    "a text of 500 MiB": Bomb(
        _sparse(part_10(patient() + explicit(0x00104000, "UT", b"", length=500 << 20)), 600 << 20),
        {"budget"},
    ),
    "100 GiB of zeros behind a header": Bomb(_sparse(part_10(patient()), 100 * GIB), {"budget"}),
    "100 GiB of pixels without end": Bomb(
        _sparse(part_10(patient() + explicit(0x7FE00010, "OB", b"", length=UNDEFINED)), 100 * GIB),
        {"truncated"},
    ),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_bounded_and_told(
    name: str, examiner: "subprocess.Popen[str]", tmp_path: Path
) -> None:
    bomb = BOMBS[name]
    path = tmp_path / "bomb.dcm"
    bomb.write(path)
    assert examiner.stdin is not None
    assert examiner.stdout is not None
    examiner.stdin.write(f"{path}\n")
    examiner.stdin.flush()
    told = json.loads(examiner.stdout.readline())
    assert set(told.get("codes", ("died",))) == bomb.codes, told
    assert told["state"] == ("partly" if bomb.codes else "read")
    assert told["mib"] <= bomb.most
