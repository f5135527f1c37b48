"""Where shell links lead."""

import struct

from tests.read.remnants import link, names_of
from vestige.read import shell_link
from vestige.read.pages import Held
from vestige.read.recorded import UNREAD


def test_the_local_path_and_the_relative_one_are_told() -> None:
    ghosts = shell_link.read(Held(link("D:\\export\\Zargothy, Ada\\one.dcm")))
    assert names_of(ghosts) == {"export", "Zargothy, Ada", "one.dcm"}
    assert ghosts is not None
    assert ghosts.flaws == ()
    assert not ghosts.whole


def test_items_of_a_target_are_told_by_their_long_names() -> None:
    item = b"\x31\x00" + b"\0" * 10 + b"ZARGOT~1\0\0" + b"\x04\x00\xef\xbe" + b"\0" * 16
    item += "Zargothy Ada".encode("utf-16-le") + b"\0\0\x18\0"
    items = struct.pack("<H", len(item) + 2) + item + b"\0\0"
    data = bytearray(link("D:\\x"))
    flags = struct.unpack_from("<I", data, 0x14)[0] | 1
    struct.pack_into("<I", data, 0x14, flags)
    data[0x4C:0x4C] = struct.pack("<H", len(items)) + items
    assert "Zargothy Ada" in names_of(shell_link.read(Held(bytes(data))))


def test_shares_are_told() -> None:
    share, rest = b"\\\\pacs\\export\0", b"Zargothy\\one.dcm\0"
    network = struct.pack("<5I", 20 + len(share), 2, 20, 0, 0x20000) + share
    start = 0x1C + len(network)
    info = struct.pack("<7I", start + len(rest), 0x1C, 2, 0, 0, 0x1C, start) + network + rest
    data = bytearray(link("D:\\x"))[:0x4C] + info + struct.pack("<H", 1) + b"a\0"
    assert names_of(shell_link.read(Held(bytes(data)))) >= {"pacs", "export", "Zargothy", "one.dcm"}


def test_paths_in_utf_16_come_first() -> None:
    local, wide = b"D:\\M?ller\0", "D:\\Müller".encode("utf-16-le") + b"\0\0"
    start = 0x24
    at = start + len(local) + 1
    size = at + len(wide) + 2
    info = struct.pack("<9I", size, 0x24, 1, 0, start, 0, at - 1, at, at + len(wide)) + local
    data = bytearray(link("D:\\x"))[:0x4C] + info + b"\0" + wide + b"\0\0"
    data += struct.pack("<H", 1) + b"a\0"
    assert names_of(shell_link.read(Held(bytes(data)))) == {"Müller", "a"}


def test_a_link_that_breaks_off_is_told() -> None:
    data = link("D:\\export\\Zargothy")
    ghosts = shell_link.read(Held(data[:-10]))
    assert ghosts is not None
    assert ghosts.flaws == (UNREAD,)


def test_what_is_none_is_not_taken_for_one() -> None:
    assert shell_link.read(Held(b"\x4c\0\0\0" + b"x" * 100)) is None
