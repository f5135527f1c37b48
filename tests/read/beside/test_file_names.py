"""Names of files in texts, without a path."""

import pytest

from vestige.read.beside.file_names import told


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Quintero_Maria.MR.1.4.dcm", "Quintero_Maria.MR.1.4.dcm"),
        ('wrote "Quintero-Maria.nii.gz" (3 s)', "Quintero-Maria.nii"),
        ("href=Quintero_Maria.pdf&x=1", "Quintero_Maria.pdf"),
        ("Quintero^Maria.JPG", "Quintero^Maria.JPG"),
    ],
)
def test_names_with_endings_of_files_are_told(text: str, name: str) -> None:
    (found,) = told(text)
    assert list(found.texts) == [name]
    assert found.place.where.is_name


@pytest.mark.parametrize(
    "text", ["image.dcm and scan 12.nii", "/data/Quintero_Maria.dcm", "a_b.dcmx", "Dr. Quintero"]
)
def test_single_words_and_paths_are_none(text: str) -> None:
    assert not list(told(text))
