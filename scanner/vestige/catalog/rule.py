"""One rule: its file, read strictly, as a value. Its path below the folder is its id."""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import regex
from regex import Pattern

from vestige.catalog.expression import Expression, demand_sound
from vestige.catalog.identifiers import CONTEXTS, Identifiers
from vestige.catalog.strict import Fields, reason
from vestige.digits import blinded
from vestige.model import Band, Certainty, Claim, FamilyKind, RuleError, Where

IDENTIFIES = (
    "direct",
    "quasi",
    "pseudonym",
    "device",
    "site",
    "staff",
    "free-text",
    "special",
    "claim",
    "pixels",
)
"""What a value that a rule finds can identify, or be."""

TABLES = (
    "allowed",
    "elements",
    "person_names",
    "private_dispositions",
    "private_identifying",
    "private_unlisted",
    "uid_roots",
    "unlisted_dates",
)
"""The tables that an elements rule may name, and sets defined by absence: from all tables, and
(`allowed`) from the list of a policy."""

_ELEMENT = re.compile(r"\([0-9A-Fa-f]{4},(?:xx[0-9A-Fa-f]{2}|[0-9A-Fa-f]{4})\)( .+)?")
"""How the example of an elements rule names its place."""

_STEP = re.compile(r"[0-9A-Fa-f]{4},(?:xx[0-9A-Fa-f]{2}|[0-9A-Fa-f]{4})\)(?:\[\d+\])?(?: .+)?")
"""One step, without its first bracket, of a place in the example of an object."""

_NO_TEXTS = frozenset({Where.TABLE, Where.CONTENT})
_NAME_PLACES = tuple(where for where in Where if where.is_name)
_TEXT_PLACES = tuple(where for where in Where if not where.is_name and where not in _NO_TEXTS)
_WHERE = {where.value: (where,) for where in Where} | {"path": _NAME_PLACES, "text": _TEXT_PLACES}
"""What the words of rules stand for: names that a file tells of are names like others."""

_TIERS = ("high", "medium")
_NONE_YET = Identifiers()
"""What a rule knows of identifiers before the catalog gives it the table."""

_NO_PLACES = frozenset({"path", "text"})
"""What the example of an object may name beside places: where it lies, and a text that it is."""

_WORDS = ("", "surname", "unknown", "strangers")


class Needs(NamedTuple):
    """A cheap expression that finds something in each text in which a dear one does.

    `of_form` does so in the form of each such text (see `digits`); None if that cannot be told. It
    is one of `re`, which looks through short texts in half the time that `regex` takes.
    """

    of_text: re.Pattern[str]
    of_form: Pattern[str] | None


@dataclass(frozen=True, slots=True)
class PatternMatch:
    """A regular expression with a group `value`; `words` says what its words must be.

    A "surname" is name-like; of "unknown" words none is ordinary; "strangers" are both.

    `blind`, a source that is compiled when it is needed, finds something in the form of each text
    in which the expression does (see `digits`); None if that cannot be told. `needs` is what a text
    must have for the expression to be tried. An expression that `ends_soon` is known to be done
    with any short text well before its time limit.
    """

    expression: Expression
    blind: str | None
    words: str
    check: str
    needs: Needs | None = None
    ends_soon: bool = False


@dataclass(frozen=True, slots=True)
class WordsMatch:
    """Names of one tier, by the one table of tiers; of all shapes if none is named."""

    tier: str
    shapes: frozenset[str]


@dataclass(frozen=True, slots=True)
class IdentifierMatch:
    """Numbers of the table of identifiers, and what shows that they are some (see `CONTEXTS`)."""

    context: str
    known: Identifiers


@dataclass(frozen=True, slots=True)
class ElementsMatch:
    """Rows of a table of data elements: all of it, or those of one class."""

    table: str
    row_class: str


@dataclass(frozen=True, slots=True)
class FamilyMatch:
    """Verdicts on families of sibling names of one kind, each with the certainty that it earns."""

    verdicts: Mapping[Certainty, float]
    kind: FamilyKind = FamilyKind.NAMES


@dataclass(frozen=True, slots=True)
class ObjectMatch:
    """A named check of what one DICOM object states, beside what was found in it."""

    check: str


@dataclass(frozen=True, slots=True)
class VolumeMatch:
    """A named check of what all series of a volume state, one beside the other."""

    check: str


@dataclass(frozen=True, slots=True)
class SubjectsMatch:
    """A named check of what is left of all subjects of a volume, one beside the other."""

    check: str


