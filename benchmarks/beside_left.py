"""Plants in what programs and systems leave behind: rubbish, names of folders, attributes."""

import io
import os
import plistlib
import sqlite3
import struct
import tarfile
from collections.abc import Callable
from pathlib import Path

from PIL import Image, PngImagePlugin

from benchmarks.beside_plant import Field, Plant, held, kept, written
from benchmarks.compounds import compound
from tests.read import remnants

_NAME, _FAMILY, _NUMBER, _EMAIL = Field.NAME, Field.FAMILY, Field.NUMBER, Field.EMAIL


def _under(value: str) -> str:
    return value.replace(" ", "_")


def _remnant(write: remnants.Write, file: str) -> Callable[[Path, str, int], str]:
    """What a program leaves that knew three folders, one of them named after somebody."""

    def planted(folder: Path, value: str, number: int) -> str:
        write(folder, [_under(value), f"series_{number}", "derived"])
        return file

    return planted


def _one(write: remnants.Write, file: str) -> Callable[[Path, str, int], str]:
    """The same, where each name has a file of its own."""

    def planted(folder: Path, value: str, _number: int) -> str:
        write(folder, [value])
        return file

    return planted


# --- of editors, shells and processes ------------------------------------------------------------


def _swap_text(value: str, number: int) -> bytes:
    """A swap file of Vim with the block of lines in which the text is."""
    head = remnants.swap(f"/srv/u/notes-{number}.txt", "u")
    lines = f"Protocol {number}\0Patient name: {value}\0".encode()
    block = b"ad" + struct.pack("<HIII", 0, 16, 4096 - len(lines), 4096)
    return head + block.ljust(4096 - len(lines), b"\0") + lines


def _core(value: str, number: int) -> bytes:
    """A core dump: a head, a stack with arguments and environment, and much else."""
    head = b"\x7fELF\2\1\1" + bytes(9) + struct.pack("<HHI", 4, 62, 1)
    stack = (
        f"dcm2niix\0-o\0/out/{number}\0/data/raw/{_under(value)}/MR\0HOME=/srv/u\0"
        f"Patient name: {value}\0"
    ).encode()
    return head.ljust(4096, b"\0") + bytes(20_000) + stack + bytes(range(256)) * 40


def _mail_draft(value: str, number: int) -> bytes:
    return f"Dear colleague,\n\npatient's name is {value}, run {number}.\n".encode()


def _git_blob(folder: Path, value: str, number: int) -> str:
    """A repository from which a list was removed again: it is left in an object."""
    top = folder / "repo"
    top.mkdir()
    remnants.git(top, "init", "-q")
    (top / "list.csv").write_text(f"code,surname\nsub-{number:03},{value}\n", encoding="utf-8")
    remnants.git(top, "add", "-A")
    remnants.git(top, "commit", "-qm", "one")
    remnants.git(top, "rm", "-q", "list.csv")
    remnants.git(top, "commit", "-qm", "two")
    return "repo/.git/objects"


def _git_message(folder: Path, value: str, number: int) -> str:
    top = folder / "repo"
    top.mkdir()
    remnants.git(top, "init", "-q")
    remnants.git(top, "commit", "-q", "--allow-empty", "-m", f"Add patient {value} ({number})")
    return "repo/.git"


# --- of desktops ---------------------------------------------------------------------------------


def _thumbnail(value: str, number: int) -> bytes:
    """A thumbnail of a desktop, which says of what file it is."""
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Thumb::URI", f"file:///data/raw/{_under(value).encode().hex('%')}/a.png")
    texts.add_text("Thumb::MTime", f"17000000{number:02}")
    texts.add_itxt("Description", f"Patient name: {value}")
    stream = io.BytesIO()
    Image.new("RGB", (16, 16), (number % 256, 0, 0)).save(stream, "PNG", pnginfo=texts)
    return stream.getvalue()


def _browser(folder: Path, value: str, number: int) -> str:
    """What a browser knows of downloads."""
    database = sqlite3.connect(folder / "History")
    database.execute("CREATE TABLE downloads (id INTEGER, target_path TEXT, tab_url TEXT)")
    path = f"/srv/u/Downloads/{_under(value)}_MR.zip"
    row = (number, path, "https://pacs.example.org/export")
    database.execute("INSERT INTO downloads VALUES (?, ?, ?)", row)
    database.commit()
    database.close()
    return "History"


def _zone(value: str, _number: int) -> str:
    return (
        "[ZoneTransfer]\r\nZoneId=3\r\nReferrerUrl=https://pacs.example.org/\r\n"
        f"HostUrl=https://pacs.example.org/export/{_under(value)}.zip\r\n"
    )


def _jump_list(value: str, number: int) -> bytes:
    link = remnants.link(f"D:\\export\\{_under(value)}")
    return compound({f"{number + 1:x}": link, "DestList": bytes(32)})


def _synology(folder: Path, value: str, number: int) -> str:
    """What a storage box keeps beside each file."""
    path = f"@eaDir/{_under(value)}_MR_{number}.zip@SynoEAStream"
    return kept(folder, path, b"\0\5\x16\7" + bytes(60))


# --- attributes ----------------------------------------------------------------------------------


def _attribute(name: str, told: Callable[[str], bytes]) -> Callable[[Path, str, int], str]:
    def write(folder: Path, value: str, number: int) -> str:
        kept(folder, "data.bin", bytes(64 + number))
        os.setxattr(folder / "data.bin", name, told(value))
        return "data.bin"

    return write


