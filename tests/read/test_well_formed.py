"""Well-formed markup, and what may harm."""

from collections.abc import Sequence

import pytest
from defusedxml import DefusedXmlException

from vestige.read.well_formed import parse


class Heard:
    """Writes down what it hears."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.told: list[object] = []

    def begin(self, name: str, pairs: Sequence[tuple[str, str]]) -> None:
        self.told.append((name, tuple(pairs)))

    def end(self, name: str) -> None:
        self.told.append((name, "".join(self.heard)))
        self.heard.clear()

    def finish(self) -> None:
        self.told.append("end")


def test_elements_and_texts_are_told_in_order() -> None:
    hearer = Heard()
    parse('<a x="1" y="2"><b>Moxo &amp; Quexotl</b></a>', hearer)
    told = [("a", (("x", "1"), ("y", "2"))), ("b", ()), ("b", "Moxo & Quexotl"), ("a", ""), "end"]
    assert hearer.told == told


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>',
        '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/hostname">]><a>&e;</a>',
        '<!DOCTYPE a SYSTEM "http://127.0.0.1/a.dtd"><a/>',
    ],
)
def test_nothing_is_expanded_or_fetched(text: str) -> None:
    hearer = Heard()
    try:
        parse(text, hearer)
    except DefusedXmlException:
        return
    assert hearer.told == [("a", ()), ("a", ""), "end"]
