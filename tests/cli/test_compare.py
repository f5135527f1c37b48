"""The command that compares: its table, its files, its exit codes."""

from pathlib import Path

import pytest

from tests.reviewed import planned, scanned
from tests.volumes import planted, vestige


@pytest.fixture
def home(tmp_path: Path) -> Path:
    volume = tmp_path / "volume"
    planted("phantom-directory", volume / "first", seed=3)
    scanned(planned(volume, tmp_path), tmp_path / "old")
    planted("phantom-directory", volume / "second", seed=9)
    scanned(planned(volume, tmp_path), tmp_path / "new")
    return tmp_path


def test_something_new_is_told_on_screen_in_files_and_by_the_exit_code(home: Path) -> None:
    out = home / "compared"
    ran = vestige("compare", home / "old", home / "new", "--out", out, home=home)
    assert ran.code == 1, ran.text
    assert "A phantom directory" in ran.text
    assert "new in band medium or worse" in ran.text
    assert {path.name for path in out.iterdir()} == {"compare.html", "compare.json", "compare.csv"}
    calm = vestige("compare", home / "new", home / "new", home=home)
    assert calm.code == 0, calm.text
    assert "persisting" in calm.text


@pytest.mark.parametrize(
    ("given", "code", "says"),
    [
        (("--format", "xml", "--out", "x"), 2, "no format"),
        (("--format", "json"), 2, "needs --out"),
        (("--fail-on", "dire"), 2, "no band"),
        (("--out", "volume/x"), 2, "inside a scanned root"),
    ],
)
def test_wrong_usage_is_said_plainly(
    home: Path, given: tuple[str, ...], code: int, says: str
) -> None:
    ran = vestige("compare", "old", "new", *given, home=home)
    assert ran.code == code, ran.text
    assert says in " ".join(ran.text.split())


def test_a_damaged_scan_file_ends_with_4(home: Path) -> None:
    whole = (home / "old" / "scan.sqlite").read_bytes()
    (home / "cut").write_bytes(whole[: len(whole) // 2])
    (home / "text").write_bytes(b"no database " * 400)
    for name in ("cut", "text"):
        ran = vestige("compare", name, "new", home=home)
        assert ran.code == 4, ran.text
        assert "Traceback" not in ran.text
