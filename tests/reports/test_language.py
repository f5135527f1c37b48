"""The languages of reports: nothing is untranslated, and no catalog is older than what it is of."""

import importlib.util
import re
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest
from playwright.sync_api import Browser

from vestige.catalog import workspace
from vestige.model import UsageError
from vestige.reports.html import html
from vestige.reports.language import (
    ENGLISH,
    LANGUAGES,
    language,
    marked,
    source,
    with_messages,
)
from vestige.reports.messages import Message, messages
from vestige.review import Review

OTHERS = [code for code in LANGUAGES if code != "en"]
PLACE = re.compile(r"%\(\w+\)s|\{\w+\}|%%|</?\w+[^>]*>|&\w+;|`[^`]+`")
LAW = re.compile(r"\(?\b(?:\d{6}|[0-9A-F]{4},[0-9A-Fx]{4}|F12|PS3\.15|CID 7050)\b\)?")


@pytest.fixture(scope="module", name="build")
def build_fixture() -> ModuleType:
    path = Path(__file__).parents[2] / "reports" / "build.py"
    spec = importlib.util.spec_from_file_location("reports_build", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def every(code: str) -> list[Message]:
    return list(messages(source(code)))


@pytest.mark.parametrize("code", OTHERS)
def test_the_catalog_is_fresh(code: str, build: ModuleType) -> None:
    assert build.fresh(source(code), code) == source(code), "python reports/build.py"


@pytest.mark.parametrize("code", OTHERS)
def test_every_message_is_translated(code: str) -> None:
    assert [one.text for one in every(code) if not (one.forms and all(one.forms))] == []


@pytest.mark.parametrize("code", OTHERS)
def test_what_is_counted_has_all_forms(code: str) -> None:
    wrong = [one.text for one in every(code) if len(one.forms) != (2 if one.plural else 1)]
    assert wrong == []


@pytest.mark.parametrize("code", OTHERS)
def test_places_marks_and_codes_are_those_of_the_message(code: str) -> None:
    """So no figure is lost in translation, no tag is left open and no code is another one."""
    for one in every(code):
        for english, said in zip((one.text, one.plural), one.forms, strict=False):
            assert Counter(PLACE.findall(said)) == Counter(PLACE.findall(english)), said
            assert set(LAW.findall(said)) == set(LAW.findall(english)), said


@pytest.mark.parametrize("code", OTHERS)
def test_ends_are_those_of_the_message(code: str) -> None:
    """A sentence stays one, and what is joined to others keeps its blanks."""
    for one in every(code):
        for english, said in zip((one.text, one.plural), one.forms, strict=False):
            assert (said[:1] == " ", said[-1:] == " ") == (english[:1] == " ", english[-1:] == " ")
            stop = said[-1:] in ".?" and not said.endswith("EE. UU.")
            assert stop == (english[-1:] in ".?"), said


@pytest.mark.parametrize("code", OTHERS)
def test_no_language_promises_that_nobody_can_be_recognised(code: str) -> None:
    said = " ".join(form for one in every(code) for form in one.forms).lower()
    assert not re.search(r"an[óo]nim|anonym", said)


def test_english_says_messages_as_they_are() -> None:
    assert language("en") is ENGLISH
    assert ENGLISH.gettext("anything") == "anything"
    assert ENGLISH.ngettext("file", "files", 1) == "file"
    assert ENGLISH.ngettext("file", "files", 0) == "files"
    assert ENGLISH.knows("anything")
    assert marked("anything") == "anything"


def test_another_language_says_them_in_its_way() -> None:
    spanish = language("es")
    assert spanish.gettext("Findings") == "Hallazgos"
    assert spanish.ngettext("file", "files", 1) == "fichero"
    assert spanish.ngettext("file", "files", 2) == "ficheros"
    assert spanish.gettext("no such message") == "no such message"
    assert spanish.ngettext("cat", "cats", 2) == "cats"
    assert not spanish.knows("no such message")


def test_a_message_that_is_not_translated_stays_english() -> None:
    made = with_messages(ENGLISH, 'msgid "a"\nmsgid_plural "as"\nmsgstr[0] "x"\nmsgstr[1] ""\n')
    assert made.ngettext("a", "as", 1) == "a"


def test_a_language_that_is_not_there_is_an_error() -> None:
    with pytest.raises(UsageError, match="no language 'xx'; languages are en, es"):
        language("xx")


def test_a_workspace_may_ask_for_every_language() -> None:
    assert tuple(LANGUAGES) == workspace.LANGUAGES


def test_scripts_speak_the_language_and_count_as_it_does(
    chromium: Browser, realistic: Review, tmp_path: Path
) -> None:
    page = tmp_path / "report.html"
    page.write_text(html(realistic, language("es")), encoding="utf-8")
    told: list[str] = []
    tab = chromium.new_page()
    tab.on("console", lambda one: told.append(one.text))
    tab.on("pageerror", lambda one: told.append(str(one)))
    tab.goto(page.as_uri())
    assert tab.evaluate("document.documentElement.lang") == "es"
    assert "Se muestran los" in (tab.text_content("#filter-shown") or "")
    tab.click("#filter-open")
    assert tab.text_content("#filter-open") == "Cerrar todo"
    tab.close()
    assert told == []


def test_the_foot_of_printed_pages_speaks_it(realistic: Review) -> None:
    said = html(realistic, language("es"))
    assert 'content: "Informe de Vestige: confidencial"' in said
    assert 'counter(page) " de " counter(pages)' in said
    assert 'content: "Vestige report: confidential"' in html(realistic)
