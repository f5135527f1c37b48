"""What the standard's dictionaries say of tags (PS3.6, and vendors' own); the door of pydicom.

Of pydicom only the dictionaries are used: the bytes are parsed by `header`, the texts decoded by
`charset`, so that no reader can raise or warn with a value in its message.
"""

from functools import lru_cache

from pydicom._private_dict import private_dictionaries
from pydicom.datadict import dictionary_keyword, dictionary_VR, private_dictionary_VR

from vestige.read.places import is_creator, is_private

_NO_LABEL = (0, "", "")


@lru_cache(maxsize=1 << 16)
def vr_of(tag: int) -> str:
    """The VR of a tag by the dictionary (PS3.6), of two letters; "UN" if it is not known.

    Where the standard leaves a choice, it is the VR of implicit files (PS3.5 annex A.1).
    """
    if tag & 0xFFFF == 0:
        return "UL"
    if is_private(tag):
        return "LO" if is_creator(tag) else "UN"
    try:
        return _of_choice(dictionary_VR(tag))
    except KeyError:
        return "UN"


@lru_cache(maxsize=1 << 16)
def private_vr(tag: int, creator: str) -> str:
    """The VR of a private element by its vendor's dictionary; "UN" if it is not known."""
    try:
        return _of_choice(private_dictionary_VR(tag, creator))
    except KeyError:
        return "UN"


@lru_cache(maxsize=1 << 10)
def label(tag: int) -> tuple[int, str, str]:
    """The tag, VR and keyword of an attribute of the standard; (0, "", "") for any other."""
    try:
        return (tag, _of_choice(dictionary_VR(tag)), dictionary_keyword(tag)) if tag else _NO_LABEL
    except KeyError:
        return _NO_LABEL


def is_known(creator: str) -> bool:
    """Whether a dictionary lists elements of a private creator."""
    return creator in private_dictionaries


def _of_choice(vr: str) -> str:
    if len(vr) == 2:  # noqa: PLR2004 - one VR, and no choice
        return vr
    return "US" if vr == "US or SS" else "OW"
