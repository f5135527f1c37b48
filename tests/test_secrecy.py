"""No planted value appears in any output, log or traceback."""

import os
import re
import subprocess
from pathlib import Path

import pytest

from tests.volumes import planted, vestige
from vestige.sensitive import Sensitive, mask

SOURCE = Path(__file__).parents[1] / "scanner" / "vestige"
CANARIES = ("Zebrinsky", "Quexotl", "ZQ77341902")


def everything(folder: Path) -> bytes:
    parts = [p.read_bytes() for p in folder.iterdir() if p.suffix != ".sqlite"]
    return b"\n".join(parts)


def values_of_headers(volume: Path) -> set[str]:
    """Words of at least six letters that stand in the dirty headers of a volume."""
    import pydicom  # noqa: PLC0415

    words: set[str] = set()
    for path in volume.rglob("*.dcm"):
        dataset = pydicom.dcmread(path, stop_before_pixels=True, force=True)
        for keyword in ("PatientName", "PatientAddress", "ReferringPhysicianName"):
            words |= set(re.findall(r"[A-Za-z]{6,}", str(dataset.get(keyword, ""))))
        words |= set(re.findall(r"\d{6,}", str(dataset.get("PatientID", ""))))
    return words


@pytest.mark.parametrize("recipe", ["phantom-directory", "dirty-headers"])
def test_no_planted_value_is_shown(tmp_path: Path, recipe: str) -> None:
    volume = tmp_path / "volume"
    planted(recipe, volume)
    secret = volume / "export" / f"{CANARIES[0]}_{CANARIES[1]}"
    secret.mkdir(parents=True)
    (secret / f"{CANARIES[2]}.dcm").write_bytes(b"\0" * 128 + b"DICM" + CANARIES[0].encode())
    ran = vestige("scan", volume, "--out", tmp_path / "out", home=tmp_path)
    printed = everything(tmp_path / "out") + ran.text.encode()
    shown = {w for w in values_of_headers(volume) | set(CANARIES) if w.encode() in printed}
    assert shown == set()
    if recipe == "phantom-directory":
        folders = next((volume / p) for p in os.listdir(volume) if "v1" in p)
        surnames = {name.split("_")[0] for name in os.listdir(folders)}
        assert {s for s in surnames if len(s) > 5 and s.encode() in printed} == set()


def test_the_store_holds_no_header_value(tmp_path: Path) -> None:
    planted("dirty-headers", tmp_path / "volume")
    vestige("scan", tmp_path / "volume", "--out", tmp_path / "out", home=tmp_path)
    stored = (tmp_path / "out" / "scan.sqlite").read_bytes()
    names = {w for w in values_of_headers(tmp_path / "volume") if w.encode() in stored}
    in_paths = {w for w in names for p in (tmp_path / "volume").rglob("*") if w in p.name}
    assert names - in_paths == set()


def test_a_crash_prints_no_value(tmp_path: Path) -> None:
    code = (
        "import vestige.cli as c\n"
        f"def boom(*a, **k): raise RuntimeError('{CANARIES[0]}')\n"
        "c.plan = boom\nc.main()"
    )
    import sys  # noqa: PLC0415

    command = [sys.executable, "-c", code, "scan", os.fspath(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 4
    assert CANARIES[0] not in done.stdout + done.stderr
    assert "RuntimeError" in done.stderr


def test_sensitive_texts_print_masked() -> None:
    text = Sensitive("Zebrinsky^Anna 19610203")
    for printed in (str(text), repr(text), f"{text}", f"{[text]}", "%s" % text):  # noqa: UP031
        assert "ebrin" not in printed
        assert "1961" not in printed
    assert mask("Li 7") == "** #"


REVEALERS = {
    "detect/elements.py",
    "detect/judge.py",
    "model.py",
    "run/rule_check.py",
    "run/show.py",
}


def test_the_callers_of_reveal_are_known() -> None:
    callers = {
        path.relative_to(SOURCE).as_posix()
        for path in SOURCE.rglob("*.py")
        if ".reveal()" in path.read_text(encoding="utf-8")
    }
    assert callers <= REVEALERS
