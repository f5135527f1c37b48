import io

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from hypothesis import given, settings
from hypothesis import strategies as st

from vestige import shipped
from vestige.reports.messages import Message, messages


def test_a_catalog_is_read_as_babel_reads_it() -> None:
    text = (shipped.locales() / "es.po").read_text(encoding="utf-8")
    ours = [(one.text, one.plural, one.forms) for one in messages(text)]
    theirs = []
    for one in read_po(io.StringIO(text), locale="es"):
        if one.id:
            several = not isinstance(one.id, str)
            forms = tuple(one.string or ()) if several else (one.string,)
            theirs.append((*one.id, forms) if several else (one.id, "", forms))
    assert ours == theirs


SAID = st.text(
    st.characters(blacklist_categories=("Cs", "Cc"), whitelist_characters='\n\t"\\'), min_size=1
)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(SAID, SAID, max_size=4))
def test_whatever_is_written_is_read(said: dict[str, str]) -> None:
    made = Catalog(locale="es")
    for one, string in said.items():
        made.add(one, string)
    stream = io.BytesIO()
    write_po(stream, made, width=30)
    found = {one.text: one.forms for one in messages(stream.getvalue().decode())}
    assert found == {one: (string,) for one, string in said.items()}


def test_fuzzy_and_obsolete_messages_and_the_head_are_left_out() -> None:
    text = (
        'msgid ""\nmsgstr "Language: es\\n"\n\n'
        '#, fuzzy\nmsgid "one"\nmsgstr "uno"\n\n'
        '#~ msgid "two"\n#~ msgstr "dos"\n\n'
        '#: page.html.j2\nmsgid "three"\nmsgid_plural "threes"\n'
        'msgstr[0] "tres"\nmsgstr[1] ""\n"treses"\n'
    )
    assert list(messages(text)) == [Message("three", "threes", ("tres", "treses"))]


@pytest.mark.parametrize(
    "line", ['msgid "a', "msgid a", '"a" "b"', "nothing", 'msgctxt "a"', '"a"']
)
def test_what_is_no_line_of_a_catalog_is_an_error(line: str) -> None:
    with pytest.raises(ValueError, match="no line of a catalog"):
        list(messages(f"{line}\n"))
