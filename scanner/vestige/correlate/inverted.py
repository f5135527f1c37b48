"""CRC-32 inverted: which of many texts have a wanted sum, without a sum of each.

A CRC is affine: what the last bytes of a text add to it does not hang on those before them. So the
sums of all ends are made once, and each beginning asks them for what it lacks of a wanted sum.
"""

from collections.abc import Iterator, Sequence
from zlib import crc32


class Ends:
    """The last bytes that texts may have: all different, of one length, four at most."""

    def __init__(self, ends: Sequence[bytes]) -> None:
        self._zeros = bytes(len(ends[0]))
        self._nothing = crc32(self._zeros)
        self._ends = {crc32(end): end for end in ends}
        self._sums = frozenset(self._ends)

    def texts(self, begin: bytes, sums: frozenset[int]) -> Iterator[bytes]:
        """The texts that start so and have one of the sums, in no order."""
        added = crc32(self._zeros, crc32(begin)) ^ self._nothing
        if len(sums) < len(self._sums):
            found = {one ^ added for one in sums} & self._sums
        else:
            found = {one for one in self._sums if one ^ added in sums}
        return (begin + self._ends[one] for one in found)
