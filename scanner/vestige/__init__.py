"""Vestige: a forensic audit of medical-imaging storage for people who can still be recognised.

`from vestige import scan, gate` gives the Python call, see `vestige.api`; it is loaded when it is
first asked for, so that `import vestige` costs nothing.
"""

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vestige.api import Result, gate, scan
    from vestige.model import VestigeError

__version__ = "0.1.0"
__all__ = ["Result", "VestigeError", "__version__", "gate", "scan"]

_FROM = {
    "Result": "vestige.api",
    "VestigeError": "vestige.model",
    "gate": "vestige.api",
    "scan": "vestige.api",
}


def __getattr__(name: str) -> object:
    """The parts of the Python call, loaded when they are asked for."""
    if name not in _FROM:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_FROM[name]), name)


class _Package(ModuleType):
    """The package: `vestige.gate` is the function, whenever the module of that name is loaded.

    Python would set the module as an attribute; `from vestige.gate import ...` does not need it.
    """

    def __setattr__(self, name: str, value: object) -> None:
        if name in _FROM and isinstance(value, ModuleType):
            return
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
