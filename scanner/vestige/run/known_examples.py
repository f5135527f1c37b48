"""Examples of rules about known persons: tables of values by place, to what the rules find."""

from collections.abc import Container, Iterator, Mapping, Sequence

from vestige.catalog import Catalog, Policy
from vestige.correlate import keys as undoing
from vestige.correlate.codes import codes_in, plain, spellings
from vestige.correlate.copies import Copy, pairs
from vestige.correlate.key_columns import columns
from vestige.correlate.known import Meeting, Origin, Persons, Source, Target
from vestige.detect.elements import ElementRules
from vestige.detect.judge import Judge
from vestige.identity import Marker
from vestige.model import Band, Declaration, Observation, Where
from vestige.read import mapping
from vestige.read.beside import texts
from vestige.read.beside.parts import Bounds, Held, Listed
from vestige.run import copies, examples, hunting, keys, known, leftovers
from vestige.run.causes import Causes
from vestige.run.objects import openly
from vestige.run.search import Searching
from vestige.run.traces import Traces
from vestige.sensitive import Sensitive
from vestige.statement import Tag
from vestige.trace import SOURCES, Kind, Trace, records

_KEY = b"an example is nobody's"
File = Mapping[str, str]


def found(check: str, files: Sequence[File], catalog: Catalog, policy: Policy) -> tuple[str, ...]:
    """The places at which the check finds something in files, each a table with its "path".

    The "text" of a file is all of it, where it is no DICOM.
    """
    if check == copies.PHANTOM:
        return _trees(files, catalog, policy)
    if check == leftovers.LEFTOVER:
        return tuple(sorted(_left_behind(files, catalog, policy)))
    if check in hunting.CHECKS.values():
        return tuple(sorted(set(_hunted(check, files, catalog, policy))))
    if check == keys.MAPPING:
        return tuple(keys.PLACE for file in files if _maps(file, files, catalog))
    return tuple(
        sorted(
            {
                one.target.place
                for one in _meetings(files, catalog, policy)
                if known.CHECKS[one.is_strong] == check
            }
        )
    )


def _trees(files: Sequence[File], catalog: Catalog, policy: Policy) -> tuple[str, ...]:
    """The directories that hold images which lie elsewhere too, and tell of persons."""
    rules, judge = ElementRules(catalog, policy), Judge(catalog, policy)
    numbers: dict[str, int] = {}
    held: dict[str, list[Copy]] = {}
    for file in files:
        statement, said = examples.stated({k: t for k, t in file.items() if k != "path"}, rules)
        steps = file["path"].split("/")
        ways = ["/".join(steps[:depth]) for depth in range(len(steps) + 1)]
        way = tuple(numbers.setdefault(one, len(numbers) + 1) for one in ways)
        telling = [n for n, step in enumerate(steps) if examples.identifies(step, judge)]
        worst = max((one.claim.severity for one in said), default=Band.INFO)
        tree = way[telling[0]] if telling else 0
        copy = Copy(way[-1], way, tree, worst >= Band.HIGH, worst < Band.MEDIUM)
        held.setdefault(statement.uid(Tag.SOP_INSTANCE_UID), []).append(copy)
    paths = {number: path for path, number in numbers.items()}
    found = pairs(group for group in held.values() if len(group) > 1)
    return tuple(paths[pair.telling] for pair in found)


def _left_behind(files: Sequence[File], catalog: Catalog, policy: Policy) -> set[str]:
    """The leftovers in which something is found: in the header of a file, or in a name."""
    rules, judge = ElementRules(catalog, policy), Judge(catalog, policy)
    known = catalog.tables.leftovers
    found = set[str]()
    for file in files:
        _, said = examples.stated({k: t for k, t in file.items() if k != "path"}, rules)
        steps = file["path"].split("/")
        telling = any(examples.identifies(step, judge) for step in steps)
        if telling or any(one.claim.severity >= Band.MEDIUM for one in said):
            places = [depth for depth, step in enumerate(steps[:-1]) if known.folder(step)]
            places += [len(steps) - 1] if known.file(steps[-1]) else []
            found.update("/".join(steps[: depth + 1]) for depth in places[:1])
    return found


def _maps(file: File, files: Sequence[File], catalog: Catalog) -> bool:
    """Whether a file is a table that maps persons to codes of the others."""
    data = file.get("text", "").encode()
    others = [one for one in files if one is not file]
    names = [step for one in others for step in one["path"].split("/")]
    told = {value.casefold() for one in others for value in one.values()}
    for part in texts.read(Held(data), Bounds(len(data))):
        rows = mapping.clipped(part.rows) if isinstance(part, Listed) else []
        found = columns(rows, catalog.lexicon)
        hits = {one.number: sum(_stands(c, names, told) for c in one.codes) for one in found}
        undone = undoing.key(found, hits)
        if undone is not None and undone.linked:
            return True
    return False


def _stands(code: str, names: Sequence[str], told: Container[str]) -> bool:
    """Whether a code stands in names of entries, or is a value of a header."""
    length = frozenset({len(plain(code))})
    in_names = any(plain(code) in codes_in(name, length, folder=True) for name in names)
    return in_names or any(one.casefold() in told for one in spellings(code))


def _meetings(files: Sequence[File], catalog: Catalog, policy: Policy) -> Iterator[Meeting]:
    left = [_left(file, catalog, policy) for file in files]
    persons, numbers = _known(left)
    targets = [
        *_in_content(left, numbers, persons),
        *_in_names(files, persons, Marker(_KEY, catalog.lexicon.ordinary)),
    ]
    met = (persons.meeting(target) for target in targets)
    return (one for one in met if one is not None)


def _known(left: Sequence[Sequence[Trace]]) -> tuple[Persons, Mapping[Trace, int]]:
    """All who are openly named, and the numbers of all traces."""
    persons = Persons()
    every = dict.fromkeys(trace for traces in left for trace in traces)
    numbers = {trace: number for number, trace in enumerate(every, 1)}
    for trace, number in numbers.items():
        if trace.kind in SOURCES:
            marks = list(records(trace.marks))
            source = Source(number, trace.kind, Origin.HEADER, trace.place, str(number))
            persons.add(source, marks)
    return persons, numbers


def _hunted(check: str, files: Sequence[File], catalog: Catalog, policy: Policy) -> Iterator[str]:
    """The kinds of content in which known persons are hunted down."""
    persons, _ = _known([_left(file, catalog, policy) for file in files])
    ordinary = catalog.lexicon.ordinary
    searching = Searching(persons.marks(), Marker(_KEY, ordinary), ordinary, {})
    for number, file in enumerate(files, 1):
        for one in searching.in_bytes(number, file["path"], file.get("text", "").encode()):
            if hunting.CHECKS[one.strong] == check:
                yield hunting.place(one.what, one.way)


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
            for marks in names.of_siblings([part.encode()], number).values():
                yield Target(number, Where.PATH, "name", "folders", marks)
