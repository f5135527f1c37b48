"""Archives of ar and cpio."""

import pytest

from tests.read.beside.packing import FILES, LETTER, NOISE, files_in, lost_in, names_in


def ar(files: dict[str, bytes], *, bsd: bool = False) -> bytes:
    data, names = b"", b""
    for name, content in files.items():
        told, body = f"{name}/".encode(), content
        if bsd:
            told, body = b"#1/%d" % len(name), name.encode() + content
        elif len(told) > 16:
            told, names = b"/%d" % len(names), names + told + b"\n"
        data += b"%-16s%-12d%-6d%-6d%-8o%-10d`\n" % (told, 0, 0, 0, 0o644, len(body))
        data += body + b"\n" * (len(body) % 2)
    table = b"%-16s%-32s%-10d`\n" % (b"//", b"", len(names)) + names + b"\n" * (len(names) % 2)
    return b"!<arch>\n" + (table if names else b"") + data


def cpio(files: dict[str, bytes], *, old: bool = False) -> bytes:
    data = b""
    for name, content in {"folder": b"", **files, "TRAILER!!!": b""}.items():
        mode, called = (0o040755 if name == "folder" else 0o100644), name.encode() + b"\0"
        if old:
            told = (0, 1, mode, 0, 0, 1, 0)
            data += b"070707" + b"".join(b"%06o" % one for one in told)
            data += b"%011o%06o%011o" % (0, len(called), len(content)) + called + content
            continue
        facts = (1, mode, 0, 0, 1, 0, len(content), 0, 0, 0, 0, len(called), 0)
        data += b"070701" + b"".join(b"%08x" % one for one in facts) + called
        data += b"\0" * (-len(data) % 4) + content
        data += b"\0" * (-len(data) % 4)
    return data


@pytest.mark.parametrize("bsd", [False, True])
def test_members_of_ar_are_read(*, bsd: bool) -> None:
    files = {"debian-binary": b"2.0\n", "a long name of a member.txt": LETTER, "odd": b"abc"}
    assert files_in(ar(files, bsd=bsd)) == files
    assert lost_in(ar(files, bsd=bsd)) == []
    assert lost_in(ar(files)[:-40]) == ["damaged"]


@pytest.mark.parametrize("old", [False, True])
def test_members_of_cpio_are_read(*, old: bool) -> None:
    data = cpio(dict(FILES), old=old)
    assert files_in(data) == FILES
    assert names_in(data) == {(b"folder", "")}
    assert lost_in(data) == []
    assert set(lost_in(data[: data.index(NOISE) + 50])) == {"damaged"}
