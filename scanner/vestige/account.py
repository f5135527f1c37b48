"""What became of the bytes of DICOM files: parsed, searched for text, pixels, or opaque."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Account:
    """Bytes of DICOM files, unpacked where a data set is deflated; each counts once.

    `parsed` are heads of elements and values that were read by their VR, `searched` values of
    unknown kind and bytes outside all elements in which text was looked for, `pixels` what
    shows the picture, and `opaque` all else that nobody looked at.
    """

    parsed: int = 0
    searched: int = 0
    pixels: int = 0
    opaque: int = 0

    @property
    def total(self) -> int:
        """All bytes of which is told what became of them."""
        return self.parsed + self.searched + self.pixels + self.opaque

    def __add__(self, other: "Account") -> "Account":
        return Account(
            self.parsed + other.parsed,
            self.searched + other.searched,
            self.pixels + other.pixels,
            self.opaque + other.opaque,
        )


NO_BYTES = Account()
"""The account where there is no DICOM file."""
