"""Names in tar archives, and the name that gzip keeps of its content."""

import re

OWNER = "owner in a tar archive"
GZIP = "name in a gzip file"

_BLOCK = 512
_CHECKSUM = re.compile(rb"[ 0]{0,6}([0-7]{1,6})[\0 ]")
_STORED_NAME, _COMMENT = 0x08, 0x10
_EXTRA = 0x04
_LINKS = (b"1", b"2")


def is_tar(block: bytes) -> bool:
    """Whether bytes begin with the head of a member, by its checksum (POSIX pax, ustar)."""
    stated = _CHECKSUM.match(block, 148) if len(block) >= _BLOCK and block[0] else None
    if stated is None:
        return False
    return int(stated[1], 8) == sum(block[:148]) + sum(block[156:_BLOCK]) + 8 * 32


def stored(first: bytes) -> bytes:
    """The name that the head of a gzip file states (RFC 1952 section 2.3)."""
    at = _behind_extra(first)
    return first[at:].split(b"\0", 1)[0][:1024] if at and first[3] & _STORED_NAME else b""


def comment(first: bytes) -> bytes:
    """The comment in the head of a gzip file, which follows its name."""
    at = _behind_extra(first)
    if not at or not first[3] & _COMMENT:
        return b""
    rest = first[at:].split(b"\0", 1)[1:] if first[3] & _STORED_NAME else [first[at:]]
    return b"".join(rest).split(b"\0", 1)[0]


def _behind_extra(first: bytes) -> int:
    """Where the head of a gzip file goes on behind its extra field; 0 if it is none."""
    at = 10
    if len(first) < at or not first.startswith(b"\x1f\x8b\x08"):
        return 0
    if first[3] & _EXTRA:
        at += 2 + int.from_bytes(first[at : at + 2], "little")
    return at


def name(head: bytes) -> bytes:
    """The name in a head, behind its prefix where the format has one."""
    name, prefix = head[:100].split(b"\0", 1)[0], head[345:500].split(b"\0", 1)[0]
    return prefix + b"/" + name if prefix and head[257:263] == b"ustar\0" else name


def links(head: bytes) -> bytes:
    """The target of a link; b"" of other members."""
    return head[157:257].split(b"\0", 1)[0] if head[156:157] in _LINKS else b""


def owners(head: bytes) -> tuple[bytes, ...]:
    """Whose a member was: user and group, where the format has them."""
    if head[257:262] != b"ustar":
        return ()
    return head[265:297].split(b"\0", 1)[0], head[297:329].split(b"\0", 1)[0]


def number(field: bytes) -> int:
    """A number in octal digits, or in base 256 if it is a large one; ValueError if neither."""
    if field[0] & 0x80:
        return int.from_bytes(bytes([field[0] & 0x7F]) + field[1:], "big")
    digits = field.strip(b" \0")
    return int(digits, 8) if digits else 0
