"""A ledger that anybody touched is told from one that nobody touched, and the line is named."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from vestige.custody import ledger
from vestige.custody.ledger import FILE, FIRST, Anchor, Key, Told, Witnessed
from vestige.evidence import Clock, utc
from vestige.model import SealError

SECRET = b"k" * 32
BY = Witnessed(1_700_000_000_123_456_789, Clock("system"), "somebody", "host", "vestige", "00")


def written(folder: Path, steps: int = 5) -> Key:
    key = Key(SECRET, Anchor(0, FIRST))
    for number in range(steps):
        by = BY._replace(time_ns=BY.time_ns + number)
        _, anchor = ledger.append(folder, Told("step", {"n": number, "text": "ä\n"}), by, key)
        key = Key(SECRET, anchor)
    return key


def faults(folder: Path, key: Key | None) -> list[int]:
    return [fault.line for fault in ledger.read(folder, key).faults]


def lines(folder: Path) -> list[bytes]:
    return (folder / FILE).read_bytes().splitlines(keepends=True)


def test_what_was_written_is_read(tmp_path: Path) -> None:
    key = written(tmp_path)
    found = ledger.read(tmp_path, key)
    assert found.faults == ()
    assert [step.facts["n"] for step in found.steps] == list(range(5))
    assert found.anchor == key.anchor
    assert ledger.read(tmp_path, None).faults == ()
    assert (tmp_path / FILE).stat().st_mode & 0o777 == 0o600


def test_each_line_holds_the_digest_of_the_line_before(tmp_path: Path) -> None:
    written(tmp_path)
    before = FIRST
    for line in lines(tmp_path):
        assert json.loads(line)["before"] == before
        before = hashlib.sha256(line.rstrip(b"\n")).hexdigest()
    assert utc(BY.time_ns) == "2023-11-14T22:13:20.123456789Z"


def edited(found: list[bytes]) -> list[bytes]:
    return [*found[:2], found[2].replace(b"somebody", b"nobodyyy"), *found[3:]]


def one_bit(found: list[bytes]) -> list[bytes]:
    line = bytearray(found[2])
    line[40] ^= 1
    return [*found[:2], bytes(line), *found[3:]]


def deleted(found: list[bytes]) -> list[bytes]:
    return [*found[:2], *found[3:]]


def reordered(found: list[bytes]) -> list[bytes]:
    return [*found[:2], found[3], found[2], found[4]]


def cut(found: list[bytes]) -> list[bytes]:
    return found[:3]


def half(found: list[bytes]) -> list[bytes]:
    return [*found[:4], found[4][:60]]


def last_edited(found: list[bytes]) -> list[bytes]:
    return [*found[:4], found[4].replace(b"somebody", b"nobodyyy")]


def anew(found: list[bytes]) -> list[bytes]:
    """The chain computed again behind an edited line, by somebody without the key."""
    before, made = FIRST, []
    for number, line in enumerate(found):
        held = json.loads(line)
        held["before"] = before
        if number == 2:
            held["actor"] = "nobody"
        text = json.dumps(held, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        made.append(text.encode() + b"\n")
        before = hashlib.sha256(text.encode()).hexdigest()
    return made


@pytest.mark.parametrize(
    ("tamper", "line", "without_key"),
    [
        (edited, 3, 4),
        (one_bit, 3, 3),
        (deleted, 3, 3),
        (reordered, 3, 3),
        (cut, 4, None),
        (half, 5, 5),
        (last_edited, 5, None),
        (anew, 1, None),
    ],
)
def test_tampering_is_named_by_its_line(
    tmp_path: Path,
    tamper: Callable[[list[bytes]], list[bytes]],
    line: int,
    without_key: int | None,
) -> None:
    key = written(tmp_path)
    (tmp_path / FILE).write_bytes(b"".join(tamper(lines(tmp_path))))
    assert min(faults(tmp_path, key)) == line
    found = faults(tmp_path, None)
    assert (min(found) if found else None) == without_key
    with pytest.raises(SealError, match=f"line {line}"):
        ledger.append(tmp_path, Told("step", {}), BY, key)


def test_a_step_that_was_not_noted_beside_the_key_is_no_fault(tmp_path: Path) -> None:
    key = written(tmp_path)
    ledger.append(tmp_path, Told("then killed", {}), BY._replace(time_ns=BY.time_ns + 9), key)
    assert faults(tmp_path, key) == []
    _, anchor = ledger.append(
        tmp_path, Told("afterwards", {}), BY._replace(time_ns=BY.time_ns + 10), key
    )
    assert anchor.lines == 7


def test_a_line_of_another_key_behind_the_last_is_named(tmp_path: Path) -> None:
    key = written(tmp_path)
    other = Key(b"o" * 32, Anchor(0, FIRST))
    found = lines(tmp_path)
    (tmp_path / FILE).unlink()
    written(tmp_path, 0)
    (tmp_path / FILE).write_bytes(b"".join(found))
    step = ledger.read(tmp_path, None).steps[-1]
    forged = ledger.line(step, other.secret)
    (tmp_path / FILE).write_bytes(b"".join([*found, forged]))
    assert 6 in faults(tmp_path, key)


def test_a_clock_that_was_set_back_is_named(tmp_path: Path) -> None:
    key = written(tmp_path)
    _, anchor = ledger.append(tmp_path, Told("earlier", {}), BY._replace(time_ns=5), key)
    assert faults(tmp_path, Key(SECRET, anchor)) == [6]


def test_a_folder_without_a_ledger_is_no_case(tmp_path: Path) -> None:
    with pytest.raises(SealError, match="no case"):
        ledger.read(tmp_path, None)
