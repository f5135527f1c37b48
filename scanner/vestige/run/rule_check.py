"""Rule check: every rule run on its own examples."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from vestige import catalog as catalogs
from vestige.catalog import (
    Catalog,
    ElementsMatch,
    Example,
    FamilyMatch,
    IdentifierMatch,
    KnownMatch,
    ObjectMatch,
    Policy,
    Rule,
    SubjectsMatch,
    VolumeMatch,
)
from vestige.correlate.families import families
from vestige.correlate.templates import Sibling
from vestige.correlate.volume import check
from vestige.detect import identifiers
from vestige.detect.declared import declaration
from vestige.detect.elements import ElementRules
from vestige.detect.objects import ObjectRules
from vestige.detect.text_rules import TextRules, text_judgement
from vestige.model import Observation, Place, UsageError, Where
from vestige.run import examples, known_examples
from vestige.run.linking import told_by
from vestige.sensitive import Sensitive
from vestige.text import normal


@dataclass(frozen=True, slots=True)
class Failure:
    """An example that the rule does not bear out; holds the example's number, not its text."""

    rule: str
    example: int
    expected: tuple[str, ...]
    found: tuple[str, ...]


def failures(catalog: Catalog) -> Iterator[Failure]:
    """Examples of all rules that give something else than they say."""
    policy = catalogs.policy("gdpr")
    for rule in catalog.rules:
        for number, example in enumerate(rule.examples):
            found = found_in(rule, example, catalog, policy)
            if found != example.finds:
                yield Failure(rule.id, number, example.finds, found)


def demand_borne_out(catalog: Catalog) -> None:
    """UsageError if a rule does not find what its own examples say."""
    first = next(failures(catalog), None)
    if first is not None:
        raise UsageError(
            f"rule {first.rule}: example {first.example + 1} is not borne out; see `rules check`"
        )


def found_in(rule: Rule, example: Example, catalog: Catalog, policy: Policy) -> tuple[str, ...]:
    """What the rule, alone, finds in one of its examples, under the example's own policy if any."""
    policy = catalogs.policy(example.policy) if example.policy else policy
    if isinstance(rule.match, FamilyMatch):
        siblings = [Sibling(number, name) for number, name in enumerate(example.names, 1)]
        return tuple(
            family.template
            for family in families(siblings, catalog.lexicon)
            if family.kind is rule.match.kind and family.verdict in rule.match.verdicts
        )
    if isinstance(rule.match, ObjectMatch):
        alone = replace(catalog, rules=(rule,))
        stated = examples.stated(example.objects[0], ElementRules(catalog, policy))
        return tuple(hit.pointer for hit in ObjectRules(alone, policy).hits(*stated))
    if isinstance(rule.match, VolumeMatch):
        volume, paths = examples.volume(example.objects, catalog, policy)
        numbers = sorted(check(rule.match.check)(volume, catalog.tables))
        return tuple(path for number in numbers for path in paths[number])
    if isinstance(rule.match, SubjectsMatch):
        subjects = examples.subjects(example.objects, catalog, policy)
        return tuple(told.place for told in told_by(rule, subjects, 0.0))
    if isinstance(rule.match, KnownMatch):
        return known_examples.found(rule.match.check, example.objects, catalog, policy)
    if isinstance(rule.match, ElementsMatch):
        alone = replace(catalog, rules=(rule,))
        tag = int(example.place[1:10].replace(",", "").replace("xx", "10"), 16)
        where = Where.PRIVATE if example.creator else Where.HEADER
        place = Place(where, example.place, tag, example.vr or "UN", example.creator)
        method = Sensitive(example.method) if example.method else None
        declared = declaration(method, frozenset(), frozenset(), "", (None, None))
        observation = Observation(place, Sensitive(example.text))
        hits = ElementRules(alone, policy).hits(observation, declared)
    elif isinstance(rule.match, IdentifierMatch) and rule.match.context == "element":
        found = identifiers.in_element(example.text, rule.match.known)
        hits = tuple(identifiers.hits(rule, rule.match, found, example.text))
    else:
        hits = text_judgement(normal(example.text), TextRules((rule,)), catalog.lexicon).hits
    return tuple(hit.value.reveal() for hit in hits)
