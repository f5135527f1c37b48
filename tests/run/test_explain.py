"""Explanations of texts: the same judgement as a scan's, step by step."""

import pytest

from vestige import catalog
from vestige.detect.judge import Judge
from vestige.model import Certainty, Declaration, Observation, UsageError, Where
from vestige.run.explain import Explainer, place_of
from vestige.sensitive import Sensitive

EXPLAINER = Explainer()
JUDGE = Judge(catalog.load(), catalog.policy("gdpr"))
NAME = place_of("name")


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("GARCIA_LOPEZ_19610203", "name"),
        ("IM0001.dcm", "name"),
        ("Zargothy, Quillonia MRT Kopf", "(0008,1030)"),
        ("QUINTERO^MARIA", "(0010,0010)"),
        ("ANONYMOUS", "(0010,0010)"),
        ("Quintero, 56yo", "(0029,xx10) SIEMENS CSA HEADER"),
    ],
)
def test_the_verdict_is_that_of_the_judge(text: str, written: str) -> None:
    place = place_of(written)
    judged = JUDGE.judge(Observation(place, Sensitive(text)), Declaration())
    said = EXPLAINER.text(text, place)
    assert tuple(one.hit for one in said.told) == judged.hits


def test_every_rule_that_reads_the_place_is_told() -> None:
    said = EXPLAINER.text("GARCIA_LOPEZ_19610203", NAME)
    by_rule = {rule.rule: rule for rule in said.rules}
    assert by_rule["names/person-name"].says == "finds"
    assert by_rule["names/person-name"].spans == ((0, len("GARCIA_LOPEZ")),)
    assert by_rule["names/caret-name"].says == "does not fit"
    uuid = "3f2504e0-4f89-41d3-9a0c-0305e82c3301"
    by_rule = {rule.rule: rule for rule in EXPLAINER.text(f"SERIES_{uuid}", NAME).rules}
    assert "words are not what it asks" in by_rule["names/surname-before-uuid"].says
    by_rule = {rule.rule: rule for rule in EXPLAINER.text("on 20231399", NAME).rules}
    assert by_rule["dates/date"].says != "finds"


def test_what_was_passed_over_is_told() -> None:
    assert any("no name" in one for one in EXPLAINER.text("IM0001.dcm", NAME).passed)
    said = EXPLAINER.text("ANONYMOUS", place_of("(0010,0010)"))
    assert said.words is None
    assert any("D001" in one for one in said.passed)
    assert said.told == ()


def test_software_is_judged_by_its_own_expectation() -> None:
    place = place_of("name", software=True)
    assert EXPLAINER.text("rodriguez", place).told == ()
    assert any("software" in one for one in EXPLAINER.text("rodriguez", place).passed)
    assert EXPLAINER.text("RODRIGUEZ^MARIA", place).told != ()


def test_texts_are_judged_as_siblings() -> None:
    names = "GARCIA LOPEZ QUINTERO KOWALSKI SCHMIDT ROSSI MARTINEZ RODRIGUEZ HERNANDEZ NOVAK MORENO"
    uuid = "3f2504e0-4f89-41d3-9a0c-0305e82c33"
    texts = [f"{name}_{uuid}{number:02}" for number, name in enumerate(names.split())]
    found = EXPLAINER.siblings(texts)
    assert len(found) == 1
    assert found[0].verdict is not Certainty.REVIEW
    assert found[0].template == "{word}_{uuid}"
    assert found[0].members == tuple(range(11))
    assert f"demands of {found[0].verdict}: " in found[0].explanation
    assert EXPLAINER.siblings([f"series_{uuid}{number:02}" for number in range(11)]) == ()


def test_places_are_read_as_reports_write_them() -> None:
    assert place_of("name").where is Where.PATH
    free = place_of("(0010,21b0)")
    assert (free.where, free.tag, free.vr) == (Where.HEADER, 0x001021B0, "LT")
    assert place_of("(0010,21B0)", "ST").vr == "ST"
    assert place_of("(0002,0016)").where is Where.META
    nested = place_of("(0040,0275)[0]/(0040,0007)")
    assert (nested.pointer, nested.tag) == ("(0040,0275)[*]/(0040,0007)", 0x00400007)
    private = place_of("(0029,xx10) SIEMENS CSA HEADER")
    assert (private.where, private.creator) == (Where.PRIVATE, "SIEMENS CSA HEADER")
    with pytest.raises(UsageError, match="--place"):
        place_of("PatientName")
