"""Names of files in texts that stand there without a path: what their endings show them to be."""

import re
from collections.abc import Collection, Iterator

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


def are_most(texts: Collection[str]) -> bool:
    """Whether more than half of the texts that hold anything are names of files, by their endings.

    Then what is called fname is that of a file, and no first name.
    """
    given = [text.strip() for text in texts if text.strip()]
    return 2 * sum(_FILE.fullmatch(text) is not None for text in given) > len(given)


_FILE = re.compile(rf"\S{{1,256}}{_ENDING.pattern}(?:\.gz)?", re.IGNORECASE)


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
