"""What a scan came to, on one screen, and one finding line by line: masked."""

from collections.abc import Iterator

from rich.table import Table
from rich.text import Text

from vestige.cli.screen import out_console, safe
from vestige.reports.acceptances import notices
from vestige.reports.wording import carried_over, in_software
from vestige.review import Ranked, Review

_TOP = 10


def say(review: Review) -> None:
    """The result on one screen."""
    table = Table(box=None, pad_edge=False)
    for column in ("rank", "finding", "band", "score", "what", "entries", "files"):
        right = column in ("rank", "score", "entries", "files")
        table.add_column(column, justify="right" if right else "left")
    counting = [one for one in review.findings if one.counts]
    for one in counting[:_TOP]:
        table.add_row(
            str(one.rank),
            one.number,
            one.risk.band.word,
            f"{one.risk.score:.1f}",
            Text(safe(f"{one.finding.claim.title}  {one.finding.masked}"), overflow="fold"),
            f"{one.reach.entries:,}",
            f"{one.reach.files:,}",
        )
    if counting:
        out_console.print(table)
    if len(counting) > _TOP:
        out_console.print(f"… and {len(counting) - _TOP:,} more in findings.csv")
    for sentence in notices(review):
        out_console.print(f"Baseline: {safe(sentence)}", soft_wrap=True)
    c = review.scan.coverage
    out_console.print(
        f"Coverage: {c.seen:,} entries seen = {c.read:,} read ({c.partly:,} of them in part)"
        f" + {c.unreadable:,} unreadable + {c.skipped:,} skipped ({c.unexamined:,} not examined)",
        soft_wrap=True,
    )
    for sentence in _beside(review):
        out_console.print(sentence, soft_wrap=True)
    word = {"pass": "PASS", "block": "BLOCK", "incomplete": "INCOMPLETE"}
    reasons = " ".join(review.verdict.reasons)
    out_console.print(f"Verdict: {word[review.verdict.outcome.value]}. {reasons}", soft_wrap=True)


def _beside(review: Review) -> Iterator[str]:
    """What is said beside coverage, where there is anything to say."""
    scan = review.scan
    if scan.since is not None:
        yield carried_over(scan.coverage, scan.since)
    if review.software is not None:
        yield f"Software: {in_software(review.software)}"
    if review.hunt is not None:
        yield f"Hunt: {review.hunt.words}"


def lines(one: Ranked) -> Iterator[str]:
    """All that may be shown of one finding, line by line."""
    claim = one.finding.claim
    yield f"{one.number}  {one.risk.band.word} {one.risk.score:.1f}  {claim.title}"
    yield f"rule      {claim.rule}"
    yield f"place     {one.finding.where.value} {safe(one.finding.place)}"
    yield f"evidence  {safe('; '.join(one.values) or one.finding.masked)}"
    reach = one.reach
    yield f"reach     {reach.entries:,} entries, {reach.files:,} files, {reach.bytes:,} bytes"
    yield f"why       {one.why}"
    yield f"remedy    {one.remedy}"
    if one.finding.explanation:
        yield f"judged by {safe(one.finding.explanation)}"
    yield f"basis     {'; '.join(claim.basis)}"
    for reason in one.risk.reasons:
        yield f"          {reason}"
    if one.accepted is not None:
        answer = f"{one.accepted.by}: {one.accepted.because}"
        yield f"{one.accepted.standing.value:<10}{safe(answer)}"
    for path in one.paths:
        yield f"at        {safe(path)}"
