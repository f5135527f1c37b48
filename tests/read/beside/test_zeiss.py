import struct

from tests.read.beside.given import MUTANTS, given, survived

_XML = b"<ImageDocument><Metadata><UserName>quintero</UserName></Metadata></ImageDocument>"


def _czi(*attachments: str) -> bytes:
    """A file of two segments behind its head: metadata, and the directory of attachments."""
    metadata = b"ZISRAWMETADATA".ljust(32, b"\0") + struct.pack("<I", len(_XML)).ljust(256, b"\0")
    metadata += _XML
    directory = b"ZISRAWATTDIR".ljust(32, b"\0")
    directory += struct.pack("<I", len(attachments)).ljust(256, b"\0")
    directory += b"".join(bytes(48) + name.encode().ljust(80, b"\0") for name in attachments)
    head = bytearray(544)
    head[:10] = b"ZISRAWFILE"
    head[92:100] = struct.pack("<Q", 544)
    head[104:112] = struct.pack("<Q", 544 + len(metadata))
    return bytes(head) + metadata + directory


def test_metadata_and_pictures_of_the_slide() -> None:
    found = given(_czi("Thumbnail", "Label"), "CZI")
    assert found.texts == {
        "CZI metadata": [_XML.decode()],
        "CZI attachment": ["Thumbnail", "Label"],
        "slide image": ["[slide image: label]"],
    }
    assert "slide image" not in given(_czi("Thumbnail"), "CZI").texts


def test_bytes_that_lie_are_read_within_bounds() -> None:
    assert survived(_czi("Label", "SlidePreview")) == MUTANTS
