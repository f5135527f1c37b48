"""The same images under names of persons and under codes, on a real volume."""

from pathlib import Path

from tests.run.test_known import image, scanned, text

PHANTOM = "linkage/phantom-copy"


def told(volume: Path) -> list[tuple[str, int]]:
    _, found = scanned(volume)
    return [
        (one.finding.claim.title, one.reach.files)
        for one in found
        if one.finding.claim.rule == PHANTOM
    ]


def test_a_tree_of_names_beside_one_of_codes(tmp_path: Path) -> None:
    volume = tmp_path / "volume"
    for number in range(1, 5):
        image(volume / "release" / f"{number:04}" / "1.dcm", number)
        if number < 4:
            image(volume / "old" / "QUINTERO_MARIA_19610203" / f"{number}.dcm", number)
    assert told(volume) == [
        (
            (
                "3 images lie under names of persons in volume/old, and under neutral names in "
                "volume/release"
            ),
            3,
        )
    ]


def test_dirty_headers_beside_clean_ones(tmp_path: Path) -> None:
    volume = tmp_path / "volume"
    for number in range(1, 4):
        image(volume / "out" / f"{number}.dcm", number)
        image(volume / "raw" / f"{number}.dcm", number, text("PatientName", "Zargothy^Quillonia"))
    ((title, files),) = told(volume)
    assert title.startswith("3 images lie with headers that name persons in volume/raw, and with")
    assert files == 3


def test_other_images_are_no_copies(tmp_path: Path) -> None:
    volume = tmp_path / "volume"
    image(volume / "release" / "1.dcm", 1)
    image(volume / "old" / "QUINTERO_MARIA_19610203" / "1.dcm", 2)
    image(volume / "release" / "2.dcm", 3)
    image(volume / "more" / "2.dcm", 3)
    assert told(volume) == []
