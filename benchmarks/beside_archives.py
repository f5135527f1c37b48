"""Plants in archives: objects, tables and names in members, one inside the other."""

import bz2
import gzip
import io
import lzma
import tarfile
import uuid
import zipfile
from collections.abc import Callable, Mapping
from functools import partial
from itertools import pairwise
from pathlib import Path

from benchmarks.beside_plant import Field, Plant
from vestige.planting.dicom import Element, Form, Writing, part10
from vestige.text import shown

Files = Mapping[str, bytes]


def _zip(files: Files, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", method) as made:
        for name, content in files.items():
            made.writestr(name, content)
    return data.getvalue()


def _tar(files: Files, form: int = tarfile.PAX_FORMAT) -> bytes:
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w", format=form) as made:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            made.addfile(member, io.BytesIO(content))
    return data.getvalue()


def _image(name: str, number: int) -> bytes:
    """A small object with a Patient's Name."""
    uid = f"1.2.826.0.1.3680043.2.1125.{number + 1}.1".encode()
    told = (
        (0x00080005, "CS", b"ISO_IR 192"),
        (0x00080016, "UI", b"1.2.840.10008.5.1.4.1.1.2"),
        (0x00080018, "UI", uid),
        (0x00080060, "CS", b"CT"),
        (0x00100010, "PN", "^".join(reversed(name.split(" ", 1))).encode()),
        (0x00280010, "US", b"\x08\0"),
        (0x00280011, "US", b"\x08\0"),
        (0x7FE00010, "OW", bytes(128)),
    )
    return part10([Element(*one) for one in told], Writing(), Form.PART10)


def _table(value: str, number: int) -> bytes:
    rows = [f"sub-{n:03},{20 + n},{value if n == number % 9 else ''}" for n in range(9)]
    return "\n".join(("participant_id,age,apellidos", *rows, "")).encode()


def _letter(value: str, _number: int) -> bytes:
    return f"Dear colleague,\n\nthe patient's name is {value}.\n\nKind regards\n".encode()


def _held(
    pack: Callable[[Files], bytes],
    what: tuple[str, Callable[[str, int], bytes]],
    name: str,
    folder: Path,
    value: str,
    number: int,
) -> str:
    """A container that holds one file with the value, among others; `what` is its path and it."""
    inside, content = what
    beside = {"data/notes.txt": b"nothing of interest\n", "data/zeros.bin": bytes(2_000)}
    (folder / name).write_bytes(pack({**beside, inside: content(value, number)}))
    return f"{name}!/{inside}"


def _alone(
    pack: Callable[[bytes], bytes],
    content: Callable[[str, int], bytes],
    name: str,
    folder: Path,
    value: str,
    number: int,
) -> str:
    """A packed file, whose place is its own."""
    (folder / name).write_bytes(pack(content(value, number)))
    return name


def _in_name(
    pack: Callable[[Files], bytes], name: str, folder: Path, value: str, number: int
) -> str:
    """A container with a folder named after a person, over a code."""
    called = f"{value.replace(' ', '_')}_{uuid.UUID(int=number * 0x10001 + 7)}"
    (folder / name).write_bytes(pack({f"export/{called}/image": bytes(400)}))
    return f"{name}!/export/{shown(called, (), _no_word)}"


def _no_word(_word: str) -> bool:
    return False


def _nested(*packs: tuple[str, Callable[[Files], bytes]]) -> Callable[[Files], bytes]:
    """Containers in one another, the outermost first; each but that one has a name."""

    def packed(files: Files) -> bytes:
        data = packs[-1][1](files)
        for (_, pack), (name, _) in reversed(list(pairwise(packs))):
            data = pack({name: data})
        return data

    return packed


def _inside(
    packs: tuple[tuple[str, Callable[[Files], bytes]], ...],
    content: Callable[[str, int], bytes],
    folder: Path,
    value: str,
    number: int,
) -> str:
    """Containers in one another, of which the innermost holds the value."""
    (outer, _), *inner = packs
    way = "!/".join(name for name, _ in inner)
    told = _held(_nested(*packs), ("data/image", content), outer, folder, value, number)
    return told.replace("!/", f"!/{way}!/", 1)


def _named_inside(folder: Path, value: str, number: int) -> str:
    """A folder named after a person in an archive in an archive."""
    told = _in_name(_nested(("a.tar", _tar), ("b.zip", _zip)), "a.tar", folder, value, number)
    return told.replace("!/", "!/b.zip!/", 1)


def _gz(files: Files) -> bytes:
    return gzip.compress(_tar(files))


def _xz(files: Files) -> bytes:
    return lzma.compress(_tar(files))


def _program(files: Files) -> bytes:
    return b"MZ" + bytes(5_000) + _zip(files)


def _cut(files: Files) -> bytes:
    data = _zip(files)
    return data[: data.rindex(b"PK\x01\x02")]


def _cpio(files: Files) -> bytes:
    data = b""
    for name, content in {**files, "TRAILER!!!": b""}.items():
        called = name.encode() + b"\0"
        facts = (1, 0o100644, 0, 0, 1, 0, len(content), 0, 0, 0, 0, len(called), 0)
        data += b"070701" + b"".join(b"%08x" % one for one in facts) + called
        data += b"\0" * (-len(data) % 4) + content
        data += b"\0" * (-len(data) % 4)
    return data


def _ar(files: Files) -> bytes:
    data = b"!<arch>\n"
    for name, content in files.items():
        body = name.encode() + content
        data += b"#1/%-13d%-12d%-6d%-6d%-8o%-10d`\n" % (len(name), 0, 0, 0, 0o644, len(body))
        data += body + b"\n" * (len(body) % 2)
    return data


_NAME, _FAMILY = Field.NAME, Field.FAMILY

_PLANTS = (
    *(
        Plant(f"image in {name}", _NAME, partial(_held, pack, ("data/image", _image), "data.zip"))
        for name, pack in (
            ("stored.zip", partial(_zip, method=zipfile.ZIP_STORED)),
            ("deflated.zip", _zip),
            ("12.zip", partial(_zip, method=zipfile.ZIP_BZIP2)),
            ("14.zip", partial(_zip, method=zipfile.ZIP_LZMA)),
            ("cut.zip", _cut),
            ("program", _program),
            ("tar", _tar),
            ("gnu.tar", partial(_tar, form=tarfile.GNU_FORMAT)),
            ("tar.gz", _gz),
            ("tar.bz2", lambda files: bz2.compress(_tar(files))),
            ("tar.xz", _xz),
            ("bundle", _cpio),
            ("ar", _ar),
        )
    ),
    *(
        Plant(f"table-in-{name}", _FAMILY, partial(_held, pack, ("data/people.csv", _table), name))
        for name, pack in (("a.zip", _zip), ("a.tar.gz", _gz), ("a.tar.xz", _xz))
    ),
    Plant("letter-in-zip", _NAME, partial(_held, _zip, ("data/letter", _letter), "a.zip")),
    Plant("image.gz", _NAME, partial(_alone, gzip.compress, _image, "image.gz")),
    Plant("table.bz2", _FAMILY, partial(_alone, bz2.compress, _table, "table.bz2")),
    Plant("letter.xz", _NAME, partial(_alone, lzma.compress, _letter, "letter.xz")),
    *(
        Plant(
            f"image-in-{'-in-'.join(reversed([one for one, _ in packs]))}",
            _NAME,
            partial(_inside, packs, _image),
        )
        for packs in (
            (("a.zip", _zip), ("b.zip", _zip)),
            (("a.tar.xz", _xz), ("b.zip", _zip)),
            (("a.zip", _zip), ("b.tar.gz", _gz)),
            (("a.tar", _tar), ("b.tar.gz", _gz), ("a.zip", _zip)),
        )
    ),
    *(
        Plant(f"name-in-{name}", _NAME, partial(_in_name, pack, name))
        for name, pack in (("a.zip", _zip), ("a.tar.gz", _gz), ("a.bin", _cpio))
    ),
    Plant("name-in-zip-in-tar", _NAME, _named_inside),
)
PLANTS = {"archives": _PLANTS}
"""All plants of this module, by kind of place."""
