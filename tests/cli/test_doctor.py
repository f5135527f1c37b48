"""The doctor by its command."""

from pathlib import Path

from tests.volumes import vestige


def test_a_sound_machine_ends_with_zero(tmp_path: Path) -> None:
    ran = vestige("doctor", home=tmp_path)
    assert ran.code == 0
    assert all(line.startswith("ok ") for line in ran.text.splitlines())


def test_what_is_wrong_ends_with_two(tmp_path: Path) -> None:
    (tmp_path / "data" / "vestige").mkdir(parents=True)
    key = tmp_path / "data" / "vestige" / "key"
    key.write_bytes(b"k" * 32)
    key.chmod(0o644)
    ran = vestige("doctor", home=tmp_path)
    assert (ran.code, "wrong  the key of keyed digests is open to others" in ran.text) == (2, True)
