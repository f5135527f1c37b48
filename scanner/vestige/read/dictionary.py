"""What the standard's dictionaries say of tags (PS3.6, and vendors' own); the door of pydicom.

Of pydicom only the dictionaries are used: the bytes are parsed by `header`, the texts decoded by
`charset`, so that no reader can raise or warn with a value in its message. The two files that hold
them are read without the package around them, whose import takes longer than all of Vestige's.
"""

from collections.abc import Iterator
from functools import lru_cache
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

from vestige.read.places import is_creator, is_private

_NO_LABEL = (0, "", "")

_Entry = tuple[str, str, str, str, str]
"""VR, VM, name, retired, keyword."""


def _table(name: str) -> dict[str, Any]:
    """What a file of pydicom defines; ImportError if pydicom or the file is not there."""
    package = find_spec("pydicom")
    for folder in (package.submodule_search_locations or ()) if package is not None else ():
        file = spec_from_file_location(f"pydicom_{name}", Path(folder) / f"{name}.py")
        if file is not None and file.loader is not None:
            module = module_from_spec(file)
            file.loader.exec_module(module)
            return vars(module)
    raise ImportError(f"pydicom has no {name}; install pydicom 3")


_standard = _table("_dicom_dict")
_ENTRIES: dict[int, _Entry] = _standard["DicomDictionary"]
_REPEATING: dict[str, _Entry] = _standard["RepeatersDictionary"]
_PRIVATE: dict[str, dict[str, tuple[str, ...]]] = _table("_private_dict")["private_dictionaries"]


def _masks() -> Iterator[tuple[int, int, _Entry]]:
    """Of each repeating entry its fixed digits, which digits are fixed, and the entry."""
    for digits, entry in _REPEATING.items():
        fixed = "".join("0" if digit == "x" else "F" for digit in digits)
        yield int(digits.replace("x", "0"), 16), int(fixed, 16), entry


_MASKS = tuple(_masks())


def _entry(tag: int) -> _Entry | None:
    found = _ENTRIES.get(tag)
    if found is None and not is_private(tag):
        found = next((entry for value, mask, entry in _MASKS if tag & mask == value), None)
    return found


@lru_cache(maxsize=1)
def _sop_classes() -> frozenset[str]:
    """The SOP classes of the standard, retired ones too (PS3.6 table A-1)."""
    uids: dict[str, tuple[str, ...]] = _table("_uid_dict")["UID_dictionary"]
    return frozenset(uid for uid, about in uids.items() if "SOP Class" in about[1])


def is_sop_class(uid: str) -> bool:
    """Whether the standard knows the class of an object with this SOP Class UID."""
    return uid in _sop_classes()


@lru_cache(maxsize=1 << 16)
def vr_of(tag: int) -> str:
    """The VR of a tag by the dictionary (PS3.6), of two letters; "UN" if it is not known.

    Where the standard leaves a choice, it is the VR of implicit files (PS3.5 annex A.1).
    """
    if tag & 0xFFFF == 0:
        return "UL"
    if is_private(tag):
        return "LO" if is_creator(tag) else "UN"
    entry = _entry(tag)
    return _of_choice(entry[0]) if entry is not None else "UN"


@lru_cache(maxsize=1 << 16)
def private_vr(tag: int, creator: str) -> str:
    """The VR of a private element by its vendor's dictionary; "UN" if it is not known."""
    entries = _PRIVATE.get(creator, {})
    group, number = f"{tag >> 16:04X}", f"{tag & 0xFFFF:04X}"
    for key in (group + number, f"{group}xx{number[2:]}", f"{group[:2]}xxxx{number[2:]}"):
        if key in entries:
            return _of_choice(entries[key][0])
    return "UN"


@lru_cache(maxsize=1 << 10)
def label(tag: int) -> tuple[int, str, str]:
    """The tag, VR and keyword of an attribute of the standard; (0, "", "") for any other."""
    entry = _entry(tag) if tag else None
    return (tag, _of_choice(entry[0]), entry[4]) if entry is not None else _NO_LABEL


def is_known(creator: str) -> bool:
    """Whether a dictionary lists elements of a private creator."""
    return creator in _PRIVATE


def _of_choice(vr: str) -> str:
    if len(vr) == 2:  # noqa: PLR2004 - one VR, and no choice
        return vr
    return "US" if vr == "US or SS" else "OW"


@lru_cache(maxsize=1)
def _by_keyword() -> dict[str, int]:
    """The tags of the standard by their keywords in lower case, retired ones too."""
    return {entry[4].lower(): tag for tag, entry in reversed(_ENTRIES.items()) if entry[4]}


def tag_of_keyword(word: str) -> int:
    """The tag of an attribute by its keyword (PS3.6), whatever its case; 0 if there is none."""
    return _by_keyword().get(word.lower(), 0) if word.isalpha() else 0
