"""What stands on the screen is masked, and moves no cursor."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vestige.cli.screen import out_console, safe


@given(st.text(max_size=100))
def test_no_text_moves_the_cursor(text: str) -> None:
    shown = safe(text)
    assert shown.isprintable()
    assert len(shown) == len(text)
    assert safe(shown) == shown


def test_ordinary_text_stays_as_it_is() -> None:
    assert safe("Müller, 山田 (0010,0010)") == "Müller, 山田 (0010,0010)"
    assert "\x1b" not in safe("\x1b[31mred\x1b[0m")


def test_what_a_folder_is_called_is_printed_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    out_console.print("/data/:cat:/[bold]/1", soft_wrap=True)
    assert capsys.readouterr().out == "/data/:cat:/[bold]/1\n"
