"""Examples of rules about known persons give what the rules find."""

from tests.detect.objects import CATALOG
from vestige import catalog
from vestige.run.known_examples import found

POLICY = catalog.policy("gdpr")
RAW = {"path": "raw/1.dcm", "(0010,0010)": "Zebrinsky^Anna", "(0010,0020)": "48291377"}


def places(check: str, *files: dict[str, str]) -> tuple[str, ...]:
    return found(check, files, CATALOG, POLICY)


def test_places_are_told_by_check() -> None:
    there = {"path": "48291377/1.dcm", "(0010,4000)": "call zebrinsky"}
    assert places("named", RAW, there) == ("name",)
    assert places("maybe-named", RAW, there) == ("(0010,4000)",)


def test_tables_are_texts() -> None:
    table = {"path": "key.csv", "text": "mrn,pseudonym\n48291377,S-17\n"}
    assert places("mapping-table", table, {"path": "S-17/1.dcm"}) == ("table",)
    assert places("mapping-table", table, {"path": "S-18/1.dcm"}) == ()


def test_trees_are_told_by_their_paths() -> None:
    first = {"path": "raw/1.dcm", "(0008,0018)": "1.2.3", "(0010,0010)": "Zebrinsky^Anna"}
    second = {"path": "out/1.dcm", "(0008,0018)": "1.2.3"}
    assert places("phantom-copy", first, second) == ("raw",)
    assert places("phantom-copy", second, {**second, "path": "x/1.dcm"}) == ()
