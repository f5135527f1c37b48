"""The files of a scan folder: private, whole or not there."""

import os
from pathlib import Path

import pytest

from tests.volumes import planted, vestige
from vestige.model import StoreError
from vestige.reports.language import language
from vestige.run import outputs
from vestige.run.review import open_review


@pytest.fixture(scope="module")
def scan_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("outputs")
    planted("dirty-headers", folder / "volume")
    vestige("scan", folder / "volume", "--out", folder / "out", home=folder)
    return folder / "out" / "scan.sqlite"


def test_only_the_formats_asked_for_are_written(scan_file: Path, tmp_path: Path) -> None:
    store, review = open_review(scan_file)
    written = outputs.write(review, tmp_path, ("json", "html"))
    store.close()
    assert sorted(path.name for path in written) == ["report.html", "summary.json"]
    assert sorted(os.listdir(tmp_path)) == ["report.html", "summary.json"]
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in written)


def test_the_same_scan_gives_the_same_bytes(scan_file: Path, tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        store, review = open_review(scan_file)
        outputs.write(review, tmp_path / folder)
        store.close()
    for name in os.listdir(tmp_path / "one"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_a_manner_changes_what_people_read_and_nothing_else(
    scan_file: Path, tmp_path: Path
) -> None:
    spanish = outputs.Manner(language("es"), csv_bom=True)
    for folder, manner in (("plain", outputs.PLAIN), ("spanish", spanish)):
        (tmp_path / folder).mkdir()
        store, review = open_review(scan_file)
        outputs.write(review, tmp_path / folder, tuple(outputs.FORMATS), manner)
        store.close()
    for name in os.listdir(tmp_path / "plain"):
        plain = (tmp_path / "plain" / name).read_bytes()
        other = (tmp_path / "spanish" / name).read_bytes()
        if name.endswith(".csv"):
            assert other == b"\xef\xbb\xbf" + plain
        elif name == "report.html":
            assert b'<html lang="en">' in plain
            assert b'<html lang="es">' in other
            assert "Qué hacer primero" in other.decode()
        else:
            assert other == plain, name


def test_a_revealed_page_speaks_the_language_too(scan_file: Path, tmp_path: Path) -> None:
    store, review = open_review(scan_file)
    page = outputs.write_revealed(review, tmp_path, outputs.Manner(language("es")))
    store.close()
    assert b'<html lang="es">' in page.read_bytes()


def test_a_file_that_cannot_be_written_leaves_the_old_one(scan_file: Path, tmp_path: Path) -> None:
    store, review = open_review(scan_file)
    (tmp_path / "summary.json").write_text("old")
    (tmp_path / ".summary.json.part").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(StoreError, match=r"summary\.json cannot be written"):
        outputs.write(review, tmp_path, ("json",))
    store.close()
    assert (tmp_path / "summary.json").read_text() == "old"
    assert not (tmp_path / "elsewhere").exists()
