"""A case is handed over: a bag without what has changed, a page and an archive, never twice."""

import shutil
from pathlib import Path

from tests.volumes import Ran, vestige


def test_what_is_handed_over_is_told(tmp_path: Path) -> None:
    (tmp_path / "volume").mkdir()
    for name in ("Zargothy", "Quillonia"):
        (tmp_path / "volume" / name).write_text(name)

    def run(*arguments: str) -> Ran:
        return vestige("custody", *arguments, home=tmp_path)

    run("open", "case", "--by", "me", "--because", "test")
    run("seal", "case", "volume")
    (tmp_path / "volume" / "Zargothy").write_text("other")
    (tmp_path / "copy").mkdir()
    for name in ("Zargothy", "Quillonia"):
        (tmp_path / "copy" / name).write_text(name)
    bag = run("bag", "case", "E1", "bag")
    assert (bag.code, "1 files are not as they were sealed" in bag.text) == (1, True)
    shutil.rmtree(tmp_path / "volume")
    whole = run("bag", "case", "E1", "bag-of-copy", "--from", "copy")
    assert (whole.code, "2 files, 17 bytes in the bag" in whole.text) == (0, True)
    for into, copy, told in (("copy/bag", "copy", "outside"), ("bag-3", "gone", "is not there")):
        refused = run("bag", "case", "E1", into, "--from", copy)
        assert (refused.code, told in " ".join(refused.text.split())) == (2, True)
    assert run("bag", "case", "E1", "bag-3").code == 2
    page = run("page", "case", "case.html")
    archive = run("export", "case", "case.zip", "--without-names")
    assert (page.code, archive.code, run("export", "case", "case.zip").code) == (0, 0, 2)
    assert "Zargothy" not in bag.text + page.text + archive.text
    assert run("certificate", "case", "E1").code == 2
