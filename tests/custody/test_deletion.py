"""What is gone is gone, and what cannot be looked at is not."""

import os
from pathlib import Path

from tests.nobody import in_child, without_rights
from vestige.custody import deletion
from vestige.custody.hashing import unknown
from vestige.evidence import State
from vestige.model import Kind


def state(path: bytes) -> State:
    return unknown(path, Kind.FILE, "")


def test_entries_that_are_there_are_counted(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("a")
    (tmp_path / "dangling").symlink_to("nowhere")
    told = [state(b"a"), state(b"b"), state(b"a/below"), state(b"dangling")]
    assert deletion.remaining(os.fsencode(tmp_path), told) == 2


def test_what_cannot_be_looked_at_is_not_gone(tmp_path: Path) -> None:
    (tmp_path / "shut").mkdir(mode=0)
    tmp_path.chmod(0o755)

    def work() -> int:
        os.chdir(tmp_path)
        without_rights()
        return deletion.remaining(b".", [state(b"shut/file"), state(b"gone/file")])

    assert in_child(work) == 1
