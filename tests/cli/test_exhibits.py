"""Exhibits by their commands: what they print, masked, and how they end."""

from pathlib import Path

import pytest

from tests.volumes import Ran, vestige


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("custody")
    folder = made / "volume" / "Zargothy_Quillonia"
    folder.mkdir(parents=True)
    for number in range(30):
        (folder / f"{number}").write_text(f"{number}")
    run(made, "open", "case", "--by", "me", "--because", "test")
    run(made, "seal", "case", "volume")
    return made


def run(home: Path, *arguments: str) -> Ran:
    return vestige("custody", *arguments, home=home)


def test_differences_are_masked_unless_they_are_to_be_revealed(home: Path) -> None:
    file = home / "volume" / "Zargothy_Quillonia" / "7"
    kept = file.read_text()
    file.write_text("other")
    masked = run(home, "verify", "case", "E1", "--against", "volume")
    clear = run(home, "verify", "case", "E1", "--against", "volume", "--reveal")
    file.write_text(kept)
    assert (masked.code, clear.code) == (1, 1)
    assert "Zargothy" not in masked.text
    assert "changed    Zargothy_Quillonia/7" in clear.text


def test_a_sample_is_no_whole(home: Path) -> None:
    ran = run(home, "verify", "case", "E1", "--against", "volume", "--sample", "10%")
    assert "a sample of 3 of 30 files" in ran.text
    for wrong in ("many", "0", "-3", "nan%", "inf%", "0%"):
        bad = run(home, "verify", "case", "E1", "--against", "volume", f"--sample={wrong}")
        assert (bad.code, "number of files" in bad.text) == (2, True), wrong
