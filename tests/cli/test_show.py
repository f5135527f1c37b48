"""One finding on the screen: masked, or in clear."""

import os
from pathlib import Path

import pytest

from tests.volumes import planted, vestige


@pytest.fixture(scope="module")
def scanned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("commands")
    planted("phantom-directory", folder / "volume")
    ran = vestige("scan", folder / "volume", "--out", folder / "out", home=folder)
    assert ran.code == 1, ran.text
    return folder


def test_show_masks_and_reveals(scanned: Path) -> None:
    surnames = {
        name.split("_")[0]
        for folder in (scanned / "volume").iterdir()
        for name in os.listdir(folder)
        if name.split("_")[0].isupper()
    }
    masked = vestige("show", scanned / "out", "F1", home=scanned).text
    number = next(
        line.split()[1] for line in vestige_table(scanned) if "A phantom directory" in line
    )
    masked += vestige("show", scanned / "out", number, home=scanned).text
    assert {name for name in surnames if name in masked} == set()
    clear = vestige("show", scanned / "out", number, "--reveal", home=scanned)
    assert {name for name in surnames if name in clear.text} == surnames
    assert "personal data" in clear.text


def vestige_table(scanned: Path) -> list[str]:
    ran = vestige("scan", scanned / "volume", "--out", scanned / "table", home=scanned)
    return ran.text.splitlines()
