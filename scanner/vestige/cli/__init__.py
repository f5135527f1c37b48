"""Commands, messages and exit codes; no logic.

What a command needs is loaded when it is called: here, and in `commands` for each of them.
"""

import gc
import sys
from importlib import import_module
from typing import NoReturn

__all__ = ["main"]

_RARELY = (50_000, 20, 50)
"""How often garbage is looked for: what a command loads is none, and stays until it ends."""


def main() -> NoReturn:
    """Run a command; a scan since another may need less than the command, and is tried first."""
    gc.set_threshold(*_RARELY)
    arguments = sys.argv[1:]
    if arguments[:1] == ["scan"] and any(one.startswith("--since") for one in arguments):
        code = import_module("vestige.cli.again").again(arguments)
        if code is not None:
            sys.exit(code)
    sys.exit(import_module("vestige.cli.main").main())