def _where_from(value: str) -> bytes:
    told = [f"https://pacs.example.org/{_under(value)}.zip", "https://pacs.example.org"]
    return plistlib.dumps(told, fmt=plistlib.FMT_BINARY)


def _on_folder(folder: Path, value: str, _number: int) -> str:
    (folder / "series").mkdir()
    told = f"Patient name: {value}".encode()
    os.setxattr(folder / "series", "user.xdg.comment", told)
    return "series"


def _owner_in_tar(folder: Path, value: str, number: int) -> str:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w", format=tarfile.PAX_FORMAT) as made:
        member = tarfile.TarInfo(f"series/{number}.bin")
        member.size, member.uname = 16, value
        made.addfile(member, io.BytesIO(bytes(16)))
    return kept(folder, "a.tar", stream.getvalue())


def _attribute_in_tar(folder: Path, value: str, number: int) -> str:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w", format=tarfile.PAX_FORMAT) as made:
        member = tarfile.TarInfo(f"series/{number}.bin")
        member.size = 16
        member.pax_headers = {
            "SCHILY.xattr.user.xdg.comment": f"Patient name: {value}",
            "comment": f"Patient name: {value}",
        }
        made.addfile(member, io.BytesIO(bytes(16)))
    return kept(folder, "a.tar", stream.getvalue())


PLANTS = {
    "leftovers": (
        Plant("ds-store", _NAME, _remnant(remnants.ds_store, ".DS_Store")),
        Plant("thumbs-db", _NAME, _remnant(remnants.thumbs, "Thumbs.db")),
        Plant("apple-double", _NAME, _one(remnants.apple_doubles, "._0.dcm")),
        Plant("trash-info", _NAME, _one(remnants.trash_info, ".Trash-1000/info/0.trashinfo")),
        Plant("recycle-bin", _NAME, _one(remnants.recycled, "$RECYCLE.BIN/S-1-5-21-1/$I000000")),
        Plant(
            "recycle-bin-old",
            _NAME,
            _one(remnants.recycled_old, "$RECYCLE.BIN/S-1-5-21-1/$I000000"),
        ),
        Plant("recycler", _NAME, _one(remnants.info2, "RECYCLER/INFO2")),
        Plant("desktop-ini", _NAME, _remnant(remnants.desktop_ini, "desktop.ini")),
        Plant("shell-link", _NAME, _one(remnants.links, "0000.lnk")),
        Plant("swap-path", _NAME, _one(remnants.swaps, ".0.txt.swp")),
        Plant("office-owner", _NAME, _one(remnants.owners, "~$0.docx")),
        Plant("recently-used", _NAME, _remnant(remnants.recent, "recently-used.xbel")),
        Plant("internet-shortcut", _NAME, _one(remnants.shortcuts, "0.url")),
        Plant("checksums", _NAME, _remnant(remnants.checksums, "SHA256SUMS")),
        Plant("listing-find", _NAME, _remnant(remnants.found, "what-was-here.txt")),
        Plant("listing-ls", _NAME, _remnant(remnants.listed, "old.txt")),
        Plant("listing-dir", _NAME, _remnant(remnants.dir_listing, "dir.txt")),
        Plant("file-list", _NAME, _remnant(remnants.file_list, "rsync.filelist")),
        Plant("gzip-name", _NAME, _one(remnants.gzipped, "0000.nii.gz")),
        Plant("git-tree", _NAME, _remnant(remnants.git_loose, "repository/.git")),
        Plant("git-pack", _NAME, _remnant(remnants.git_pack, "repository/.git")),
        Plant("git-file", _FAMILY, _git_blob),
        Plant("git-message", _NAME, _git_message),
        Plant("swap-text", _NAME, held(".notes.txt.swp", _swap_text)),
        Plant("core-dump", _NAME, held("core.4711", _core)),
        Plant("lost-and-found", _NAME, held("lost+found/#12345", _mail_draft)),
        Plant("backup-copy", _NAME, held("letter.txt~", _mail_draft)),
        Plant("thumbnail", _NAME, held(".thumbnails/normal/0a1b.png", _thumbnail)),
        Plant("browser-downloads", _NAME, _browser),
        Plant("zone-identifier", _NAME, written("a.zip:Zone.Identifier", _zone)),
        Plant("jump-list", _NAME, held("5d696d521de238c3.automaticDestinations-ms", _jump_list)),
        Plant("synology", _NAME, _synology),
    ),
    "attributes and owners": (
        Plant(
            "xattr-comment",
            _NAME,
            _attribute("user.xdg.comment", lambda v: f"patient: {v}".encode()),
        ),
        Plant(
            "xattr-origin",
            _NAME,
            _attribute(
                "user.xdg.origin.url", lambda v: f"https://pacs.test/{_under(v)}/1.zip".encode()
            ),
        ),
        Plant(
            "xattr-where-froms",
            _NAME,
            _attribute("user.com.apple.metadata:kMDItemWhereFroms", _where_from),
        ),
        Plant(
            "xattr-wide",
            _NAME,
            _attribute("user.note", lambda v: f"Patient name: {v}".encode("utf-16-le")),
        ),
        Plant("xattr-email", _EMAIL, _attribute("user.mime.from", str.encode)),
        Plant("xattr-folder", _NAME, _on_folder),
        Plant("tar-owner", _NAME, _owner_in_tar),
        Plant("tar-attribute", _NAME, _attribute_in_tar),
    ),
}
"""All plants of this module, by kind of place."""
