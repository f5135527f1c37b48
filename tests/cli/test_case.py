"""A case by its commands: its log, and what is wrong with how it is asked for."""

from pathlib import Path

from tests.volumes import vestige


def test_the_log_tells_every_step_and_no_name(tmp_path: Path) -> None:
    (tmp_path / "volume" / "Zargothy_Quillonia").mkdir(parents=True)
    vestige("custody", "open", "case", "--by", "me", "--because", "test", home=tmp_path)
    vestige("custody", "seal", "case", "volume", home=tmp_path)
    ran = vestige("custody", "log", "case", home=tmp_path)
    assert ran.code == 0
    assert "case opened: because test" in ran.text
    assert "exhibit sealed" in ran.text
    assert "Zargothy" not in ran.text
    unread = vestige("custody", "show", "case", "--signed-by", "no.pub", home=tmp_path)
    assert (unread.code, "cannot be read" in unread.text) == (2, True)
