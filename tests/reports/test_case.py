"""The page of a case: harmless whatever it is given, complete, and quiet in a real browser."""

import re

import pytest
from playwright.sync_api import Browser

from vestige.evidence import Attachment, Case, Clock, Exhibit, Fault, Step
from vestige.reports.case import Described, case_page, certificate_page, marks

HOSTILE = "<script>alert(1)</script>\x1b[31m\u202e\"'\x00"
SECOND = 1_000_000_000


def step(number: int, text: str = "x") -> Step:
    time = 1_700_000_000 * SECOND + number * number * 3_600 * SECOND
    facts = {"exhibit": "E1", "told": text}
    return Step(number, time, Clock("system"), text, "host", "vestige", "00", "sealed", facts, "0")


def exhibit(root: bytes) -> Exhibit:
    return Exhibit("E1", root, (), 1, 2, SECOND, 10, 2, 0, 4_000_000, 1, "a1" * 32, "b2" * 32)


def case(text: str = "somebody", *, faults: bool = False) -> Case:
    return Case(
        "76451194a935",
        tuple(step(number, text) for number in range(1, 9)),
        (exhibit(b"/x"),),
        (Attachment("destruction", "E1", "001.pdf", "c3" * 32, 1234),),
        (Fault(3, text),) if faults else (),
        keyed=not faults,
    )


def test_steps_stand_in_order_on_the_line_of_time() -> None:
    found = marks(case().steps)
    assert [one.x for one in found] == sorted(one.x for one in found)
    assert (found[0].x, found[-1].x) == (24, 936)
    assert marks(()) == ()


def test_everything_is_told() -> None:
    page = case_page(case(), [Described(exhibit(b"/x"), "/m****")], 0)
    for text in ("76451194a935", "E1", "a1" * 32, "001.pdf", "as they were left", "/m****"):
        assert text in page
    assert "key of the case was not at hand" not in page
    assert "key of the case was not at hand" in case_page(case(faults=True), [], 0)


def test_hostile_texts_are_shown_and_do_nothing(chromium: Browser) -> None:
    hostile = case(HOSTILE, faults=True)
    page = case_page(hostile, [Described(exhibit(b"/x"), HOSTILE)], 0)
    assert "<script" not in page
    assert not re.search("[\x00\x1b\u202e]", page)
    said: list[str] = []
    for text in (page, certificate_page([("Serial number", HOSTILE), ("Signature", "")], "E1", 0)):
        tab = chromium.new_page()
        tab.on("console", lambda message: said.append(message.text))
        tab.on("request", lambda request: said.append(request.url))
        tab.on("dialog", lambda dialog: said.append(dialog.message))
        tab.set_content(text)
        assert tab.locator("h1").count() == 1
        tab.close()
    assert said == []


@pytest.mark.parametrize("width", [390, 1280])
def test_the_page_fits_its_window(chromium: Browser, width: int) -> None:
    tab = chromium.new_page(viewport={"width": width, "height": 900})
    tab.set_content(case_page(case(), [Described(exhibit(b"/x"), "/m****")], 0))
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    tab.close()
