"""Sealing by its command: what it tells, and what it does not hide."""

from pathlib import Path

from tests.volumes import vestige


def test_a_seal_tells_what_it_holds_and_its_digest(tmp_path: Path) -> None:
    (tmp_path / "volume").mkdir()
    (tmp_path / "volume" / "Zargothy").write_text("x")
    (tmp_path / "volume" / "link").symlink_to("Zargothy")
    vestige("custody", "open", "case", "--by", "me", "--because", "test", home=tmp_path)
    ran = vestige("custody", "seal", "case", "volume", "--jobs", "1", home=tmp_path)
    assert ran.code == 0, ran.text
    assert "E1: 1 files, 1 bytes, 0 directories, 1 others sealed" in ran.text
    assert "SHA-256 of the manifest: " in ran.text
    assert "Zargothy" not in ran.text
    none = vestige("custody", "seal", "case", "F1", "--scan", "volume", home=tmp_path)
    assert none.code in (2, 4)
