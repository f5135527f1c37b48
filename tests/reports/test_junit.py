"""JUnit XML, read by a parser of JUnit XML."""

import io
from dataclasses import replace
from datetime import date
from pathlib import Path

from junitparser import Error, Failure, JUnitXml, Skipped, TestCase

from vestige.acceptance import Acceptance, Decision, Scope, Standing
from vestige.model import Band
from vestige.reports.junit import MOST, write_junit
from vestige.review import Gap, Outcome, Ranked, Review, Verdict

ACCEPTANCE = Acceptance(
    Decision.ACCEPTED,
    Scope.FINDING,
    "names/x",
    "the data office",
    "code words",
    date(2026, 1, 1),
    date(2027, 1, 1),
    Standing.HOLDS,
)


def parsed(review: Review, folder: Path) -> tuple[JUnitXml, dict[str, TestCase]]:
    stream = io.StringIO()
    write_junit(review, stream)
    (folder / "junit.xml").write_text(stream.getvalue(), encoding="utf-8")
    xml = JUnitXml.fromfile(str(folder / "junit.xml"))
    cases = {f"{suite.name}: {case.name}": case for suite in xml for case in suite}
    return xml, cases


def outcome(case: TestCase) -> type | None:
    kinds = [type(one) for one in case.result if isinstance(one, Error | Failure | Skipped)]
    return kinds[0] if kinds else None


def test_findings_at_or_above_the_band_are_failures(realistic: Review, tmp_path: Path) -> None:
    xml, cases = parsed(realistic, tmp_path)
    worse = sum(one.risk.band >= Band.MEDIUM for one in realistic.findings)
    assert (xml.tests, xml.failures, xml.errors) == (len(realistic.findings) + 1, worse, 0)
    for one in realistic.findings:
        subject = one.finding.claim.rule.partition("/")[0]
        case = next(c for n, c in cases.items() if n.startswith(f"{subject}: {one.number} "))
        assert case.classname == one.finding.claim.rule
        assert (outcome(case) is Failure) == (one.risk.band >= Band.MEDIUM)


def test_gaps_are_errors_unless_they_were_allowed(incomplete: Review, tmp_path: Path) -> None:
    gaps = (Gap("partly", 2, "2 entries <&> so."), Gap("link", 1, "1 link.", allowed=True))
    said = Verdict(Outcome.INCOMPLETE, ("Nothing was found.",), gaps)
    xml, cases = parsed(replace(incomplete, verdict=said), tmp_path)
    assert (xml.errors, xml.skipped, xml.failures) == (1, 1, 0)
    assert outcome(cases["gate: partly"]) is Error
    assert cases["gate: partly"].result[0].message == "2 entries <&> so."
    assert outcome(cases["gate: link"]) is Skipped


def test_incomplete_is_never_all_green(incomplete: Review, empty: Review, tmp_path: Path) -> None:
    for review in (incomplete, empty):
        xml, _ = parsed(review, tmp_path)
        assert xml.errors == 1


def test_a_clean_volume_passes(clean: Review, tmp_path: Path) -> None:
    xml, _ = parsed(clean, tmp_path)
    assert (xml.tests, xml.failures, xml.errors, xml.skipped) == (1, 0, 0, 0)


def test_what_is_accepted_is_skipped(realistic: Review, tmp_path: Path) -> None:
    first: Ranked = replace(realistic.findings[0], accepted=ACCEPTANCE)
    xml, _ = parsed(replace(realistic, findings=(first,)), tmp_path)
    assert (xml.tests, xml.failures, xml.skipped) == (2, 0, 1)


def test_hostile_texts_are_texts(hostile: Review, tmp_path: Path) -> None:
    xml, cases = parsed(hostile, tmp_path)
    assert xml.tests == len(cases) == len(hostile.findings) + 1


def test_it_is_bounded_and_says_so(realistic: Review, tmp_path: Path) -> None:
    many = realistic.findings * (MOST // len(realistic.findings) + 1)
    xml, cases = parsed(replace(realistic, findings=many), tmp_path)
    assert xml.tests == MOST + 2
    assert outcome(cases["gate: findings"]) is Error
