"""The command that compares: its table, its files, its exit codes."""

import json
import re
from datetime import timedelta
from pathlib import Path

import pytest

from tests.accepted import accepted
from tests.reviewed import planned, scanned
from tests.volumes import planted, vestige
from vestige.run.acceptance import Answering, key_print, today
from vestige.run.review import open_review

YESTERDAY = today() - timedelta(days=1)


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


def test_what_somebody_answers_for_is_accepted_and_what_is_over_is_expired(home: Path) -> None:
    scan, file, key = home / "new" / "scan.sqlite", home / "b.toml", (home / "key").read_bytes()
    before = scan.read_bytes()
    baseline = ("--baseline", file, "--key", home / "key")
    store, review = open_review(scan, 0, Answering(key))
    store.close()
    for one in review.findings:
        accepted(scan, file, one, day=today(), under=key)
    assert scan.read_bytes() == before
    plain = vestige("compare", "old", "new", home=home)
    assert plain.code == 1, plain.text
    held = vestige("compare", "old", "new", *baseline, "--out", home / "held", home=home)
    assert held.code == 0, held.text
    told = json.loads((home / "held" / "compare.json").read_text())
    assert {one["change"] for one in told["findings"]} == {"accepted"}
    assert f"Findings: {len(review.findings)} accepted." in held.text
    over = re.sub(r"(?m)^(accepted-on|until) = .*$", rf"\1 = {YESTERDAY}", file.read_text())
    file.write_text(over)
    ended = vestige("compare", "new", "new", *baseline, home=home)
    assert ended.code == 1, ended.text
    assert f"Findings: {len(review.findings)} expired." in ended.text


def test_what_was_accepted_and_has_grown_counts(home: Path) -> None:
    key = (home / "key").read_bytes()
    store, review = open_review(home / "old" / "scan.sqlite", 0, Answering(key))
    store.close()
    for one in review.findings:
        accepted(home / "old" / "scan.sqlite", home / "b.toml", one, day=today(), under=key)
    given = ("--baseline", "b.toml", "--key", "key")
    grown = vestige("compare", "old", "new", *given, home=home)
    assert grown.code == 1, grown.text
    assert " new" in grown.text
    same = vestige("compare", "old", "old", *given, home=home)
    assert same.code == 0, same.text


def test_a_baseline_of_another_key_is_refused(home: Path) -> None:
    (home / "other").write_bytes(b"o" * 32)
    (home / "b.toml").write_text(f'version = 1\nkey = "{key_print(b"o" * 32)}"\n')
    for given in (
        ("--baseline", "b.toml", "--key", "key"),
        ("--baseline", "b.toml", "--key", "other"),
    ):
        ran = vestige("compare", "old", "new", *given, home=home)
        assert (ran.code, "Traceback" in ran.text) == (2, False), ran.text
        assert "under another key" in " ".join(ran.text.split())
    ran = vestige("compare", "old", "new", "--key", "key", home=home)
    assert ran.code == 2
    assert "name its file with --baseline" in " ".join(ran.text.split())


def test_a_damaged_scan_file_ends_with_4(home: Path) -> None:
    whole = (home / "old" / "scan.sqlite").read_bytes()
    (home / "cut").write_bytes(whole[: len(whole) // 2])
    (home / "text").write_bytes(b"no database " * 400)
    for name in ("cut", "text"):
        ran = vestige("compare", name, "new", home=home)
        assert ran.code == 4, ran.text
        assert "Traceback" not in ran.text
