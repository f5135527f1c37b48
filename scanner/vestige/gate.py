"""Gate: counts, coverage and policy to a verdict; whatever is not known to be clean stays."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from vestige.model import Band
from vestige.review import Coverage, Gap, Outcome, Risk, Verdict

GAPS = {
    "unfinished": "The scan did not come to its end.",
    "no-rules": "No rule counts under this policy: nothing could be found.",
    "empty": "The volume holds no file: an empty or missing mount looks the same.",
    "empty-root": "A root holds no file, though others do: a missing mount looks the same.",
    "unreadable": "Entries could not be read.",
    "partly": "Entries could be read in part only.",
    "unexamined": "The content of files was not examined, as nothing here reads it.",
    "changed": "Entries were changed or replaced while the gate looked at them.",
    "vanished": "Entries were gone before the gate had come to its end.",
    "added": "Entries appeared while the gate looked.",
    "beyond-limit": "Something lies beyond a limit of what is searched, or took too long.",
    "texts-cut": "Texts are too many or too long: not all were compared with known persons.",
    "hunt": "The hunt for known persons could not look into everything.",
    "unknown-class": "Objects are of a class that no table knows.",
    "link": "Links lead elsewhere: what they lead to may be transferred, and was not judged.",
    "special": "Devices, pipes or sockets: nobody can say what comes out of them.",
    "problem": "Something else was not read.",
    "no-digest": "Files have no digest of what was judged.",
}
"""All that makes a gate incomplete, by code."""

ALLOWABLE = (
    *("empty-root", "partly", "unexamined", "beyond-limit", "texts-cut", "hunt"),
    *("unknown-class", "link", "special", "problem"),
)
"""The gaps that somebody who knows the volume may allow; the others nobody may."""

_OF_CODES = {
    "changed": ("changed", "replaced"),
    "vanished": ("vanished",),
    "added": ("added",),
    "beyond-limit": (
        *("budget", "nesting-too-deep", "too-many-elements", "too-many-fragments"),
        *("deflate-bomb", "long-tail", "timeout", "time-limit", "archive-budget", "text-budget"),
        *("memory-limit", "ocr-budget"),
    ),
    "hunt": ("hunt-budget", "hunt-protected", "hunt-unopened", "hunt-damaged"),
}
"""The codes of problems that are told with a sentence of their own."""

_COUNTED = ("link", "unknown-class")
"""The codes of problems that stand for what is counted otherwise."""

TOLD = tuple(sorted({*(one for told in _OF_CODES.values() for one in told), *_COUNTED}))
"""The codes of problems that are told by a gap of their own."""


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a gate asks beside findings and coverage.

    `rules` is how many rules count under the policy; `problems` counts entries by code; `texts_cut`
    says that texts left no trace; `unknown_classes` counts files, `undigested` those without the
    digest that a clearance needs, `otherwise` entries that count as read or skipped and have a
    problem of another code than those in `TOLD`; `allowed` are the codes of gaps that were allowed.
    """

    rules: int
    problems: Mapping[str, int] = field(default_factory=dict)
    texts_cut: bool = False
    unknown_classes: int = 0
    empty_roots: int = 0
    links: int = 0
    specials: int = 0
    undigested: int = 0
    otherwise: int = 0
    allowed: frozenset[str] = frozenset()


def verdict(  # noqa: PLR0913 - what a verdict stands on
    risks: Sequence[Risk],
    coverage: Coverage,
    fail_on: Band,
    *,
    accepts_unexamined: bool = False,
    finished: bool = True,
    accepted: int = 0,
    grounds: Grounds | None = None,
) -> Verdict:
    """The verdict on a volume: findings block, and what was not read is never clean.

    `risks` are those of findings that count; so many others of the band or worse are `accepted`.
    With `grounds` all is asked that a gate asks: whatever is not known stays.
    """
    blocking = sum(risk.band >= fail_on for risk in risks)
    found = (*_gaps(coverage, finished=finished), *(_asked(grounds, coverage) if grounds else ()))
    allowed = grounds.allowed if grounds else frozenset()
    allowed |= {"unexamined"} if accepts_unexamined else frozenset()
    gaps = tuple(
        Gap(code, count, sentence, allowed=code in allowed) for code, count, sentence in found
    )
    open_gaps = tuple(gap.sentence for gap in gaps if not gap.allowed)
    given = tuple(f"Allowed: {gap.sentence}" for gap in gaps if gap.allowed and grounds)
    asked = grounds is not None
    if blocking:
        noun = "finding is" if blocking == 1 else "findings are"
        reason = f"{blocking:,} {noun} in band {fail_on.word} or worse."
        return Verdict(
            Outcome.BLOCK, (reason, *_accepted(accepted), *open_gaps, *given), gaps, asked
        )
    nothing = " ".join((_nothing(fail_on, accepted), *_accepted(accepted)))
    if open_gaps:
        return Verdict(Outcome.INCOMPLETE, (nothing, *open_gaps, *given), gaps, asked)
    whole = () if given else ("Everything that holds data was read.",)
    return Verdict(Outcome.PASS, (nothing, *whole, *given), gaps, asked)


