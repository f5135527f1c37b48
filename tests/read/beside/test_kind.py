"""The kind of a file: as `kinds` tells it, and no reader is loaded before it is asked for."""

import subprocess
import sys

import pytest

from vestige.read.beside import kinds
from vestige.read.beside.kind import kind_of
from vestige.read.beside.parts import Held


@pytest.mark.parametrize("data", [b"plain words of a note\n", b"PK\x03\x04", b"\0\1\2\3" * 9, b""])
def test_a_kind_is_what_all_readers_together_say(data: bytes) -> None:
    assert kind_of(Held(data)) == kinds.kind_of(Held(data))


def test_readers_are_loaded_with_the_first_file() -> None:
    code = (
        "import sys, vestige.run.examine\n"
        "sys.exit('vestige.read.beside.kinds' in sys.modules or 'yaml' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
