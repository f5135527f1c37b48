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


def test_what_is_masked_is_marked_and_the_rest_is_escaped() -> None:
    made = environment()
    page = made.from_string("{{ text|evidence }}").render(text="XR <b> for D*** ##.#\u202e")
    assert page == ("XR &lt;b&gt; for <mark>D***</mark> <mark>##</mark>.<mark>#</mark>\\u202e")


def test_sentences_can_be_translated() -> None:
    made = environment()
    text = "{% trans n=n %}{{ n }} file{% pluralize %}{{ n }} files{% endtrans %} {{ _('a < b') }}"
    assert made.from_string(text).render(n=2) == "2 files a < b"


def test_sources_are_those_that_ship_and_have_a_digest() -> None:
    assert source("report.css").startswith(":root")
    assert hashed("") == "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