def _nothing(fail_on: Band, accepted: int) -> str:
    rest = " that nobody answers for" if accepted else ""
    return f"Nothing was found in band {fail_on.word} or worse{rest}."


def _accepted(count: int) -> tuple[str, ...]:
    if not count:
        return ()
    if count == 1:
        return ("1 such finding is accepted in the baseline, and does not count.",)
    return (f"{count:,} such findings are accepted in the baseline, and do not count.",)


_Found = tuple[str, int, str]
"""Code, count and sentence of a gap."""


def _gaps(coverage: Coverage, *, finished: bool) -> Iterator[_Found]:
    """What any scan says of what it did not see."""
    if not finished:
        yield "unfinished", 1, GAPS["unfinished"]
    if coverage.files == 0:
        yield "empty", 1, GAPS["empty"]
    if coverage.unreadable:
        said = f"{_entries(coverage.unreadable)} could not be read."
        yield "unreadable", coverage.unreadable, said
    if coverage.partly:
        yield "partly", coverage.partly, f"{_entries(coverage.partly)} could be read in part only."
    if coverage.unexamined:
        said = f"The content of {_entries(coverage.unexamined)} was not examined; names were."
        yield "unexamined", coverage.unexamined, said


def _asked(grounds: Grounds, coverage: Coverage) -> Iterator[_Found]:
    """What a gate asks beyond that."""
    if grounds.rules == 0:
        yield "no-rules", 1, GAPS["no-rules"]
    if grounds.empty_roots and coverage.files:
        said = f"{_counted(grounds.empty_roots, 'root holds', 'roots hold')} no file"
        yield "empty-root", grounds.empty_roots, f"{said}: a missing mount looks the same."
    yield from _of_problems(grounds)
    if grounds.texts_cut:
        yield "texts-cut", 1, GAPS["texts-cut"]
    yield from _of_entries(grounds)


_PROBLEMS = {
    "changed": "{} changed or replaced while the gate looked.",
    "vanished": "{} gone before the gate had come to its end.",
    "added": "Something appeared in {} while the gate looked.",
    "beyond-limit": "Of {} something lies beyond a limit of what is searched, or took too long.",
    "hunt": "Of {} something was not hunted through: it is too long, locked or damaged.",
    "problem": "Of {} something else was not read: problems.csv says what.",
}


def _of_problems(grounds: Grounds) -> Iterator[_Found]:
    counts = {
        code: sum(grounds.problems.get(one, 0) for one in told) for code, told in _OF_CODES.items()
    }
    counts["problem"] = grounds.otherwise
    for code, count in counts.items():
        if count:
            were = " was" if count == 1 else " were"
            who = _entries(count) + (were if code in {"changed", "vanished"} else "")
            yield code, count, _PROBLEMS[code].format(who)


def _of_entries(grounds: Grounds) -> Iterator[_Found]:
    if grounds.unknown_classes:
        files = _counted(grounds.unknown_classes, "file is an object", "files are objects")
        yield "unknown-class", grounds.unknown_classes, f"{files} of a class that no table knows."
    if grounds.links:
        links = _counted(grounds.links, "link leads", "links lead")
        said = f"{links} elsewhere: what follows links transfers what was not judged."
        yield "link", grounds.links, said
    if grounds.specials:
        noun = _counted(grounds.specials, "device, pipe or socket", "devices, pipes or sockets")
        yield "special", grounds.specials, f"{noun}: nobody can say what comes out."
    if grounds.undigested:
        files = _counted(grounds.undigested, "file has", "files have")
        yield "no-digest", grounds.undigested, f"{files} no digest of what was judged."


def _entries(count: int) -> str:
    return _counted(count, "entry", "entries")


def _counted(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"


def exit_code(verdict: Verdict) -> int:
    """0 pass, 1 block, 3 incomplete."""
    return verdict.outcome.exit_code
