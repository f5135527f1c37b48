"""Templates: strict, and harmless whatever stands in a value."""

import re

import pytest
from jinja2 import UndefinedError

from vestige import shipped
from vestige.reports.environment import environment, hashed, source
from vestige.reports.language import language


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


ENGLISH_PAGES = {"case.html.j2", "certificate.html.j2", "compare.html.j2", "deletion.html.j2"}
NAMES = {"Vestige", "DICOM", "UID, UUID", "#family-#", "hidden>"}
UNSAID = re.compile(
    r"\{#.*?#\}|\{%-?\s*trans\b.*?\{%-?\s*endtrans\s*-?%\}|\{%.*?%\}|\{\{.*?\}\}|<code>.*?</code>",
    re.DOTALL,
)


@pytest.mark.parametrize(
    "name",
    [
        one.name
        for one in shipped.templates().iterdir()
        if one.name.endswith(".j2") and one.name not in ENGLISH_PAGES
    ],
)
def test_every_word_of_a_template_is_marked_to_be_translated(name: str) -> None:
    said = UNSAID.sub("", source(name))
    texts = (text.strip(" \n\t.,;:()") for text in re.split(r"<[^<>]*>", said))
    assert {text for text in texts if re.search("[A-Za-z]{2}", text)} - NAMES == set()
    for attribute in ("aria-label", "title", "placeholder", "alt"):
        assert re.findall(rf' {attribute}="[^"{{]*[A-Za-z]', said) == []


def test_what_fills_a_message_is_escaped_and_shown() -> None:
    made = environment(language("es"))
    text = (
        '{{ _("Finding %(number)s", number=x) }}'
        "{% trans n=2, x=x %}{{ x }} a{% pluralize n %}{{ x }} b{% endtrans %}"
    )
    said = made.from_string(text).render(x="<b>\u202e{0}%s%(x)s")
    assert said == "Hallazgo &lt;b&gt;\\u202e{0}%s%(x)s&lt;b&gt;\\u202e{0}%s%(x)s b"


def test_no_translation_ends_an_attribute_or_opens_a_tag() -> None:
    spanish = language("es")
    for one, said in ((one, said) for one, forms in spanish.forms.items() for said in forms):
        assert '"' not in said, said
        assert re.findall("<[^>]*>", said) == re.findall("<[^>]*>", one), said
