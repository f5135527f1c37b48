"""Text in pictures, read by the real engine in a real scan."""

import csv
import json
from importlib.util import find_spec
from pathlib import Path

import pytest
from PIL import Image

from tests.drawn import CT, drawn, written
from tests.volumes import vestige
from vestige.run.lettering import CODES

pytestmark = pytest.mark.skipif(
    find_spec("rapidocr") is None, reason="the extra `ocr` is not installed"
)

NAME, BORN = "QUINTERO, MARIA", "Born 12.03.1961"


@pytest.fixture(scope="module")
def volume(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("pictures") / "volume"
    blank = drawn()
    written(made / "us" / "1.dcm", [blank, drawn(NAME, BORN), blank], 10)
    written(made / "us" / "2.dcm", [drawn(NAME)] * 3, 11)
    written(made / "us" / "3.dcm", [blank], 20)
    written(made / "ct" / "4.dcm", [drawn(NAME).crop((0, 0, 512, 400))], 30, CT)
    drawn(NAME).save(made / "shot.png")
    drawn(NAME).save(made / "scan.pdf")
    Image.new("L", (5_800, 5_800)).save(made / "2.png")
    (made / "1.png").write_bytes(b"\x89PNG\r\n\x1a\ntorn")
    return made


def rows(out: Path, name: str) -> list[dict[str, str]]:
    with (out / name).open(newline="") as stream:
        return list(csv.DictReader(stream))


def test_one_picture_of_each_series_that_may_show_text(volume: Path) -> None:
    out = volume.parent / "out"
    vestige("scan", volume, "--out", out, "--ocr", "--jobs", 1, home=volume.parent)
    drawn_in = {
        row["finding"]: row["rule"] for row in rows(out, "findings.csv") if row["where"] == "pixels"
    }
    assert set(drawn_in.values()) >= {"names/person-name", "dates/birth-date"}
    assert {row["path"] for row in rows(out, "occurrences.csv") if row["finding"] in drawn_in} == {
        "volume/us/1.dcm",
        "volume/shot.png",
        "volume/scan.pdf",
    }
    told = [row for row in rows(out, "problems.csv") if row["code"] in CODES]
    assert [(row["path"], row["code"]) for row in told] == [
        ("volume/1.png", "ocr-undecoded"),
        ("volume/2.png", "ocr-coarse"),
    ]
    assert json.loads((out / "summary.json").read_text())["pictures_read"] == 5
    assert "QUINTERO" not in (out / "report.html").read_text()


def test_what_there_was_no_time_for_is_told(volume: Path) -> None:
    out = volume.parent / "short"
    asked = ("--ocr", "--ocr-seconds", 0.01, "--jobs", 1)
    ran = vestige("scan", volume, "--out", out, *asked, home=volume.parent)
    assert ran.code in (1, 3)
    codes = {row["code"] for row in rows(out, "problems.csv")}
    assert "ocr-budget" in codes
    assert json.loads((out / "summary.json").read_text())["pictures_read"] < 3


def test_nobody_looks_who_was_not_asked(volume: Path) -> None:
    out = volume.parent / "plain"
    vestige("scan", volume, "--out", out, home=volume.parent)
    assert not [row for row in rows(out, "findings.csv") if row["where"] == "pixels"]
    assert json.loads((out / "summary.json").read_text())["pictures_read"] is None
