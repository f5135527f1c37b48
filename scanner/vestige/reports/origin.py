"""Where a phantom directory likely comes from: what its path, its names and its times give away."""

import re
from collections.abc import Iterable, Iterator

from vestige.model import Family
from vestige.review import Ranked

_STAGES = (
    ("export exports exported output outputs out outbox ausgabe sortie salida results", "export"),
    (
        "import imports imported incoming inbox input inputs intake upload uploads received",
        "import",
    ),
    ("tmp temp temporary scratch work workdir working cache spool buffer", "scratch"),
    ("raw raws orig origs original originals source sources unprocessed dirty identified", "raw"),
    ("stage stages staging staged step steps intermediate interim halfway queue pending", "stage"),
    ("pass passes run runs first initial test tests trial trials draft debug dev attempt", "pass"),
    ("old bak backup backups copy copies archive archived save saved trash deleted", "copy"),
    ("deid deidentified anon anonymized anonymised pseudo release released clean cleaned", "deid"),
)
"""Words of paths that name a stage of a pipeline, and the stage."""

STAGES = {
    "export": "Its path says “{word}”: a program wrote it to be handed on.",
    "import": "Its path says “{word}”: the place where data arrives, as it was when it came.",
    "scratch": "Its path says “{word}”: a working place, meant to be emptied and forgotten.",
    "raw": "Its path says “{word}”: data before anything was taken out of it.",
    "stage": "Its path says “{word}”: what one program leaves for the next.",
    "pass": "Its path says “{word}”: an early or trial run that a later one replaced.",
    "copy": "Its path says “{word}”: a copy that was kept aside.",
    "deid": "Its path says “{word}”: what a de-identification gave out; its folders were left.",
    "version": "Its path says “{word}”: one version among several; a later one may exist.",
}

NUMBERED = "Each name ends in a number that no person types: a program named them."
DATED = "Each name holds a date: they were named as they were written."
AT_ONCE = "All of it was written within a day, as one run of a program does."
OVER_DAYS = "It was written over {days:,} days: something went on filling it."
TOOL = "Nearby, {number} tells of the tool: {title}."

_STAGE_OF = {word: stage for words, stage in _STAGES for word in words.split()}
_VERSION = re.compile(r"v\d{1,3}|r\d{1,2}")
_WORDS = re.compile(r"[a-z]+\d{1,3}|[a-z]+")
_PROGRAM = re.compile(r"\{(?:uuid|uid|hex)\}")
_DAY_NS = 86_400 * 10**9
_MOST = 5
_TOOLS = ("made-by",)


def tools(findings: Iterable[Ranked]) -> tuple[Ranked, ...]:
    """The findings that tell of the tool by which something was made."""
    return tuple(
        one for one in findings if one.finding.claim.rule.partition("/")[2].startswith(_TOOLS)
    )


def origin(ranked: Ranked, family: Family, made_by: Iterable[Ranked] = ()) -> tuple[str, ...]:
    """Sentences on where the family likely comes from; of its path only words of stages are told.

    `made_by` are findings that tell of tools, as `tools` gives them. What is masked in a path stays
    masked, and is no word of a stage.
    """
    path = ranked.paths[0] if ranked.paths else ""
    said = [*_of_path(path), *_of_names(family.template), *_of_times(family)]
    said += _of_tools(path, made_by)
    return tuple(said[:_MOST])


def _of_path(path: str) -> Iterator[str]:
    """One sentence for each stage that the path names, the nearest folder first."""
    told = set[str]()
    for part in reversed(path.lower().split("/")):
        for word in _WORDS.findall(part):
            stage = _stage(word)
            if stage and stage not in told:
                told.add(stage)
                yield STAGES[stage].format(word=word)


def _stage(word: str) -> str:
    if _VERSION.fullmatch(word):
        return "version"
    return _STAGE_OF.get(word) or _STAGE_OF.get(word.rstrip("0123456789"), "")


def _of_names(template: str) -> Iterator[str]:
    if _PROGRAM.search(template):
        yield NUMBERED
    elif "{date}" in template:
        yield DATED


def _of_times(family: Family) -> Iterator[str]:
    if not family.first_written or not family.last_written:
        return
    days = (family.last_written - family.first_written) // _DAY_NS
    yield AT_ONCE if days == 0 else OVER_DAYS.format(days=days + 1)


def _of_tools(path: str, made_by: Iterable[Ranked]) -> list[str]:
    """What the first finding below the same folder tells of the tool that wrote it."""
    near = (one for one in made_by if any(place.startswith(f"{path}/") for place in one.paths))
    first = next(near, None) if path else None
    return [TOOL.format(number=first.number, title=first.finding.claim.title)] if first else []
