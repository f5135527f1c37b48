"""States of entries: as the system tells them, and as lines give them back."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vestige.custody import states
from vestige.custody.hashing import unknown
from vestige.evidence import State
from vestige.model import Kind, SealError

NUMBER = st.integers(-(1 << 63), (1 << 64) - 1)
NAME = st.binary(min_size=1, max_size=30)
STATES = st.builds(
    State,
    NAME,
    st.sampled_from(Kind),
    *[NUMBER] * 9,
    st.sampled_from(["", "a1" * 32]),
    st.binary(max_size=30),
    st.lists(
        st.tuples(st.text(min_size=1, alphabet="user.äx"), NAME), unique_by=lambda a: a[0]
    ).map(lambda found: tuple(sorted(found))),
    st.sampled_from(["", "permission denied"]),
)


@given(STATES)
def test_a_line_gives_a_state_back(state: State) -> None:
    line = states.line(state)
    assert line.count(b"\n") == 1
    assert states.of_line(line) == state


def test_the_system_tells_the_state(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"12345")
    file.chmod(0o640)
    (tmp_path / "link").symlink_to("file")
    os.link(file, tmp_path / "other")
    os.utime(file, ns=(1, 1_234_567_890_123_456_789))
    try:
        os.setxattr(file, "user.note", b"\xff1")
    except OSError:
        pytest.skip("this file system holds no extended attributes")
    found = states.state(os.fsencode(tmp_path), b"file")
    told = (found.kind, found.size, found.mode, found.links, found.mtime_ns, found.attributes)
    attributes = (("user.note", b"\xff1"),)
    assert told == (Kind.FILE, 5, 0o640, 2, 1_234_567_890_123_456_789, attributes)
    link = states.state(os.fsencode(tmp_path), b"link")
    assert (link.kind, link.target) == (Kind.LINK, b"file")


def test_a_line_that_was_cut_ends_what_a_kill_has_left() -> None:
    line = states.line(unknown(b"a", Kind.FILE, ""))
    half = [states.HEAD.encode(), line, line[:-9]]
    assert len(list(states.whole(half))) == 1
    assert len(list(states.whole([line, b"{}\n", line]))) == 1
    with pytest.raises(SealError):
        list(states.states(half))
