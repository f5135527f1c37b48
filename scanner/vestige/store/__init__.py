"""The scan file: one SQLite file a scan, and the only SQL of Vestige.

Entries are committed in pre-order, whole batches at a time: what is in the file is a prefix of the
tree, so that an interrupted scan can go on where it ended. It holds names of entries, masked
values and keyed digests, never the value of a header.
"""

from vestige.store.clearing import UNKNOWN_CLASS, Cleared, Clearing
from vestige.store.contents import Kept
from vestige.store.copied import copied
from vestige.store.earlier import Earlier, Known
from vestige.store.earlier import Value as EarlierValue
from vestige.store.entries import Entries
from vestige.store.holdings import HeldEntry, HeldFolder, Holdings
from vestige.store.places import Place, Places
from vestige.store.rows import Facts, Outcome, Row, SeriesFacts
from vestige.store.schema import failures
from vestige.store.series import SeriesRow
from vestige.store.store import Store
from vestige.store.traces import Extents, Held
from vestige.store.trees import SoftwareTree
from vestige.store.values import VALUES_KEPT

__all__ = [
    "UNKNOWN_CLASS",
    "VALUES_KEPT",
    "Cleared",
    "Clearing",
    "Earlier",
    "EarlierValue",
    "Entries",
    "Extents",
    "Facts",
    "Held",
    "HeldEntry",
    "HeldFolder",
    "Holdings",
    "Kept",
    "Known",
    "Outcome",
    "Place",
    "Places",
    "Row",
    "SeriesFacts",
    "SeriesRow",
    "SoftwareTree",
    "Store",
    "copied",
    "failures",
]
