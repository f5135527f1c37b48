"""Rows of the scan file as values."""

from vestige.model import Certainty, FamilyKind
from vestige.store.rows import family, of_family


def test_a_row_is_a_family() -> None:
    numbers = (12, 11, 0.9, 40, 4096, 9, 5, 6)
    found = family((3, "{word}_{uuid}", "likely", *numbers, "mixed", '["A****", "B***"]', "names"))
    assert found.verdict is Certainty.LIKELY
    assert (found.parent, found.members, found.distinct, found.share) == (3, 12, 11, 0.9)
    assert (found.files, found.bytes, found.subjects) == (40, 4096, 9)
    assert (found.first_written, found.last_written) == (5, 6)
    assert found.examples == ("A****", "B***")
    assert found.kind is FamilyKind.NAMES
    assert family((0, *of_family(found))[1:]) == found
