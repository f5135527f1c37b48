"""Folders of rule files, tables and lexicons to one immutable Catalog, or a RuleError."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources.abc import Traversable

from vestige import lexicon, shipped
from vestige.catalog import tables
from vestige.catalog.rule import Rule, parse
from vestige.catalog.tables import Tables
from vestige.lexicon import Lexicon
from vestige.model import RuleError

_DATA = frozenset({"lexicons", "policies", "tables"})
"""Folders beside the rules that hold no rules."""


@dataclass(frozen=True, slots=True)
class Catalog:
    """All loaded rules with what they refer to; `digest` is the SHA-256 of every file of them."""

    rules: tuple[Rule, ...]
    tables: Tables
    lexicon: Lexicon
    digest: str

    def rule(self, rule_id: str) -> Rule:
        """The rule of that id; RuleError if there is none."""
        for rule in self.rules:
            if rule.id == rule_id:
                return rule
        raise RuleError(f"there is no rule {rule_id!r}; `vestige rules list` shows them all")


def load(extra: Sequence[Traversable] = ()) -> Catalog:
    """The shipped catalog, with the rules of the folders in `extra`.

    RuleError if a file is broken, if two rules have one id, or if a folder holds no rule.
    """
    root = shipped.rules()
    digest = hashlib.sha256()
    rules: dict[str, Rule] = {}
    for folder in (root, *extra):
        for rule_id, raw in _rule_files(folder):
            if rule_id in rules:
                raise RuleError(f"{rule_id}.toml: a rule of this id is loaded already")
            rules[rule_id] = parse(rule_id, raw)
            _feed(digest, rule_id, raw)
    for name, raw in _files(root / "tables", ".csv"):
        _feed(digest, name, raw)
    words = lexicon.load(root / "lexicons")
    _feed(digest, "lexicons", words.digest.encode())
    return Catalog(
        rules=tuple(rules[rule_id] for rule_id in sorted(rules)),
        tables=tables.load(root / "tables"),
        lexicon=words,
        digest=digest.hexdigest(),
    )


def _rule_files(folder: Traversable) -> Iterator[tuple[str, bytes]]:
    """Id and bytes of every rule below `folder`, by id."""
    if not folder.is_dir():
        raise RuleError("the rules folder does not exist or is no folder")
    found = [
        (f"{subject.name}/{name.removesuffix('.toml')}", raw)
        for subject in sorted(folder.iterdir(), key=lambda item: item.name)
        if subject.is_dir() and subject.name not in _DATA
        for name, raw in _files(subject, ".toml")
    ]
    if not found:
        raise RuleError("the rules folder holds no rule (rules lie in it as SUBJECT/NAME.toml)")
    yield from found


def _files(folder: Traversable, suffix: str) -> Iterator[tuple[str, bytes]]:
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        if item.is_file() and item.name.endswith(suffix):
            yield item.name, item.read_bytes()


def _feed(digest: "hashlib._Hash", name: str, raw: bytes) -> None:
    """Add one file to the digest; lengths keep names and contents from running together."""
    for part in (name.encode(), raw):
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
