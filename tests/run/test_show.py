"""One finding, and its values in clear for who asks for them."""

import os
from pathlib import Path

import pydicom
import pytest

from tests.volumes import planted, vestige
from vestige.model import UsageError
from vestige.run import show
from vestige.run.review import open_review


def scanned(*volumes: Path) -> Path:
    home = volumes[0].parent
    ran = vestige("scan", *volumes, "--out", home / "out", home=home)
    assert ran.code == 1, ran.text
    return home / "out" / "scan.sqlite"


def test_a_value_is_read_again_from_where_it_lies(tmp_path: Path) -> None:
    planted("dirty-headers", tmp_path / "volume")
    store, review = open_review(scanned(tmp_path / "volume"))
    number = next(o.number for o in review.findings if o.finding.place == "(0010,0010)")
    one = show.ranked(review, number.lower())
    revealed = list(show.reveal(store, one))
    store.close()
    assert revealed
    for found in revealed:
        assert found.values == (str(pydicom.dcmread(found.path).PatientName),)


def test_a_path_is_shown_in_clear_below_the_right_root(tmp_path: Path) -> None:
    one, other = tmp_path / "a" / "volume", tmp_path / "b" / "volume"
    planted("clean-export", one)
    planted("phantom-directory", other)
    scan_file = tmp_path / "out" / "scan.sqlite"
    vestige("scan", one, other, "--out", tmp_path / "out", home=tmp_path)
    store, review = open_review(scan_file)
    paths = [found.path for found in show.reveal(store, review.families[0])]
    store.close()
    assert paths
    assert all(os.path.lexists(path) and path.startswith(str(other)) for path in paths)


def test_what_is_gone_is_said_to_be_gone(tmp_path: Path) -> None:
    planted("dirty-headers", tmp_path / "volume")
    store, review = open_review(scanned(tmp_path / "volume"))
    for path in (tmp_path / "volume").rglob("*.dcm"):
        path.unlink()
    one = next(o for o in review.findings if o.finding.place == "(0010,0010)")
    assert {found.values for found in show.reveal(store, one)} == {("(cannot be read now)",)}
    store.close()


def test_an_unknown_number_is_said(tmp_path: Path) -> None:
    planted("dirty-headers", tmp_path / "volume")
    store, review = open_review(scanned(tmp_path / "volume"))
    with pytest.raises(UsageError, match="F1, F2"):
        show.ranked(review, "F99999")
    store.close()
