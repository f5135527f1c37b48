"""Gate: counts, coverage and policy to a verdict; whatever is not known to be clean stays."""

from collections.abc import Sequence

from vestige.model import Band
from vestige.review import Coverage, Outcome, Risk, Verdict


def verdict(
    risks: Sequence[Risk],
    coverage: Coverage,
    fail_on: Band,
    *,
    accepts_unexamined: bool = False,
    finished: bool = True,
    accepted: int = 0,
) -> Verdict:
    """The verdict on a volume: findings block, and what was not read is never clean.

    `risks` are those of findings that count; so many others of the band or worse are `accepted`.
    """
    blocking = [risk for risk in risks if risk.band >= fail_on]
    gaps = _gaps(coverage, accepts_unexamined=accepts_unexamined, finished=finished)
    if blocking:
        noun = "finding is" if len(blocking) == 1 else "findings are"
        reason = f"{len(blocking):,} {noun} in band {fail_on.word} or worse."
        return Verdict(Outcome.BLOCK, (reason, *_accepted(accepted), *gaps))
    nothing = " ".join((_nothing(fail_on, accepted), *_accepted(accepted)))
    if gaps:
        return Verdict(Outcome.INCOMPLETE, (nothing, *gaps))
    return Verdict(Outcome.PASS, (nothing, "Everything that holds data was read."))


def _nothing(fail_on: Band, accepted: int) -> str:
    rest = " that nobody answers for" if accepted else ""
    return f"Nothing was found in band {fail_on.word} or worse{rest}."


def _accepted(count: int) -> tuple[str, ...]:
    if not count:
        return ()
    if count == 1:
        return ("1 such finding is accepted in the baseline, and does not count.",)
    return (f"{count:,} such findings are accepted in the baseline, and do not count.",)


def _gaps(coverage: Coverage, *, accepts_unexamined: bool, finished: bool) -> tuple[str, ...]:
    said = []
    if not finished:
        said.append("The scan did not come to its end.")
    if coverage.files == 0:
        said.append("The volume holds no file: an empty or missing mount looks the same.")
    if coverage.unreadable:
        said.append(f"{_entries(coverage.unreadable)} could not be read.")
    if coverage.partly:
        said.append(f"{_entries(coverage.partly)} could be read in part only.")
    if coverage.unexamined and not accepts_unexamined:
        said.append(f"The content of {_entries(coverage.unexamined)} was not examined; names were.")
    return tuple(said)


def _entries(count: int) -> str:
    return "1 entry" if count == 1 else f"{count:,} entries"


def exit_code(verdict: Verdict) -> int:
    """0 pass, 1 block, 3 incomplete."""
    return {Outcome.PASS: 0, Outcome.BLOCK: 1, Outcome.INCOMPLETE: 3}[verdict.outcome]
