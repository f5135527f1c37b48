"""Paths in the formats of custody: as coreutils escapes them, in bags, and as JSON holds them.

Each is reversible for any bytes.
"""

import base64
import re

from vestige.model import SealError

_ESCAPED = {b"\\": b"\\\\", b"\n": b"\\n", b"\r": b"\\r"}
_TO_ESCAPE = re.compile(rb"[\\\n\r]")
_PLAIN = {escape: byte for byte, escape in _ESCAPED.items()}
_HEX = 64


def manifest_line(sha256: str, path: bytes) -> bytes:
    """A line for `sha256sum -c`: names with newlines or backslashes are escaped as coreutils does.

    A line whose name is escaped begins with a backslash.
    """
    if not _TO_ESCAPE.search(path):
        return b"%b  %b\n" % (sha256.encode("ascii"), path)
    escaped = _TO_ESCAPE.sub(lambda found: _ESCAPED[found.group()], path)
    return b"\\%b  %b\n" % (sha256.encode("ascii"), escaped)


def of_manifest_line(line: bytes) -> tuple[str, bytes]:
    """Digest and path of a line of a manifest; SealError if it is none."""
    body = line.rstrip(b"\n")
    escaped = body.startswith(b"\\")
    body = body[1:] if escaped else body
    digest, separator, path = body[:_HEX], body[_HEX : _HEX + 2], body[_HEX + 2 :]
    if not re.fullmatch(rb"[0-9a-f]{64}", digest) or separator not in (b"  ", b" *") or not path:
        raise SealError("a line of the manifest is no digest with a path")
    if escaped:
        path = re.sub(rb"\\[\\nr]", lambda found: _PLAIN[found.group()], path)
    return digest.decode("ascii"), path


def json_path(path: bytes, name: str = "path") -> dict[str, str]:
    """A path as JSON can hold it: as text, and as bytes too where it is no UTF-8."""
    try:
        return {name: path.decode("utf-8")}
    except UnicodeDecodeError:
        shown = path.decode("utf-8", "backslashreplace")
        return {name: shown, f"{name}_bytes": base64.b64encode(path).decode("ascii")}


def of_json_path(held: dict[str, object], name: str = "path") -> bytes:
    """The path that JSON holds; SealError if there is none."""
    raw, text = held.get(f"{name}_bytes"), held.get(name)
    try:
        if isinstance(raw, str):
            return base64.b64decode(raw, validate=True)
        if isinstance(text, str):
            return text.encode("utf-8")
    except ValueError:
        pass
    raise SealError(f"a line of the state holds no {name}")


def bag_name(path: bytes) -> str:
    """The name under which a file stands in a bag: every reader of BagIt finds it again.

    RFC 8493 escapes line ends and percent signs in manifests, and not all readers undo it alike;
    of these, of equals signs, and of bytes that are no UTF-8, the hexadecimal value stands after an
    equals sign, in the name itself.
    """
    safe = re.sub(rb"[%=\r\n]", _equals, path)
    try:
        return safe.decode("utf-8")
    except UnicodeDecodeError:
        return re.sub(rb"[\x80-\xff]", _equals, safe).decode("ascii")


def _equals(found: re.Match[bytes]) -> bytes:
    return b"=%02X" % found.group()[0]
