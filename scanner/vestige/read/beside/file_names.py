"""Names of files in texts that stand there without a path: what their endings show them to be."""

import re
from collections.abc import Iterator

from vestige.read.beside.parts import Told
from vestige.read.beside.paths import JOINED, PATH

_ENDING = re.compile(
    r"\.(?:dcm|dicom|nii|ima|nrrd|mha|mhd|mgz|mnc|par|edf|bdf|svs|ndpi|zip|7z|rar|tar|tgz|iso|xlsx?"
    r"|docx?|pptx?|odt|ods|pdf|rtf|csv|tsv|jpe?g|png|tiff?|mat|h5)(?!\w)",
    re.IGNORECASE,
)
_LONGEST = 128
_PARTED = re.compile(r"[\s\"'<>|=:;()\[\]{}*?&]")
_JOINING = re.compile(r"[_^,-]")
_SLASHES = ("/", "\\")


def told(text: str) -> Iterator[Told]:
    """The names of files in a text in which a sign joins two words; those on paths are left out."""
    names: dict[str, None] = {}
    for ending in _ENDING.finditer(text):
        end = ending.start()
        word = text[max(end - _LONGEST, 0) : end].rpartition(" ")[2]
        if _JOINING.search(word) is None:
            continue
        stem = _PARTED.split(word)[-1]
        if stem and not any(slash in stem for slash in _SLASHES) and JOINED.search(stem):
            names[f"{stem}{ending[0]}"] = None
    if names:
        yield Told(PATH, list(names))
