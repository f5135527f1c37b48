"""Progress of custody is calm where there is no terminal."""

import time

import pytest

from vestige.cli.pace import pace


def test_lines_are_few_and_tell_rate_and_time_left(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    clock = iter(range(0, 1_000, 3))
    monkeypatch.setattr(time, "monotonic", lambda: next(clock))
    with pace("sealing", 1_000) as say:
        for done in range(1, 11):
            say(done, done * 10)
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 3
    assert lines[0].startswith("sealing: 4 entries, 40 bytes")
    assert "s left" in lines[0]
    assert lines[-1].startswith("sealing took")
