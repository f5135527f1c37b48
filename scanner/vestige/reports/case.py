"""A case as one self-contained page: what was done, by whom, when, and whether all still agrees."""

from collections.abc import Sequence
from typing import NamedTuple

from jinja2 import Environment
from markupsafe import Markup

from vestige.evidence import Case, Deletion, Exhibit, Step, utc
from vestige.reports.environment import environment, hashed, source

_WIDTH, _HEIGHT, _EDGE = 960, 120, 24
"""Units of the picture of the timeline."""

_NS = 1_000_000_000


class Mark(NamedTuple):
    """A step in the picture: where it stands, at what height its number, and what it was."""

    x: float
    y: int
    step: Step


class Described(NamedTuple):
    """An exhibit with the path that the page may show of it."""

    exhibit: Exhibit
    path: str


def case_page(case: Case, exhibits: Sequence[Described], written_ns: int) -> str:
    """The page of a case; the same for the same case, paths and time."""
    style = source("case.css")
    return (
        _templates()
        .get_template("case.html.j2")
        .render(
            case=case,
            opened=case.steps[0] if case.steps else None,
            exhibits=exhibits,
            marks=marks(case.steps),
            span=_span(case.steps),
            written_ns=written_ns,
            width=_WIDTH,
            height=_HEIGHT,
            edge=_EDGE,
            style=Markup(style),  # noqa: S704 - our own file
            style_hash=hashed(style),
        )
    )


def _templates() -> Environment:
    made = environment()
    made.filters["instant"] = utc
    return made


def marks(steps: Sequence[Step]) -> tuple[Mark, ...]:
    """Where the steps stand on a line of time; those that would cover each other alternate."""
    if not steps:
        return ()
    first, last = min(s.time_ns for s in steps), max(s.time_ns for s in steps)
    wide = _WIDTH - 2 * _EDGE
    found = []
    for place, step in enumerate(steps):
        x = _EDGE + wide * (step.time_ns - first) / max(1, last - first)
        found.append(Mark(round(x, 1), 20 + 16 * (place % 3), step))
    return tuple(found)


def _span(steps: Sequence[Step]) -> str:
    """How much time lies between the first step and the last."""
    if not steps:
        return ""
    seconds = (max(s.time_ns for s in steps) - min(s.time_ns for s in steps)) // _NS
    for length, word in ((86_400, "days"), (3_600, "hours"), (60, "minutes")):
        if seconds >= 2 * length:
            return f"{seconds // length:,} {word}"
    return f"{seconds:,} seconds"


def deletion_page(found: Deletion, of: Exhibit, actor: str, nature: str, written_ns: int) -> str:
    """A deletion as it was witnessed, to be read and printed; it holds no name of the volume."""
    style = source("case.css")
    return (
        _templates()
        .get_template("deletion.html.j2")
        .render(
            found=found,
            of=of,
            actor=actor,
            nature=nature,
            written_ns=written_ns,
            parts=(("The rest of the folder above", found.rest), ("The copy", found.copy)),
            style=Markup(style),  # noqa: S704 - our own file
            style_hash=hashed(style),
        )
    )


def certificate_page(fields: Sequence[tuple[str, str]], exhibit: str, written_ns: int) -> str:
    """A certificate to be filled in: what is known stands there, all else is left blank.

    Fields as in the sample certificate of NIST SP 800-88, Appendix G.
    """
    style = source("case.css")
    return (
        _templates()
        .get_template("certificate.html.j2")
        .render(
            fields=fields,
            exhibit=exhibit,
            written_ns=written_ns,
            style=Markup(style),  # noqa: S704 - our own file
            style_hash=hashed(style),
        )
    )
