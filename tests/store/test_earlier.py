"""Earlier scans: read as they were kept, and never changed."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.entries import keep
from vestige.account import Account
from vestige.model import Band, Claim, Problem, Stage, State, StoreError, Where
from vestige.store import Earlier, Kept, Outcome, SeriesFacts, Store
from vestige.trace import Kind, Trace

CLAIM = Claim("elements/name", "A name", Band.HIGH, 0.9, "direct", ("GDPR Art. 4(1)",))
TRACE = Trace(Kind.TEXT, Where.HEADER, "(0010,0010)", b"123456789")
GREAT = (1 << 64) - 7


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A root, a folder, and in it a file with a content and one without."""
    path = tmp_path / "scan.sqlite"
    store = Store.create(path, {"id": "one", "state": "complete"})
    finding = store.finding(CLAIM, Where.HEADER, "(0010,0010)", "", "Z****", "two words")
    value = store.value(finding, "d1", "Z****", "two words")
    trace = store.traces.number(TRACE)
    series = store.series(SeriesFacts(b"digest", "whose", "{}"))
    content = Kept(
        (finding,), (value,), store.traces.set_of((trace,)), 0, series, dicom=True, reason=""
    )
    number = store.contents.content(content._replace(subject=store.subject("whose")))
    account = store.contents.account(Account(1, 2, 3, 4))
    outcome = store.outcome(Outcome(State.READ, "", (finding,), "whose", series, dicom=True))
    folder = ("directory", 0, 1, 2)
    keep(
        store,
        [
            (1, 0, (b"root", *folder, 90), outcome, 0, 0, 0, ""),
            (2, 1, (b"a.dcm", "file", 10, 3, 4, GREAT), outcome, 5, number, account, "9 -1"),
            (3, 1, (b"b.txt", "file", 10, 3, 4, 92), outcome, 0, 0, 0, ""),
            (4, 1, (b"folder", *folder, 93), outcome, 0, 0, 0, ""),
            (5, 4, (b"c.dcm", "file", 10, 3, 4, 94), outcome, 0, number, account, ""),
        ],
    )
    store.problems(
        [Problem(2, Stage.READ, "truncated", "it ends"), Problem(2, Stage.HUNT, "x", "")]
    )
    store.left([(4, 5, 1, 10, b"b"), (1, 5, 3, 30, b"a")])
    store.close()
    return path


def test_what_was_kept_is_read_and_the_file_stays_as_it_was(kept: Path) -> None:
    before = kept.read_bytes()
    with closing(Earlier.open(kept)) as earlier:
        earlier.hold()
        assert earlier.noted("id") == earlier.all_noted()["id"] == "one"
        assert [(one.entry, one.name) for one in earlier.directories()] == [
            (1, b"root"),
            (4, b"folder"),
        ]
        known = earlier.files(1)
        assert known.keys() == {b"a.dcm"}, "neither what has no content nor what lies deeper"
        one = known[b"a.dcm"]
        assert (one.facts, one.partly, one.instance, one.extra) == (
            (10, 3, 4, GREAT),
            True,
            5,
            "9 -1",
        )
        content = earlier.content(one.content)
        assert (content.subject, content.dicom, content.reason) == ("whose", True, "")
        assert earlier.finding(content.findings[0]).explanation == "two words"
        assert earlier.value(content.seen[0]).digest == "d1"
        assert earlier.trace(content.traces[0]) == TRACE
        assert earlier.series(content.series) == SeriesFacts(b"digest", "whose", "{}")
        assert earlier.account(one.account) == Account(1, 2, 3, 4)
        assert list(earlier.problems(2, 8)) == [Problem(8, Stage.READ, "truncated", "it ends")]
        assert earlier.digests() == [b"a", b"b"]
        assert earlier.codes() == {"truncated", "x"}
        assert earlier.seen() == 5
        with pytest.raises(StoreError, match="damaged"):
            earlier.finding(99)
    assert kept.read_bytes() == before


def test_nobody_writes_it_while_it_is_held(kept: Path) -> None:
    with closing(Earlier.open(kept)) as earlier:
        earlier.hold()
        with closing(sqlite3.connect(kept, timeout=0)) as other:
            other.execute("INSERT INTO scan VALUES ('x', '1')")
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                other.commit()
