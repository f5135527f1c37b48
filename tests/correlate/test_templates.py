"""Names of one form are one group, whatever separators people use."""

import unicodedata

from vestige.correlate.templates import Sibling, groups, person, varying


def keys(*names: str) -> set[str]:
    return set(groups(Sibling(number, name) for number, name in enumerate(names)))


def test_separators_and_copies_do_not_tell_forms_apart() -> None:
    assert keys("SMITH_JOHN", "Smith John", "smith-john", "SMITH_JOHN_2", "Smith John (3)") == {
        "{word}"
    }
    assert keys("SMITH.zip", "SMITH_2.zip") == {"{word}.zip"}
    assert len(keys("SMITH^JOHN", "SMITH_JOHN")) == 2


def test_cousins_are_a_group_of_their_own() -> None:
    assert keys("SMITH") == {"{word}"}
    assert set(groups([Sibling(1, "SMITH", above=2)])) == {"*/*/{word}"}


def test_names_without_words_are_in_no_group() -> None:
    assert keys("0001", "19560312", "...", "") == set()


def test_a_word_of_most_members_is_part_of_the_form() -> None:
    (group,) = groups(
        Sibling(n, f"patient_{w}") for n, w in enumerate("ada bob cyd".split())
    ).values()
    assert [words for _, words in varying(group)] == [("ada",), ("bob",), ("cyd",)]


def test_spellings_of_a_person_are_one() -> None:
    spellings = [
        ("Müller", "Jörg"),
        ("MÜLLER", "JÖRG"),
        ("jörg", "müller"),
        (unicodedata.normalize("NFD", "Müller"), "Jorg"),
    ]
    assert len({person(words) for words in spellings}) == 1
    assert person(("Müller", "Anna")) != person(("Müller", "Jörg"))


def test_words_stay_in_scripts_whose_romanisation_says_little() -> None:
    names = ("محمدی_1", "王_2", "Иванов_3", "Müller_4")
    found = [named.words for name in names for named in groups([Sibling(1, name)])["{word}"]]
    assert found == [("محمدی",), ("wang",), ("ivanov",), ("muller",)]


def test_a_sibling_prints_no_name() -> None:
    assert "QUINTERO" not in repr(Sibling(1, "QUINTERO"))
