"""Folders of rule files, tables and lexicons to one immutable Catalog, or a RuleError."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources.abc import Traversable

from vestige import lexicon, shipped
from vestige.catalog import tables
from vestige.catalog.rule import (
    ElementsMatch,
    IdentifierMatch,
    PatternMatch,
    Rule,
    parse,
    parse_proven,
)
from vestige.catalog.tables import Tables
from vestige.lexicon import Lexicon
from vestige.model import RuleError

_DATA = frozenset({"lexicons", "policies", "tables"})
"""Folders beside the rules that hold no rules."""

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
"""What a subject, and a rule in it, may be called."""


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


def load(extra: Sequence[Traversable] = (), root: Traversable | None = None) -> Catalog:
    """The catalog in `root`, by default the shipped one, with the rules of the folders in `extra`.

    RuleError if a file is broken, if two rules have one id or claim the same rows of a table, or
    if a folder holds no rule.
    """
    is_ours = root is None
    root = shipped.rules() if root is None else root
    files = dict(_rule_files(root))
    own = frozenset(files)
    for folder in extra:
        for rule_id, raw in _rule_files(folder):
            if rule_id in files:
                raise RuleError(f"{rule_id}.toml: a rule of this id is loaded already")
            files[rule_id] = raw
    sheets = dict(_table_files(root / "tables"))
    known = _known(root / "tables", sheets)
    read = {name: _proven if name in own and is_ours else _parsed for name in files}
    rules = tuple(
        _knowing(read[name](name, files[name]), known, shipped=name in own)
        for name in sorted(files)
    )
    words = lexicon.load(root / "lexicons")
    _demand_tables(rules, known)
    parts = {**{f"{name}.toml": raw for name, raw in files.items()}, **sheets}
    return Catalog(rules, known, words, _digest(parts, words.digest))


_parsed = lru_cache(maxsize=1024)(parse)
"""Rules by their bytes: whoever scans more than once has most of them already."""

_proven = lru_cache(maxsize=1024)(parse_proven)
"""The same of those that ship with Vestige: tests of theirs prove that they can be run."""


def _known(folder: Traversable, sheets: Mapping[str, bytes]) -> Tables:
    """The tables of a folder that hold these bytes."""
    digest = _digest(sheets, "")
    if digest not in _LOADED:
        found = tables.load(folder)
        _LOADED.clear()
        _LOADED[digest] = found
    return _LOADED[digest]


_LOADED: dict[str, Tables] = {}
"""The last tables by their digest, and no more."""


def digest_of_shipped() -> str:
    """The digest of the shipped catalog, of which nothing is loaded; RuleError if files lack."""
    root = shipped.rules()
    rules = {f"{name}.toml": raw for name, raw in _rule_files(root)}
    sheets = dict(_table_files(root / "tables"))
    return _digest({**rules, **sheets}, lexicon.digest_of(root / "lexicons"))


def _knowing(rule: Rule, known: Tables, *, shipped: bool) -> Rule:
    """The rule with the table that its match asks for, and what the tests know of a shipped one."""
    match = rule.match
    if isinstance(match, IdentifierMatch):
        return replace(rule, match=replace(match, known=known.identifiers))
    if isinstance(match, PatternMatch) and shipped:
        return replace(rule, match=replace(match, ends_soon=True))
    return rule


def _rule_files(folder: Traversable) -> Iterator[tuple[str, bytes]]:
    """Id and bytes of every rule below `folder`, by id."""
    found = [
        (f"{subject.name}/{name.removesuffix('.toml')}", raw)
        for subject in _subjects(folder)
        for name, raw in _files(subject, ".toml")
    ]
    if not found:
        raise RuleError("the rules folder holds no rule (rules lie in it as SUBJECT/NAME.toml)")
    for rule_id, _ in found:
        if not all(_NAME.fullmatch(part) for part in rule_id.split("/")):
            raise RuleError(f"{rule_id!r}: folders and rules are named in letters, digits, - and _")
    yield from found


def _subjects(folder: Traversable) -> list[Traversable]:
    """The folders of rules; a rule that lies beside them, or deeper, would never be read."""
    try:
        if not folder.is_dir():
            raise RuleError("the rules folder does not exist or is no folder")
        inside = sorted(folder.iterdir(), key=lambda item: item.name)
        subjects = [item for item in inside if item.is_dir() and item.name not in _DATA]
        deeper = [item for subject in subjects for item in subject.iterdir() if item.is_dir()]
        deep = [item for lost in deeper for item in lost.iterdir()]
    except OSError as error:
        raise RuleError(f"the rules folder cannot be read: {error.__class__.__name__}") from None
    for item in (*(item for item in inside if item.is_file()), *deep):
        if item.name.endswith(".toml"):
            raise RuleError(f"{item.name!r}: lies in no subject (rules lie as SUBJECT/NAME.toml)")
    return subjects


def _table_files(folder: Traversable) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of every table; RuleError for one that nothing uses."""
    for name, raw in _files(folder, ".csv"):
        if name.removesuffix(".csv") not in tables.FILES:
            raise RuleError(f"tables/{name}: nothing uses this table")
        yield name, raw


def _files(folder: Traversable, suffix: str) -> Iterator[tuple[str, bytes]]:
    try:
        for item in sorted(folder.iterdir(), key=lambda item: item.name):
            if item.is_file() and item.name.endswith(suffix):
                yield item.name, item.read_bytes()
    except OSError as error:
        what = f"{folder.name}/*{suffix}"
        raise RuleError(f"{what}: cannot be read: {error.__class__.__name__}") from None


def _demand_tables(rules: Sequence[Rule], known: Tables) -> None:
    """Refuse rules for rows that no table has, or that another rule claims already."""
    claimed: dict[tuple[str, str], str] = {}
    for rule in rules:
        if not isinstance(rule.match, ElementsMatch):
            continue
        rows = (rule.match.table, rule.match.row_class)
        if rows[1] not in known.classes(rows[0]):
            raise RuleError(
                f"{rule.id}.toml: match.elements.class: {rows[1]!r} is no class of {rows[0]}"
            )
        if rows in claimed:
            raise RuleError(f"{rule.id}.toml: match.elements: {claimed[rows]} claims these rows")
        claimed[rows] = rule.id


def _digest(files: Mapping[str, bytes], words: str) -> str:
    """The SHA-256 of files by name; lengths keep names and contents from running together."""
    digest = hashlib.sha256()
    for name, raw in (*sorted(files.items()), ("lexicons", words.encode())):
        for part in (name.encode(), raw):
            digest.update(len(part).to_bytes(8, "big"))
            digest.update(part)
    return digest.hexdigest()
