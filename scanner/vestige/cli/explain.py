"""The command that explains: what texts are judged by, in clear, for who typed them."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from vestige.cli.screen import out_console, safe
from vestige.detect.explained import ExplainedCandidate, Explanation
from vestige.model import UsageError
from vestige.run.explain import FEWEST, Explained, Explainer, Siblings, Span, place_of

_FORMATS = ("text", "json")
_STANDARD_INPUT = "-"
_WIDE = 26


def explain(  # noqa: PLR0913 - one parameter for each option that a user may give
    texts: Annotated[
        list[str],
        typer.Argument(help="Texts to explain; - reads them from standard input, one a line."),
    ],
    place: Annotated[
        str, typer.Option(help="Where they stand: name (of an entry), or an element, (0010,21B0).")
    ] = "name",
    vr: Annotated[str, typer.Option(help="VR of the element. Default: the dictionary's.")] = "",
    policy: Annotated[str, typer.Option(help="Policy, as for scan.")] = "gdpr",
    rules: Annotated[
        list[Path] | None, typer.Option(help="Folder with rules of your own, as for scan.")
    ] = None,
    output: Annotated[str, typer.Option("--format", help="text or json.")] = "text",
    *,
    in_software: Annotated[
        bool, typer.Option("--in-software", help="Judge names as in a tree of software.")
    ] = False,
) -> None:
    """Explain how texts are judged: tokens, classes, candidates, scores, rules, verdict.

    What is typed is shown in clear on this terminal: do not run it where output is kept in a
    shared log. A text on the command line stays in the history of the shell; with - it does not.
    Six texts and more are judged as siblings, too: as names of entries side by side.
    """
    if output not in _FORMATS:
        raise UsageError(f"no format {output!r}; formats are {', '.join(_FORMATS)}")
    where = place_of(place, vr, software=in_software)
    given = list(_given(texts))
    explainer = Explainer(policy, tuple(rules or ()))
    found = [explainer.text(text, where) for text in given]
    together = explainer.siblings(given) if _are_siblings(given, place) else None
    if output == "json":
        said = {
            "texts": [_json(one) for one in found],
            "siblings": None if together is None else [_json_siblings(one) for one in together],
        }
        out_console.print(json.dumps(said, indent=2), soft_wrap=True)
        return
    for one in found:
        _print(_lines(one))
    if together is not None:
        _print(_of_siblings(together, given))


def _given(texts: list[str]) -> Iterator[str]:
    for text in texts:
        if text == _STANDARD_INPUT:
            yield from (line for line in sys.stdin.read().splitlines() if line)
        else:
            yield text


def _are_siblings(texts: list[str], place: str) -> bool:
    return place == "name" and len(texts) >= FEWEST


def _print(lines: Iterator[str]) -> None:
    for line in lines:
        out_console.print(safe(line.rstrip()), soft_wrap=True)
    out_console.print()


# --- for people ---------------------------------------------------------------------------------


def _lines(one: Explained) -> Iterator[str]:
    yield one.text
    if one.read != one.text:
        yield f"  read as {one.read}"
    if one.words is not None:
        yield "  tokens"
        yield from _tokens(one.words, one.read)
        yield "  candidates" if one.words.candidates else "  candidates: none"
        for candidate in one.words.candidates:
            yield from _candidate(candidate, one.read)
    yield from _rules(one)
    yield from (f"  passed over  {passed}" for passed in one.passed)
    yield from _verdict(one)


def _rules(one: Explained) -> Iterator[str]:
    if one.rules:
        yield "  rules"
    for rule in one.rules:
        said = ", ".join(_part(one.read, span) for span in rule.spans)
        yield f"    {rule.rule:<{_WIDE}}  {rule.says}{': ' if said else ''}{said}"


def _tokens(words: Explanation, text: str) -> Iterator[str]:
    for token in words.tokens:
        odds = "" if token.log_odds is None else f"log-odds {token.log_odds:+.1f}"
        classes = ", ".join(token.classes)
        yield f"    {_part(text, token.span):<{_WIDE}}  {token.kind:<10} {odds:<14} {classes}"


def _candidate(candidate: ExplainedCandidate, text: str) -> Iterator[str]:
    limited = ", at most so much for this shape" if candidate.limited else ""
    told = ", told" if candidate.told else ""
    score = f"score {candidate.score:.2f}{limited}"
    part = _part(text, candidate.span)
    yield f"    {part:<{_WIDE}}  {candidate.shape}, {score}, {candidate.tier}{told}"
    for term in candidate.terms:
        sum_ = f"{term.value:6.2f} x {term.weight:6.2f} = {term.points:6.2f}"
        yield f"      {term.feature:<{_WIDE + 8}}{sum_}"


def _verdict(one: Explained) -> Iterator[str]:
    if not one.told:
        yield "  verdict  nothing is said of it"
        return
    worst = max(told.risk.band for told in one.told)
    yield f"  verdict  {worst.word} as a finding of one file"
    for told in one.told:
        claim, said = told.hit.claim, _part(one.read, told.hit.span)
        yield f"    {told.risk.band.word:<9} {said}  {claim.title} ({claim.rule})"
        yield f"    {'':<9} severity {claim.severity.word}, certainty {told.hit.certainty:.2f}"
        if told.explanation:
            yield f"    {'':<9} {told.explanation}"


def _of_siblings(found: tuple[Siblings, ...], texts: list[str]) -> Iterator[str]:
    yield f"{len(texts)} texts as siblings"
    if not found:
        yield "  verdict  no family: their words do not vary as names of people do"
    for one in found:
        yield f"  verdict  {one.verdict}: {one.template}, {len(one.members)} of {len(texts)}"
        yield f"           share of names {one.share:.2f}, score {one.score:.1f}"
        yield f"           {one.explanation}"


def _part(text: str, span: Span) -> str:
    return text[slice(*span)]


# --- for machines -------------------------------------------------------------------------------


def _json(one: Explained) -> dict[str, object]:
    return {
        "text": one.text,
        "read": one.read,
        "opaque": one.words.opaque if one.words else None,
        "tokens": [
            {
                "text": _part(one.read, token.span),
                "kind": token.kind,
                "classes": list(token.classes),
                "log_odds": token.log_odds,
            }
            for token in (one.words.tokens if one.words else ())
        ],
        "candidates": [
            _json_candidate(candidate, one.read)
            for candidate in (one.words.candidates if one.words else ())
        ],
        "rules": [
            {
                "rule": rule.rule,
                "says": rule.says,
                "values": [_part(one.read, span) for span in rule.spans],
            }
            for rule in one.rules
        ],
        "passed_over": list(one.passed),
        "verdict": [
            {
                "band": told.risk.band.word,
                "severity": told.hit.claim.severity.word,
                "certainty": told.hit.certainty,
                "rule": told.hit.claim.rule,
                "value": _part(one.read, told.hit.span),
                "explanation": told.explanation,
            }
            for told in one.told
        ],
    }


def _json_candidate(candidate: ExplainedCandidate, text: str) -> dict[str, object]:
    return {
        "text": _part(text, candidate.span),
        "shape": candidate.shape,
        "score": round(candidate.score, 4),
        "limited": candidate.limited,
        "tier": candidate.tier,
        "told": candidate.told,
        "terms": {term.feature: round(term.points, 4) for term in candidate.terms},
    }


def _json_siblings(one: Siblings) -> dict[str, object]:
    return {
        "verdict": one.verdict.value,
        "template": one.template,
        "members": list(one.members),
        "share": one.share,
        "score": one.score,
        "explanation": one.explanation,
    }