@dataclass(frozen=True, slots=True)
class KnownMatch:
    """A named check of who or what is known at one place of a volume, and stands at another."""

    check: str


OfObjects = ObjectMatch | VolumeMatch | SubjectsMatch | KnownMatch
Match = PatternMatch | WordsMatch | IdentifierMatch | ElementsMatch | FamilyMatch | OfObjects


@dataclass(frozen=True, slots=True)
class Example:
    """A text at a place, and the values that the rule must find in it (none: it passes over).

    For a family, `names` are the sibling names instead of a text; for an object, `objects` is one
    table of values by place, for a volume one for each file, with its "path". `policy` is the
    shipped policy under which the rule is tried ("": the default one).
    """

    text: str
    finds: tuple[str, ...]
    because: str
    place: str
    vr: str
    creator: str
    method: str
    names: tuple[str, ...]
    objects: tuple[Mapping[str, str], ...] = ()
    policy: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A claim to look for, with its own examples."""

    id: str
    title: str
    why: str
    remedy: str
    severity: Band
    certainty: float
    where: frozenset[Where]
    identifies: str
    basis: tuple[str, ...]
    since: str
    match: Match
    examples: tuple[Example, ...]
    claim: Claim = field(init=False, repr=False, compare=False)
    """What the rule asserts where it hits, before any row of a table refines it."""

    def __post_init__(self) -> None:
        """Make the claim once: it is asked for with every hit."""
        claim = Claim(
            self.id, self.title, self.severity, self.certainty, self.identifies, self.basis
        )
        object.__setattr__(self, "claim", claim)


def parse(rule_id: str, raw: bytes) -> Rule:
    """The rule that `raw` (TOML, UTF-8) states; RuleError names the file and the key."""
    return read(rule_id, _table(rule_id, raw))


def parse_proven(rule_id: str, raw: bytes) -> Rule:
    """The same of a rule of which it is known that its expression can be run."""
    rule = _stated(rule_id, _table(rule_id, raw))
    _demand_told(rule)
    return rule


def read(rule_id: str, table: Mapping[str, Any]) -> Rule:
    """The rule that a table of TOML states; RuleError names the file and the key."""
    rule = _stated(rule_id, table)
    if isinstance(rule.match, PatternMatch):
        texts = (example.text for example in rule.examples)
        demand_sound(rule.match.expression, f"{rule.id}.toml", texts)
    _demand_told(rule)
    return rule


def _table(rule_id: str, raw: bytes) -> Mapping[str, Any]:
    try:
        return tomllib.loads(raw.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise RuleError(f"{rule_id}.toml: not valid TOML: {reason(error)}") from None


def _stated(rule_id: str, table: Mapping[str, Any]) -> Rule:
    fields = Fields(f"{rule_id}.toml", table, RuleError)
    match = _match(fields.table("match"))
    rule = Rule(
        id=rule_id,
        title=fields.words("title"),
        why=fields.words("why"),
        remedy=fields.words("remedy"),
        severity=fields.band("severity"),
        certainty=fields.share("certainty"),
        where=_where(fields),
        identifies=fields.choice("identifies", IDENTIFIES),
        basis=fields.texts("basis"),
        since=fields.words("since"),
        match=match,
        examples=tuple(_example(example) for example in fields.tables("example")),
    )
    fields.finish()
    return rule


def _demand_told(rule: Rule) -> None:
    """Refuse a rule whose examples do not tell what it finds and what it passes over."""
    file = f"{rule.id}.toml"
    _demand_examples(rule, file)
    for number, example in enumerate(rule.examples):
        _demand_sense(rule, example, f"{file}: example[{number}]")


def _where(fields: Fields) -> frozenset[Where]:
    words = fields.texts("where")
    unknown = sorted(set(words) - _WHERE.keys())
    if unknown or not words:
        fields.refuse("where", f"{unknown or 'nothing'} is no place; places are {sorted(_WHERE)}")
    return frozenset(where for word in words for where in _WHERE[word])


def _match(fields: Fields) -> Match:
    kinds: dict[str, Callable[[Fields], Match]] = {
        "pattern": _pattern,
        "words": _words,
        "identifier": lambda inner: IdentifierMatch(inner.choice("context", CONTEXTS), _NONE_YET),
        "elements": _elements,
        "family": _family,
        "object": lambda inner: ObjectMatch(inner.text("check")),
        "volume": lambda inner: VolumeMatch(inner.text("check")),
        "subjects": lambda inner: SubjectsMatch(inner.text("check")),
        "known": lambda inner: KnownMatch(inner.text("check")),
    }
    kind = fields.only_key(tuple(kinds))
    inner = fields.table(kind)
    match = kinds[kind](inner)
    inner.finish()
    fields.finish()
    return match


def _pattern(fields: Fields) -> PatternMatch:
    source = fields.text("regex")
    words = fields.text("words", default="")
    if words not in _WORDS:
        fields.refuse("words", f"{words!r} is unknown; known are {', '.join(filter(None, _WORDS))}")
    check = fields.text("check", default="")
    return PatternMatch(Expression(source), blinded(source), words, check, _needs(fields))


def _needs(fields: Fields) -> Needs | None:
    """What a text needs to have for the expression to be tried at all; None if that is unknown."""
    source = fields.text("needs", default="")
    if not source:
        return None
    try:
        widened = blinded(source)
        of_form = None if widened is None else regex.compile(widened, regex.VERSION1)
        return Needs(re.compile(source), of_form)
    except (re.error, regex.error, ValueError, OverflowError, RecursionError) as error:
        fields.refuse("needs", f"does not compile: {error}")


def _words(fields: Fields) -> WordsMatch:
    return WordsMatch(
        tier=fields.choice("tier", _TIERS), shapes=frozenset(fields.texts("shapes", default=()))
    )


def _elements(fields: Fields) -> ElementsMatch:
    return ElementsMatch(fields.choice("table", TABLES), fields.text("class", default=""))


def _family(fields: Fields) -> FamilyMatch:
    verdicts = fields.table("verdicts")
    known = {
        verdict: verdicts.share(verdict.value)
        for verdict in Certainty
        if verdicts.has(verdict.value)
    }
    verdicts.finish()
    if not known:
        fields.refuse("verdicts", f"must name one of {', '.join(Certainty)}")
    kind = fields.text("kind", default=FamilyKind.NAMES.value)
    if kind not in set(FamilyKind):
        fields.refuse("kind", f"{kind!r} is unknown; known are {', '.join(FamilyKind)}")
    return FamilyMatch(known, FamilyKind(kind))


def _example(fields: Fields) -> Example:
    example = Example(
        text=fields.text("text", default=""),
        finds=fields.texts("finds"),
        because=fields.text("because", default=""),
        place=fields.text("place", default="name"),
        vr=fields.text("vr", default=""),
        creator=fields.text("creator", default=""),
        method=fields.text("method", default=""),
        names=fields.texts("names", default=()),
        objects=fields.mappings("objects"),
        policy=fields.text("policy", default=""),
    )
    fields.finish()
    return example


def _demand_examples(rule: Rule, file: str) -> None:
    if not any(example.finds for example in rule.examples):
        raise RuleError(f"{file}: example: none that the rule finds; add one with `finds`")
    if all(example.finds for example in rule.examples):
        raise RuleError(f"{file}: example: none that the rule passes over; add one: finds = []")
    for example in rule.examples:
        if not example.finds and not example.because:
            raise RuleError(f"{file}: example: `because` is missing where nothing is found")


def _demand_objects(rule: Rule, example: Example, key: str) -> None:
    """Refuse an example of objects whose places nobody could read, or whose files have no path."""
    of_volume = not isinstance(rule.match, ObjectMatch)
    if not example.objects or (len(example.objects) > 1 and not of_volume):
        raise RuleError(
            f"{key}.objects: needs a table of values by place (of a volume, one a file)"
        )
    for table in example.objects:
        if of_volume and "path" not in table:
            raise RuleError(f"{key}.objects: path: is missing: where the file lies")
        steps = (step for place in table.keys() - _NO_PLACES for step in place.split("/("))
        for step in steps:
            if not _STEP.fullmatch(step.removeprefix("(")):
                raise RuleError(f"{key}.objects: {step!r} is no place, as '(0010,0010)'")


def _demand_sense(rule: Rule, example: Example, key: str) -> None:
    """Refuse an example that cannot be run."""
    if isinstance(rule.match, FamilyMatch) and not example.names:
        raise RuleError(f"{key}.names: is missing: a family needs sibling names")
    if isinstance(rule.match, OfObjects):
        _demand_objects(rule, example, key)
    if isinstance(rule.match, ElementsMatch) and not _ELEMENT.fullmatch(example.place):
        raise RuleError(f"{key}.place: must be an element, as '(0010,0010)'")
