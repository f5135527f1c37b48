"""Lettering: text that is drawn into pictures, read by an engine that is an extra (`ocr`).

Whatever was read, more may be drawn: handwriting, other scripts, small or faint letters. Nobody may
conclude from silence that a picture holds no text.
"""

import logging
from collections.abc import Iterator
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from vestige.model import UsageError

if TYPE_CHECKING:
    from vestige.read.frames import Picture

_MODULES = ("rapidocr", "onnxruntime", "numpy", "PIL")

_TILE, _OVERLAP = 1_000, 160
"""Samples on a side of what is read at once, and by how many neighbours overlap.

The engine makes larger pictures smaller, and small letters with them.
"""

_MOST_TILES = 36
_BORDER = 32
"""Samples around a picture: letters that touch its edge are not seen as such."""

_MIDDLE = 128

_SETTINGS = {
    "Global.log_level": "critical",
    "Global.text_score": 0.3,
    "Det.box_thresh": 0.3,
    "Det.thresh": 0.2,
    "EngineConfig.onnxruntime.intra_op_num_threads": 1,
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
}
"""One thread, for there is a worker for each core; what is doubtful is told, and rules judge."""


def demand_engine() -> None:
    """UsageError if what reads pictures is not installed: a scan that says it looks must look."""
    missing = [name for name in _MODULES if find_spec(name) is None]
    if missing:
        raise UsageError(
            f"--ocr needs what is not installed here ({', '.join(missing)}): "
            "pip install 'vestige[ocr]'"
        )


class Lettering:
    """The engine with its models; making one takes seconds, so that a worker has one at most."""

    def __init__(self) -> None:
        from rapidocr import RapidOCR  # noqa: PLC0415 - seconds, where pictures are asked for only

        logging.getLogger("RapidOCR").setLevel(logging.CRITICAL)
        self._engine: Any = RapidOCR(params=dict(_SETTINGS))

    def lines(self, picture: "Picture") -> tuple[str, ...]:
        """The distinct lines of text in a picture, as far as they were read, from above."""
        found: dict[str, None] = {}
        for tile in _tiles(picture):
            told = self._engine(_framed(tile), use_cls=False).txts
            found.update(dict.fromkeys(told or ()))
        return tuple(found)


def is_coarse(picture: "Picture") -> bool:
    """Whether a picture is so large that it is made smaller, and small letters with it."""
    return len(_corners(picture)) > _MOST_TILES


def _corners(picture: "Picture") -> list[tuple[int, int]]:
    """Where the parts of a picture begin, row by row."""
    height, width = picture.shape[:2]
    step = _TILE - _OVERLAP
    return [
        (top, left)
        for top in range(0, max(height - _OVERLAP, 1), step)
        for left in range(0, max(width - _OVERLAP, 1), step)
    ]


def _tiles(picture: "Picture") -> Iterator["Picture"]:
    """A picture in parts that are not made smaller, row by row; a very large one as it is."""
    corners = _corners(picture)
    if len(corners) > _MOST_TILES:
        yield picture
        return
    for top, left in corners:
        yield picture[top : top + _TILE, left : left + _TILE]


def _framed(tile: "Picture") -> "Picture":
    """A part with three channels, dark letters on light ground, and a border around it.

    Scans are light on dark; of the letters on them the engine reads more when all is turned round.
    """
    import numpy as np  # noqa: PLC0415 - see above

    grey = tile if tile.ndim == 2 else None  # noqa: PLR2004 - one channel has no axis of its own
    coloured = np.stack([grey] * 3, axis=-1) if grey is not None else tile[..., :3]
    if coloured.size and np.median(coloured) < _MIDDLE:
        coloured = 255 - coloured
    around = ((_BORDER, _BORDER), (_BORDER, _BORDER), (0, 0))
    return np.pad(coloured, around, constant_values=255)
