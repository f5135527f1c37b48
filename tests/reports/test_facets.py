"""Kinds, rules and folders by which findings are filtered."""

from dataclasses import replace

from vestige.reports.facets import MOST, facets
from vestige.reports.wording import IDENTIFIES, KINDS
from vestige.review import Review


def test_every_kind_has_a_word() -> None:
    assert KINDS.keys() == IDENTIFIES.keys()


def test_facets_count_and_know_folders_by_number(realistic: Review) -> None:
    found = facets(realistic.findings)
    assert [(one.value, one.findings) for one in found.kinds] == [
        ("direct", 5),
        ("quasi", 2),
        ("site", 1),
        ("device", 1),
    ]
    assert sum(one.findings for one in found.rules) == 9
    assert [(one.value, one.label) for one in found.folders] == [
        ("0", "volume/import"),
        ("1", "research/cohort_b"),
        ("2", "research/export_v1"),
        ("3", "research/import"),
    ]
    assert found.folders_of(realistic.findings[0]) == "2"
    assert found.folders_of(realistic.findings[1]) == "3"


def test_a_hostile_path_is_no_value(hostile: Review) -> None:
    found = facets(hostile.findings)
    assert all(one.value.isdigit() for one in found.folders)
    assert all(one.label.isprintable() for one in (*found.folders, *found.rules))


def test_folders_are_bounded(realistic: Review) -> None:
    one = realistic.findings[2]
    many = [replace(one, paths=(f"pool/{number}/x.dcm",)) for number in range(500)]
    assert len(facets(many).folders) == MOST
