"""Files that tell names, written by the programs that write such files, or byte by byte."""

import bz2
import gzip
import hashlib
import io
import lzma
import os
import plistlib
import struct
import subprocess
import tarfile
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from urllib.parse import quote

from vestige.model import Entry, Kind
from vestige.read.file import open_source
from vestige.read.ghosts import Ghosts, Reader

Write = Callable[[Path, Sequence[str]], None]

GIT = {
    "GIT_AUTHOR_NAME": "a",
    "GIT_AUTHOR_EMAIL": "a@example.org",
    "GIT_COMMITTER_NAME": "a",
    "GIT_COMMITTER_EMAIL": "a@example.org",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
}


def ds_store(folder: Path, names: Sequence[str]) -> None:
    """A .DS_Store."""
    (folder / ".DS_Store").write_bytes(ds_store_of_many(names))


def ds_store_of_many(names: Sequence[str], at_once: int = 40) -> bytes:
    """A .DS_Store with a tree of two levels, byte by byte: the package fails to write one."""
    records = [
        struct.pack(">I", len(name)) + name.encode("utf-16-be") + b"Ilocblob" + _LOCATION
        for name in sorted(names)
    ]
    leaves, middle = [], b""
    first = 3
    while records:
        leaf, records = records[:at_once], records[at_once:]
        leaves.append(struct.pack(">II", 0, len(leaf)) + b"".join(leaf))
        if records:
            middle += struct.pack(">I", first + len(leaves) - 1) + records.pop(0)
    last, count = first + len(leaves) - 1, len(leaves) - 1
    nodes = [struct.pack(">II", last, count) + middle, *leaves]
    master = struct.pack(">IIIII", 2, 1, len(names), len(nodes), 4096)
    blocks = [0x800 | 11, 0x20 | 5, *(0x1000 * (n + 1) | 12 for n in range(len(nodes)))]
    info = struct.pack(">II", len(blocks), 0) + struct.pack(f">{len(blocks)}I", *blocks)
    info = (
        info.ljust(8 + 4 * 256, b"\0") + struct.pack(">I", 1) + b"\x04DSDB" + struct.pack(">I", 1)
    )
    data = b"\0\0\0\1Bud1" + struct.pack(">III", 0x800, 0x800, 0x800)
    data = data.ljust(0x24, b"\0") + master
    data = data.ljust(0x804, b"\0") + info + b"\0" * 128
    for number, node in enumerate(nodes):
        data = data.ljust(0x1004 + 0x1000 * number, b"\0") + node
    return data.ljust(0x1004 + 0x1000 * len(nodes), b"\0")


_LOCATION = struct.pack(">IIIII", 16, 100, 200, 0xFFFFFFFF, 0xFFFF0000)


def thumbs(folder: Path, names: Sequence[str]) -> None:
    """A Thumbs.db with a catalog."""
    (folder / "Thumbs.db").write_bytes(compound(catalog(names)))


def catalog(names: Sequence[str]) -> bytes:
    found = struct.pack("<HHIII", 16, 7, len(names), 96, 96)
    for number, name in enumerate(names, 1):
        text = name.encode("utf-16-le") + b"\0\0\0\0\0\0"
        found += struct.pack("<IIQ", 16 + len(text), number, 131_000_000_000_000_000) + text
    return found


