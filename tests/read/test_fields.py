import pytest
from hypothesis import given
from hypothesis import strategies as st

from vestige.read.fields import LOSSES, Field, of_lines
from vestige.reports.wording import CODES

NAME, BIRTH = 0x00100010, 0x00100030


@pytest.mark.parametrize(
    "line",
    [
        'set PATNAME "Quintero"',
        'PATNAME "Quintero"',
        "PatientName = Quintero",
        "  patient name: Quintero",
        'tPatientName   = ""Quintero""',
    ],
)
def test_labelled_lines_give_their_value(line: str) -> None:
    assert list(of_lines(f"TR 2000\n{line}\nCOIL = HEAD")) == [Field(NAME, "Quintero")]


@pytest.mark.parametrize("line", ["PATNAME Quintero", 'PatientName ""', "ProtocolName: Quintero"])
def test_other_lines_give_nothing(line: str) -> None:
    assert list(of_lines(line)) == []


def test_losses_are_codes_that_reports_know() -> None:
    assert set(LOSSES) <= set(CODES)


@given(st.text(alphabet=' \t\n"=:abPatientName', max_size=300))
def test_any_text_is_no_error(text: str) -> None:
    assert all(field.text for field in of_lines(text))
