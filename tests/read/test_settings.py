"""What desktops keep of folders and shortcuts."""

from pathlib import Path

import pytest

from tests.read import remnants
from tests.read.remnants import names_of, told_in
from vestige.read import settings
from vestige.read.pages import Held

NAMES = ["Zargothy, Ada", "MÜLLER_Örjan"]


@pytest.mark.parametrize("write", [remnants.desktop_ini, remnants.shortcuts, remnants.recent])
def test_names_are_told(tmp_path: Path, write: remnants.Write) -> None:
    write(tmp_path, NAMES)
    assert set(NAMES) <= told_in(tmp_path)


def test_a_folder_by_another_name_is_told() -> None:
    text = "[.ShellClassInfo]\r\nLocalizedResourceName=Scans of Maria Quintero\r\n"
    assert names_of(settings.folder(Held(text.encode("cp1252")))) == {"Scans of Maria Quintero"}


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp1252"])
def test_encodings_are_known(codec: str) -> None:
    text = "; made by the system\n[LocalizedFileNames]\nMüller.lnk=@shell32.dll,-12\n"
    data = text.encode(codec)
    data = b"\xfe\xff" + data if codec == "utf-16-be" else data
    assert names_of(settings.folder(Held(data))) == {"Müller.lnk"}


def test_a_name_looked_up_in_a_program_is_none() -> None:
    text = b"[.ShellClassInfo]\nLocalizedResourceName=@%SystemRoot%\\system32\\shell32.dll,-21770\n"
    ghosts = settings.folder(Held(text))
    assert ghosts is not None
    assert ghosts.folders == ()


def test_what_has_no_section_is_none() -> None:
    assert settings.folder(Held(b"Maria = Quintero\n")) is None
    assert settings.shortcut(Held(b"\x00\x01")) is None
