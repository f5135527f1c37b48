"""Labelled: claims about elements, where their values stand in files that are no DICOM."""

from dataclasses import replace
from functools import lru_cache

from vestige.detect.dummies import milder
from vestige.model import Band, Claim

BESIDE = {
    " in the header:": " in a file beside the images:",
    " in an element that no profile lists:": " in a file beside the images:",
}
"""What titles say of where an element stands, and what they say of a label in another file."""


@lru_cache(1 << 12)
def told_beside(claim: Claim, vr: str) -> Claim:
    """A claim about an element, as one about a value with its label in a file that is no DICOM.

    A time of the day without its day, as converters leave it, hardly tells of anyone.
    """
    title = claim.title
    claim = milder(claim, Band.LOW) if vr == "TM" else claim
    for of_header, of_file in BESIDE.items():
        title = title.replace(of_header, of_file)
    return replace(claim, title=title)
