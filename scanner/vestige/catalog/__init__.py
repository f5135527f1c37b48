"""The catalog: all rules, tables and lexicons, loaded strictly and named by one digest."""

from vestige.catalog.attributes import Action, AttributeList
from vestige.catalog.expression import TIME_LIMIT
from vestige.catalog.identifiers import Identifier, Identifiers
from vestige.catalog.leftovers import Leftover, Leftovers
from vestige.catalog.load import Catalog, digest_of_shipped, load
from vestige.catalog.policy import Policy, demand_known, policies, policy
from vestige.catalog.rule import (
    ElementsMatch,
    Example,
    FamilyMatch,
    IdentifierMatch,
    KnownMatch,
    ObjectMatch,
    PatternMatch,
    Rule,
    SubjectsMatch,
    VolumeMatch,
    WordsMatch,
)
from vestige.catalog.tables import Attribute, Dummy, PixelRisk, PrivateAttribute, Tables

__all__ = [
    "TIME_LIMIT",
    "Action",
    "Attribute",
    "AttributeList",
    "Catalog",
    "Dummy",
    "ElementsMatch",
    "Example",
    "FamilyMatch",
    "Identifier",
    "IdentifierMatch",
    "Identifiers",
    "KnownMatch",
    "Leftover",
    "Leftovers",
    "ObjectMatch",
    "PatternMatch",
    "PixelRisk",
    "Policy",
    "PrivateAttribute",
    "Rule",
    "SubjectsMatch",
    "Tables",
    "VolumeMatch",
    "WordsMatch",
    "demand_known",
    "digest_of_shipped",
    "load",
    "policies",
    "policy",
]
