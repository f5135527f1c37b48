"""Slack: what stands behind the pixels in native pixel data, by the size that they should have."""

from collections.abc import Iterator

from vestige.read.header import Header
from vestige.read.raw import PIXELS, UNDEFINED, Element, Span

_SAMPLES = 0x00280002
_FRAMES = 0x00280008
_ROWS = 0x00280010
_COLUMNS = 0x00280011
_BITS = 0x00280100

SIZES = frozenset({_SAMPLES, _FRAMES, _ROWS, _COLUMNS, _BITS})
"""Samples per Pixel, Number of Frames, Rows, Columns, Bits Allocated (PS3.3 section C.7.6.3)."""

_NEEDED = frozenset({_ROWS, _COLUMNS, _BITS})
_LEAST = {_SAMPLES: 1, _FRAMES: 1}
"""What counts where the attribute is missing."""

_TELLING = 4096
"""Bytes of a frame from which it is no chance that as many follow as more frames would have."""

_BYTE = 8
_LONGEST = 16


def slack(header: Header) -> tuple[tuple[int, Span], ...]:
    """The bytes behind the pixels of each native pixel data, by the index of its element.

    A header that tells of fewer frames than there are leaves no slack: they are pixels.
    """
    return tuple(found for index in pixel_elements(header) for found in _behind(header, index))


def pixel_elements(header: Header) -> Iterator[int]:
    """The indices of the elements that hold pixel data, last first."""
    left = len(header.pixels)
    for index in range(len(header.elements) - 1, -1, -1):
        if left == 0:
            return
        if header.elements[index].tag in PIXELS:
            left -= 1
            yield index


def _behind(header: Header, index: int) -> Iterator[tuple[int, Span]]:
    element = header.elements[index]
    if element.length == UNDEFINED or element.vr == "SQ":
        return
    frame, frames = _expected(header, index)
    end = frame * frames
    more = element.end - element.start - end
    # One byte makes the length even, in whatever number of frames there are (PS3.5 section 8.1.1).
    if frame and more > 1 and (frame < _TELLING or more % frame > 1):
        yield index, (element.start + end + (end & 1), element.end)


def _expected(header: Header, index: int) -> tuple[int, int]:
    """Bytes of one frame, and number of frames; no bytes where that cannot be told."""
    sizes = _sizes(header, index)
    rows, columns, bits = (sizes.get(tag, 0) for tag in (_ROWS, _COLUMNS, _BITS))
    samples, frames = (sizes.get(tag) or least for tag, least in _LEAST.items())
    if bits % _BYTE and bits != 1:
        return 0, 0
    if bits == 1:
        # Frames of single bits follow each other without padding (PS3.5 section 8.1.1).
        return -(-rows * columns * samples * frames // _BYTE), 1
    return rows * columns * samples * bits // _BYTE, frames


def _sizes(header: Header, index: int) -> dict[int, int]:
    """The sizes that stand in the same data set before the pixel data."""
    pixels = header.elements[index]
    found: dict[int, int] = {}
    for place in range(index - 1, -1, -1):
        element = header.elements[place]
        if (element.parent, element.item) != (pixels.parent, pixels.item):
            continue
        if element.tag in SIZES:
            found.setdefault(element.tag, _number(header, element))
        elif element.tag < _SAMPLES and found.keys() >= _NEEDED:
            # Elements stand in rising order: there will be no more.
            break
    return found


def _number(header: Header, element: Element) -> int:
    """A number written in text or binary; 0 if it is none."""
    value = header.bytes_of((element.start, element.end), _LONGEST)
    if element.tag == _FRAMES:
        text = value.strip(b" \x00")
        return int(text) if text.isdigit() else 0
    return int.from_bytes(value[:2], "little" if header.coding.little else "big")
