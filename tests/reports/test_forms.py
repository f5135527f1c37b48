"""The forms are held to what is really said: by rank, gate, families, copies, baselines, rules."""

import itertools
import re
from collections.abc import Iterator

import pytest

from vestige import catalog, rank
from vestige.acceptance import Standing
from vestige.catalog import Catalog
from vestige.catalog.leftovers import Leftover
from vestige.detect import expectation, explained, reasons
from vestige.detect.words import person_names
from vestige.gate import TOLD, Grounds, verdict
from vestige.model import GONE, Band, Certainty, Claim, Family, FamilyKind, Finding, Where
from vestige.read import opaque
from vestige.read.beside.losses import LOSSES as OF_FILES
from vestige.read.fields import LOSSES
from vestige.read.raw import FLAWS
from vestige.reports.forms import FORMS
from vestige.reports.language import language
from vestige.reports.told import Telling
from vestige.review import Coverage, Reach
from vestige.run import leftovers, lettering, search
from vestige.run.review import LIMITS, NO_TRACE

ENGLISH_WORDS = re.compile(
    r"\b(?:the|of|is|are|was|were|that|which|with|its|they|and|or|not|by|from|names?|words?)\b"
)


@pytest.fixture(scope="module", name="telling")
def telling_fixture() -> Telling:
    return Telling(language("es"))


@pytest.fixture(scope="module", name="rules")
def rules_fixture() -> Catalog:
    return catalog.load()


def family(kind: FamilyKind, sure: Certainty, headers: str, template: str) -> Family:
    return Family(1, template, sure, 12_345, 9, 0.9, 3, 4, 5, 0, 0, headers, (), kind)


def of_rank() -> Iterator[str]:
    reaches = (Reach(1, 1, 1, 1), Reach(12_345, 2, 9, 30_000), Reach(2, 0, 0, None))
    for severity, certainty, where in itertools.product(Band, (0.1, 0.7, 0.95), Where):
        claim = Claim("a/b", "t", severity, certainty, "direct", ())
        for reach in reaches:
            yield from rank.risk(Finding(1, claim, where, "", "", ""), reach).reasons
    for kind, sure, headers in itertools.product(FamilyKind, Certainty, ("clean", "dirty", GONE)):
        claim = Claim("a/b", "t", Band.HIGH, 0.9, "direct", ())
        for template in ("{word}", "*/{word}"):
            made = family(kind, sure, headers, template)
            finding = Finding(1, claim, Where.PATH, "", "", "")
            yield from rank.risk(finding, reaches[0], made).reasons


def of_gate() -> Iterator[str]:
    for count in (0, 1, 12_345):
        coverage = Coverage(count, 0, count, count, 0, count, count, 0, 0)
        codes = (*TOLD, "io-error")
        grounds = Grounds(
            rules=0,
            problems=dict.fromkeys(codes, count),
            texts_cut=True,
            unknown_classes=count,
            empty_roots=count,
            links=count,
            specials=count,
            undigested=count,
            otherwise=count,
            allowed=frozenset({"link"}),
        )
        for risks, accepted in itertools.product(
            ((), (rank.risk(*_severe()),) * count), (0, count)
        ):
            said = verdict(
                risks, coverage, Band.LOW, finished=False, accepted=accepted, grounds=grounds
            )
            yield from said.reasons
            yield from (gap.sentence for gap in said.gaps)
    whole = Coverage(3, 3, 0, 0, 0, 0, 3, 0, 0)
    yield from verdict((), whole, Band.LOW).reasons


def _severe() -> tuple[Finding, Reach]:
    claim = Claim("a/b", "t", Band.CRITICAL, 1.0, "direct", ())
    return Finding(1, claim, Where.PATH, "", "", ""), Reach(1, 1, 1, 1)


def of_explanations(rules: Catalog) -> Iterator[str]:
    words = [one.value for one in explained.WordClass]
    yield from (f"the word is {one}" for one in words if one != "unknown")
    yield from (f"shape: {one}" for one in reasons.SHAPES.values())
    yield from (f"score 1,234.5 of which {about} -0.5, shape 2.1" for _, about in reasons._PARTS)
    yield expectation._MILDER
    for text in ("Quintero^Ines", "QUINTERO Ines 12345", "Rose^Marie Lee"):
        for name in person_names(text, rules.lexicon):
            yield reasons.of_name(text, name, rules.lexicon)


def test_all_that_rank_and_gate_say_is_told(telling: Telling) -> None:
    said = {*of_rank(), *of_gate(), *LIMITS, NO_TRACE}
    left = {one: telling.said(one) for one in said if ENGLISH_WORDS.search(telling.said(one))}
    assert left == {}
    assert not {one for one in said if telling.said(one) == one}


def test_explanations_are_told(telling: Telling, rules: Catalog) -> None:
    said = set(of_explanations(rules))
    assert len(said) > 30
    left = {one: telling.clauses(one) for one in said}
    assert {k: v for k, v in left.items() if ENGLISH_WORDS.search(v)} == {}


def test_details_of_problems_are_told(telling: Telling) -> None:
    flaws = (f"{flaw} (offset 618)" for flaw in FLAWS.values())
    losses = (*LOSSES.values(), *OF_FILES.values(), *lettering.CODES.values())
    for said in (*flaws, *losses, *search._DETAILS.values()):
        assert not ENGLISH_WORDS.search(telling.said(said)), said


def test_in_what_persons_are_met_is_told(telling: Telling) -> None:
    for things in {*search._OFFICE.values(), *search._KINDS.values(), *opaque._NAMES.values()}:
        assert telling.said(things) != things
    said = telling.said(
        "A person named in (0010,0010) also stands in the content of tables (bytes)"
    )
    assert said.endswith("el contenido de tablas (bytes)")


def test_what_was_left_behind_is_told(telling: Telling, rules: Catalog) -> None:
    rule = rules.rule("tree/leftover")
    for stage in ("", "export"):
        claim = leftovers.claim_of(rule, Leftover("a", stage, "the output of a run"))
        said = telling.said(claim.title)
        assert said.startswith("Hay hallazgos en lo que se dejó atrás: la salida de una ejecución")
        assert said.endswith(" (fase: exportación)" if stage else "ejecución")


def test_every_sentence_of_a_baseline_is_told(telling: Telling) -> None:
    for standing in (one.value for one in Standing):
        assert telling.said(standing) != standing
    said = telling.said("F12 counts again (expired): The acceptance ended on 2026-11-21.")
    assert said == "F12 vuelve a computar (expirada): La aceptación terminó el 2026-11-21."


def test_every_rule_is_told(telling: Telling, rules: Catalog) -> None:
    for rule in rules.rules:
        for text in (rule.title, rule.why, rule.remedy):
            assert telling.said(text) != text, rule.id


def test_titles_keep_what_varies(telling: Telling) -> None:
    said = telling.said("A direct identifier in the header: Patient's Name")
    assert said == "Un identificador directo en la cabecera: Patient's Name"
    said = telling.said("A personal number, by its label: Spanish identity number (DNI)")
    assert said.endswith(": documento nacional de identidad español (DNI)")
    said = telling.said(
        "A person named in (0010,0010) of a/is named in b.dcm and 1,234 more also stands in names "
        "of folders"
    )
    assert "a/is named in b.dcm" in said
    assert said.endswith("aparece también en nombres de carpetas")


def test_no_form_is_there_twice() -> None:
    assert len(FORMS) == len(set(FORMS))
