"""Templates: strict, and harmless whatever stands in a value."""

import pytest
from jinja2 import UndefinedError

from vestige.reports.environment import environment, hashed, source


def test_values_are_escaped_and_shown_and_none_may_be_missing() -> None:
    made = environment()
    page = made.from_string("<p>{{ text }}</p>").render(text="<script>\u202e&\x1b")
    assert page == "<p>&lt;script&gt;\\u202e&amp;\\x1b</p>"
    with pytest.raises(UndefinedError):
        made.from_string("{{ text }}").render()


def test_sources_are_those_that_ship_and_have_a_digest() -> None:
    assert source("report.css").startswith(":root")
    assert hashed("") == "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
