"""Usual files are known at a glance; whatever is otherwise about one is read in full."""

import hashlib
import os
from pathlib import Path

import pytest

from tests.detect.objects import CATALOG
from tests.run.test_series import KEY, examined, plain
from vestige import catalog, walk
from vestige.read.file import Folder
from vestige.read.pages import FIRST, WIDEST
from vestige.run import usual
from vestige.run.examine import Examiner
from vestige.run.usual import InstanceDigests, Reach
from vestige.walk import Siblings


def series(folder: Path) -> tuple[Examiner, Siblings]:
    """An examiner that has met the files of a series, and these files."""
    for number in range(12):
        (folder / f"IM{number:03}").write_bytes(plain(number, 1))
    groups = [e for e in walk.walk(walk.roots([folder])) if isinstance(e, Siblings)]
    examiner = Examiner(CATALOG, catalog.policy("gdpr"), KEY)
    examiner.examine(groups)
    return examiner, groups[-1]


def known(examiner: Examiner, siblings: Siblings, place: int) -> bool:
    listed = siblings.listed[place]
    with Folder(siblings.above, 12) as folder:
        opened = folder.glance(listed[0], FIRST, listed[2])
        try:
            return examiner._usual.of(listed, opened) is not None
        finally:
            os.close(opened[0])


def test_a_file_like_others_is_known_as_long_as_it_is_the_one_that_was_met(tmp_path: Path) -> None:
    examiner, siblings = series(tmp_path)
    assert known(examiner, siblings, 7)
    path = Path(os.fsdecode(siblings.above)) / "IM007"
    os.utime(path, ns=(1, 1))
    assert not known(examiner, siblings, 7)
    assert known(examiner, siblings, 8)
    (path.parent / "IM008").write_bytes(plain(8, 1) + b"\0\0")
    assert not known(examiner, siblings, 8)


def test_a_file_to_which_somebody_wrote_an_attribute_is_read_in_full(tmp_path: Path) -> None:
    examiner, siblings = series(tmp_path)
    path = Path(os.fsdecode(siblings.above)) / "IM003"
    assert known(examiner, siblings, 3)
    try:
        os.setxattr(path, "user.note", b"Paula Probe")
    except (OSError, AttributeError):
        pytest.skip("no attributes here")
    assert not known(examiner, siblings, 3)


def test_of_a_file_like_the_last_only_the_header_is_read_and_of_any_other_as_much_as_ever(
    tmp_path: Path,
) -> None:
    examiner, _ = series(tmp_path)
    assert examiner._usual.reach.length == 4096
    long = plain(0, 2) + b"Paula Probe was here" * 5000
    for number in range(20, 40, 2):
        (tmp_path / f"IM{number:03}").write_bytes(plain(number, 1))
        (tmp_path / f"IM{number + 1:03}").write_bytes(long)
    groups = [e for e in walk.walk(walk.roots([tmp_path])) if isinstance(e, Siblings)]
    with pytest.MonkeyPatch.context() as patch:
        told = examined(groups)
        patch.setattr(usual, "_STEP", 1 << 20)
        assert examined(groups) == told
    assert examined(groups) == told


def test_an_instance_has_the_keyed_digest_of_its_uid_whatever_pads_it() -> None:
    digests = InstanceDigests(KEY)
    for uid in (b"1.2.3", b"1.2.3\0", b"1.2.3 "):
        raw = hashlib.blake2b(b"1.2.3", key=KEY, digest_size=8).digest()
        assert digests.of(uid) == int.from_bytes(raw, "little", signed=True)
    assert digests.of(b"1.2.4") != digests.of(b"1.2.3")
    assert digests.of(b"") == digests.of(b"\0\0") == 0


def test_as_much_is_read_at_first_as_the_last_header_had() -> None:
    reach = Reach()
    for end, length in ((0, FIRST), (9000, FIRST), (FIRST, FIRST + 4096), (1 << 30, WIDEST)):
        reach.to(end)
        assert reach.length == length
