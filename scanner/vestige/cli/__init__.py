"""Commands, messages and exit codes; no logic."""

import importlib
import sys
from typing import NoReturn

from vestige.cli.again import again

__all__ = ["main"]


def main() -> NoReturn:
    """Run a command; what needs little is done before the rest is loaded."""
    code = again(sys.argv[1:])
    if code is None:
        importlib.import_module("vestige.cli.main").main()
    sys.exit(code)