def compound(stream: bytes, name: str = "Catalog", sector: int = 512) -> bytes:
    """A compound file with one stream, which is made so long that it lies in whole sectors."""
    stream = stream.ljust(4096, b"\0")
    sectors = -(-len(stream) // sector)
    per_table = sector // 4
    tables = 1
    while sectors + 1 + tables > tables * per_table:
        tables += 1
    first = tables + 1
    fat = [0xFFFFFFFD] * tables + [0xFFFFFFFE]
    fat += [first + n + 1 for n in range(sectors - 1)] + [0xFFFFFFFE]
    fat += [0xFFFFFFFF] * (tables * per_table - len(fat))
    head = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 16
    head += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, sector.bit_length() - 1, 6)
    head += struct.pack("<III", 0, tables, tables)
    head += struct.pack("<II", 0, 4096) + struct.pack("<IIII", 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    head += struct.pack("<109I", *[*range(tables), *[0xFFFFFFFF] * (109 - tables)])
    entries = _entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + _entry(name, 2, -1, first, len(stream))
    entries = entries.ljust(sector, b"\0")
    body = struct.pack(f"<{len(fat)}I", *fat) + entries + stream
    return head.ljust(512, b"\0") + body + b"\0" * (-len(body) % sector)


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    text = name.encode("utf-16-le")
    child = child if child >= 0 else 0xFFFFFFFF
    links = struct.pack("<BBIII", kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
    return (
        text.ljust(64, b"\0")
        + struct.pack("<H", len(text) + 2)
        + links
        + b"\0" * 36
        + struct.pack("<IQ", start, size)
    )


def zipped(folder: Path, names: Sequence[str]) -> None:
    with zipfile.ZipFile(folder / "export.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for number, name in enumerate(names):
            archive.writestr(f"data/{name}/IM{number:04}.dcm", b"x" * 100)


def tarred(folder: Path, names: Sequence[str], kind: int = tarfile.PAX_FORMAT) -> None:
    (folder / "export.tar").write_bytes(tar(names, kind))


def tar(names: Sequence[str], kind: int = tarfile.PAX_FORMAT) -> bytes:
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w", format=kind) as archive:
        for number, name in enumerate(names):
            member = tarfile.TarInfo(f"data/{name}/IM{number:04}.dcm")
            member.size = 700
            archive.addfile(member, io.BytesIO(b"x" * 700))
    return data.getvalue()


def tar_gz(folder: Path, names: Sequence[str]) -> None:
    (folder / "export.tgz").write_bytes(gzip.compress(tar(names, tarfile.GNU_FORMAT)))


def tar_xz(folder: Path, names: Sequence[str]) -> None:
    (folder / "export.tar.xz").write_bytes(lzma.compress(tar(names)))


def tar_bz2(folder: Path, names: Sequence[str]) -> None:
    (folder / "export.tar.bz2").write_bytes(bz2.compress(tar(names)))


def gzipped(folder: Path, names: Sequence[str]) -> None:
    """Files of gzip, which keeps names as they are, in whatever encoding."""
    for number, name in enumerate(names):
        packed = gzip.compress(b"x" * 500)
        head = packed[:3] + b"\x08" + packed[4:10] + f"{name}.nii".encode() + b"\0"
        (folder / f"{number:04}.nii.gz").write_bytes(head + packed[10:])


def trash_info(folder: Path, names: Sequence[str]) -> None:
    trash = folder / ".Trash-1000" / "info"
    trash.mkdir(parents=True)
    for number, name in enumerate(names):
        path = quote(f"export/{name}")
        text = f"[Trash Info]\nPath={path}\nDeletionDate=2024-03-0{1 + number % 9}T10:00:00\n"
        (trash / f"{number}.trashinfo").write_text(text, encoding="ascii")


def recycled(folder: Path, names: Sequence[str], version: int = 2) -> None:
    trash = folder / "$RECYCLE.BIN" / "S-1-5-21-1"
    trash.mkdir(parents=True)
    for number, name in enumerate(names):
        path = f"D:\\export\\{name}".encode("utf-16-le") + b"\0\0"
        head = struct.pack("<QQQ", version, 1234, 133_000_000_000_000_000)
        head += struct.pack("<I", len(path) // 2) if version == 2 else b""
        body = path if version == 2 else path.ljust(520, b"\0")
        (trash / f"$I{number:06}").write_bytes(head + body)


def recycled_old(folder: Path, names: Sequence[str]) -> None:
    recycled(folder, names, 1)


def info2(folder: Path, names: Sequence[str]) -> None:
    (folder / "RECYCLER").mkdir()
    data = struct.pack("<IIIII", 5, 0, 0, 800, 0)
    for number, name in enumerate(names):
        path = f"D:\\export\\{name}"
        record = path.encode("cp1252", "replace").ljust(260, b"\0")
        record += struct.pack("<IIQI", number, 3, 133_000_000_000_000_000, 1)
        data += record + path.encode("utf-16-le").ljust(520, b"\0")
    (folder / "RECYCLER" / "INFO2").write_bytes(data)


def desktop_ini(folder: Path, names: Sequence[str]) -> None:
    lines = ["[.ShellClassInfo]", "IconResource=C:\\Windows\\system32\\SHELL32.dll,4"]
    lines += ["[LocalizedFileNames]", *(f"{name}=@shell32.dll,-1" for name in names)]
    (folder / "desktop.ini").write_bytes("\r\n".join(lines).encode("utf-16"))


def links(folder: Path, names: Sequence[str]) -> None:
    for number, name in enumerate(names):
        (folder / f"{number:04}.lnk").write_bytes(link(f"D:\\export\\{name}"))


def link(path: str) -> bytes:
    """A shell link with an ANSI path in its LinkInfo, and a relative one in UTF-16."""
    head = bytes.fromhex("4c0000000114020000000000c000000000000046")
    head += struct.pack("<II", 0x02 | 0x08 | 0x80, 0x20).ljust(0x4C - 20, b"\0")
    volume = struct.pack("<IIII", 17, 3, 1, 16) + b"\0"
    text = path.encode("cp1252", "replace") + b"\0"
    start = 0x1C + len(volume)
    size = start + len(text) + 1
    info = struct.pack("<7I", size, 0x1C, 1, 0x1C, start, 0, start + len(text)) + volume + text
    relative = "..\\" + path.rsplit("\\", 1)[1]
    wide = struct.pack("<H", len(relative)) + relative.encode("utf-16-le")
    return head + info + b"\0" + wide + b"\0\0\0\0"


def git(folder: Path, *arguments: str) -> None:
    environment = os.environ | GIT
    command = ["git", "-c", "init.defaultBranch=main", *arguments]
    subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True)


def repository(folder: Path, names: Sequence[str]) -> Path:
    """A repository in which files were kept and then removed."""
    folder = folder / "repository"
    folder.mkdir()
    git(folder, "init", "-q")
    (folder / "README").write_text("data", encoding="ascii")
    for name in names:
        (folder / "data" / name).mkdir(parents=True)
        (folder / "data" / name / "a.txt").write_text(name, encoding="utf-8")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "one")
    return folder


def git_index(folder: Path, names: Sequence[str]) -> None:
    """The files are gone, and the index does not know it yet; no object is left."""
    top = repository(folder, names)
    subprocess.run(["rm", "-r", "data", ".git/objects"], cwd=top, check=True)


def git_loose(folder: Path, names: Sequence[str]) -> None:
    """The files were removed in a further commit; their trees are left, each in a file."""
    top = repository(folder, names)
    git(top, "rm", "-rq", "data")
    git(top, "commit", "-qm", "two")


def git_pack(folder: Path, names: Sequence[str]) -> None:
    """The files were removed one after the other, and all trees went into one pack."""
    top = repository(folder, names)
    for name in names[: len(names) // 2]:
        git(top, "rm", "-rq", f"data/{name}")
        git(top, "commit", "-qm", "less")
    git(top, "rm", "-rq", "data")
    git(top, "commit", "-qm", "nothing")
    git(top, "gc", "-q", "--aggressive", "--prune=now")


def git_branches(folder: Path, names: Sequence[str]) -> None:
    top = repository(folder, ())
    for name in names:
        git(top, "branch", name.replace(" ", "_").replace(",", ""))
    git(top, "pack-refs", "--all")


def checksums(folder: Path, names: Sequence[str]) -> None:
    lines = [f"{hashlib.sha256(n.encode()).hexdigest()}  ./data/{n}/IM1.dcm\n" for n in names]
    (folder / "SHA256SUMS").write_text("".join(lines), encoding="utf-8")


def _tree(folder: Path, names: Sequence[str], *command: str) -> bytes:
    """What a command prints of folders that are gone afterwards."""
    top = folder / "was"
    for name in names:
        (top / "data" / name).mkdir(parents=True)
        (top / "data" / name / "IM1.dcm").touch()
    environment = os.environ | {"LC_ALL": "C.UTF-8", "TZ": "UTC"}
    done = subprocess.run(command, cwd=top, env=environment, check=True, capture_output=True)
    subprocess.run(["rm", "-r", os.fspath(top)], check=True)
    return done.stdout


def found(folder: Path, names: Sequence[str]) -> None:
    (folder / "what-was-here.txt").write_bytes(_tree(folder, names, "find", "."))


def listed(folder: Path, names: Sequence[str]) -> None:
    (folder / "old.txt").write_bytes(_tree(folder, names, "ls", "-lR"))


def listed_short(folder: Path, names: Sequence[str]) -> None:
    (folder / "old.txt").write_bytes(_tree(folder, names, "ls", "-R"))


def file_list(folder: Path, names: Sequence[str]) -> None:
    lines = (f"data/{name}/IM1.dcm\n" for name in names)
    (folder / "rsync.filelist").write_text("".join(lines), encoding="utf-8")


def dir_listing(folder: Path, names: Sequence[str]) -> None:
    lines = [" Volume in drive D has no label.", " Volume Serial Number is 1234-ABCD", ""]
    lines += [" Directory of D:\\export", "", "03/01/2024  10:00 AM    <DIR>          ."]
    lines += [f"03/01/2024  10:00 AM    <DIR>          {name}" for name in names]
    text = "\r\n".join([*lines, "               0 File(s)              0 bytes", ""])
    (folder / "dir.txt").write_bytes(text.encode("utf-8"))


def swaps(folder: Path, names: Sequence[str]) -> None:
    for number, name in enumerate(names):
        (folder / f".{number}.txt.swp").write_bytes(swap(f"~maria/export/{name}/notes.txt"))


def swap(path: str, user: str = "mquintero") -> bytes:
    head = b"b0VIM 9.0\0\0\0" + struct.pack("<IIII", 4096, 0, 0, 77)
    head += user.encode().ljust(40, b"\0") + b"station".ljust(40, b"\0")
    return (head + path.encode().ljust(900, b"\0")).ljust(4096, b"\0") + b"tp" + b"\0" * 4094


def owners(folder: Path, names: Sequence[str]) -> None:
    for number, name in enumerate(names):
        (folder / f"~${number}.docx").write_bytes(owner(name))


def owner(name: str) -> bytes:
    narrow = name.encode("cp1252", "replace")[:52]
    head = bytes([len(narrow)]) + narrow.ljust(53, b"\0")
    return (head + struct.pack("<H", len(name)) + name.encode("utf-16-le")).ljust(162, b"\0")


def apple_doubles(folder: Path, names: Sequence[str]) -> None:
    for number, name in enumerate(names):
        (folder / f"._{number}.dcm").write_bytes(apple_double(name))


def apple_double(name: str) -> bytes:
    where = [f"https://pacs.example.org/export/{quote(name)}.zip", "https://pacs.example.org/"]
    plist = plistlib.dumps(where, fmt=plistlib.FMT_BINARY)
    attribute = b"com.apple.metadata:kMDItemWhereFroms\0"
    info = b"\0" * 34 + b"ATTR" + b"\0" * 32
    info += struct.pack(">IIHB", 200, len(plist), 0, len(attribute)) + attribute + plist
    head = struct.pack(">II16xH", 0x00051607, 0x00020000, 1) + struct.pack(">III", 9, 38, len(info))
    return head + info


def recent(folder: Path, names: Sequence[str]) -> None:
    marks = "".join(
        f'<bookmark href="file:///data/export/{quote(name)}" added="2024-01-01T00:00:00Z"/>\n'
        for name in names
    )
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n<xbel version="1.0">\n{marks}</xbel>\n'
    (folder / "recently-used.xbel").write_text(text, encoding="utf-8")


def shortcuts(folder: Path, names: Sequence[str]) -> None:
    for number, name in enumerate(names):
        text = f"[InternetShortcut]\r\nURL=file:///D:/export/{quote(name)}\r\nIconIndex=0\r\n"
        (folder / f"{number}.url").write_text(text, encoding="ascii")


def reading(path: Path) -> Ghosts | None:
    """What is read of a file."""
    entry = entry_of(path)
    with open_source(entry) as source:
        return Reader().read(source, entry)


def entry_of(path: Path) -> Entry:
    status = path.stat()
    name, raw = os.fsencode(path.name), os.fsencode(path)
    times = (status.st_mtime_ns, status.st_ctime_ns)
    return Entry(1, 0, name, raw, Kind.FILE, status.st_size, *times, status.st_ino)


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def names_of(ghosts: Ghosts | None) -> set[str]:
    """All names that are told."""
    assert ghosts is not None
    return {name.decode("utf-8", "replace") for folder in ghosts.folders for name in folder.names}


def told_in(folder: Path) -> set[str]:
    """All names that the files of a folder tell."""
    read = [reading(path) for path in files(folder)]
    return {name for ghosts in read if ghosts is not None for name in names_of(ghosts)}


FORMATS: dict[str, Write] = {
    one.__name__: one
    for one in (
        *(ds_store, thumbs, zipped, tarred, tar_gz, tar_xz, tar_bz2, gzipped),
        *(trash_info, recycled, recycled_old, info2, desktop_ini, links),
        *(git_index, git_loose, git_pack, git_branches),
        *(checksums, found, listed, listed_short, file_list, dir_listing),
        *(swaps, owners, apple_doubles, recent, shortcuts),
    )
}
