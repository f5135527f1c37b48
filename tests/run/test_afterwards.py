"""What a scan does at its end is loaded when its workers are at work, and not before."""

import subprocess
import sys

import pytest

LATE = ("jinja2", "vestige.run.conclude", "vestige.run.reported", "vestige.run.hunting")


def told(code: str) -> list[str]:
    """What a fresh interpreter prints."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.split()


def test_a_scan_begins_without_what_it_does_at_its_end() -> None:
    code = "import sys, vestige.cli.scan; print(*sys.modules)"
    assert not set(LATE) & set(told(code))


@pytest.mark.parametrize("steps", [0, 1, 99])
def test_it_is_loaded_step_by_step(steps: int) -> None:
    code = (
        "import sys, vestige.run.afterwards as a\n"
        f"pieces = a.loading()\nfor _ in range({steps}): next(pieces, None)\n"
        "print(*sys.modules)"
    )
    loaded = set(told(code))
    assert ("jinja2" in loaded) is (steps > 0)
    assert {"vestige.run.conclude", "vestige.run.reported"} <= loaded or steps < 99
    assert "vestige.run.hunting" not in loaded
