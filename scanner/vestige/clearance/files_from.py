"""Lists of what to transfer, as rclone and rsync take them; a name that none can carry is counted.

Rclone takes a path a line, and writes control characters, and what stands for them, otherwise than
they are. Rsync takes names that end in NUL, but a name that begins with # or ; for a comment.
"""

import re
from collections.abc import Iterable, Iterator

_BROKEN = re.compile("[\x00-\x1f\x7f\u201b\u2400-\u2421]")
"""What breaks a line, and what rclone maps to other characters, or from them."""

_COMMENT = (b"#", b";")


def refused(paths: Iterable[bytes]) -> int:
    """How many paths a list by lines cannot carry."""
    texts = (path.decode("utf-8", "surrogateescape") for path in paths)
    return sum(_BROKEN.search(text) is not None for text in texts)


def by_lines(paths: Iterable[bytes]) -> Iterator[bytes]:
    """The list for `rclone --files-from-raw`."""
    return (path + b"\n" for path in paths)


def by_nul(paths: Iterable[bytes]) -> Iterator[bytes]:
    """The list for `rsync --from0 --files-from`, which carries every name."""
    return ((b"./" if path.startswith(_COMMENT) else b"") + path + b"\0" for path in paths)
