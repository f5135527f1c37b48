"""Examples of rules about known persons: tables of values by place, to what the rules find."""

from collections.abc import Iterator, Mapping, Sequence

from vestige.catalog import Catalog, Policy
from vestige.correlate.known import Meeting, Origin, Persons, Source, Target
from vestige.detect.elements import ElementRules
from vestige.identity import Marker
from vestige.model import Declaration, Observation, Where
from vestige.run import examples, known
from vestige.run.causes import Causes
from vestige.run.objects import openly
from vestige.run.traces import Traces
from vestige.sensitive import Sensitive
from vestige.trace import SOURCES, Kind, Trace, records

_KEY = b"an example is nobody's"
File = Mapping[str, str]


def found(check: str, files: Sequence[File], catalog: Catalog, policy: Policy) -> tuple[str, ...]:
    """The places at which the check finds something in files, each a table with its "path"."""
    return tuple(
        sorted(
            {
                one.target.place
                for one in _meetings(files, catalog, policy)
                if known.CHECKS[one.is_strong] == check
            }
        )
    )


def _meetings(files: Sequence[File], catalog: Catalog, policy: Policy) -> Iterator[Meeting]:
    left = [_left(file, catalog, policy) for file in files]
    persons = Persons()
    every = dict.fromkeys(trace for traces in left for trace in traces)
    numbers = {trace: number for number, trace in enumerate(every, 1)}
    for trace, number in numbers.items():
        if trace.kind in SOURCES:
            marks = list(records(trace.marks))
            source = Source(number, trace.kind, Origin.HEADER, trace.place, str(number))
            persons.add(source, marks)
    targets = [
        *_in_content(left, numbers, persons),
        *_in_names(files, persons, Marker(_KEY, catalog.lexicon.ordinary)),
    ]
    met = (persons.meeting(target) for target in targets)
    return (one for one in met if one is not None)


def _left(file: File, catalog: Catalog, policy: Policy) -> list[Trace]:
    """The traces that one file leaves."""
    causes = Causes(_KEY)
    traces = Traces(causes, catalog.lexicon)
    rules = ElementRules(catalog, policy)
    values = {key: text for key, text in file.items() if key not in {"path", "text"}}
    statement, said = examples.stated(values, rules)
    for key, text in values.items():
        observation = Observation(examples.place(key), Sensitive(text))
        traces.of_text(observation.place, text)
        list(traces.of_open(observation, rules.hits(observation, Declaration())))
    list(traces.of_object(statement, openly(said)))
    fresh, _ = causes.untold()
    return [one for one in fresh.values() if isinstance(one, Trace)]


def _in_content(
    left: Sequence[Sequence[Trace]], numbers: Mapping[Trace, int], persons: Persons
) -> Iterator[Target]:
    for number, traces in enumerate(left):
        own = frozenset(numbers[trace] for trace in traces)
        for trace in traces:
            marks = persons.in_marks(records(trace.marks))
            if trace.kind in {Kind.TEXT, Kind.OPEN} and marks:
                is_open = trace.kind is Kind.OPEN
                yield Target(number, trace.where, trace.place, "", marks, is_open, own)


def _in_names(files: Sequence[File], persons: Persons, marker: Marker) -> Iterator[Target]:
    names = known.NameMarks(persons, marker)
    for number, file in enumerate(files):
        for part in file["path"].split("/"):
            marks = names.of(part.encode(), number)
            if marks:
                yield Target(number, Where.PATH, "name", "folders", marks)
