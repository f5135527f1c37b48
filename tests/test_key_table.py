"""What a key undoes, as it is kept and as it is said."""

import json

from vestige.key_table import PSEUDONYMISED, KeyTable


def test_a_key_is_kept_as_it_is_told() -> None:
    one = KeyTable(("names", "birth dates"), "1, 2", "3", 1, 2, 1, former=False)
    assert KeyTable.of_noted(json.loads(json.dumps(one.noted()))) == one
    assert one.undoes


def test_a_key_in_words() -> None:
    one = KeyTable(("names", "birth dates"), "1, 2", "3 (code)", 1, 2_000, 1)
    assert one.words == (
        "it maps names and birth dates (columns 1, 2) to codes (column 3 (code)); "
        f"1 of its 2,000 subjects are linked to this volume, with 1 file; {PSEUDONYMISED}"
    )
    former = KeyTable(("former UIDs",), "1", "2", 3, 3, 4_000, former=True)
    assert "3 of its 3 codes are linked to this volume, with 4,000 files" in former.words


def test_a_key_to_other_codes_undoes_nothing_here() -> None:
    one = KeyTable(("names",), "1", "2", 0, 5, 0)
    assert not one.undoes
    assert one.words.endswith("none of its 5 codes was found on this volume")
