"""A policy: which rules count, what blocks, and what an object may still hold."""

import hashlib
import re
import tomllib
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from importlib.resources.abc import Traversable
from pathlib import Path

from vestige import shipped
from vestige.catalog import attributes
from vestige.catalog.attributes import Action, AttributeList
from vestige.catalog.strict import Fields, reason
from vestige.catalog.tables import Tables
from vestige.model import Band, PolicyError

METHOD_CODES = frozenset(str(code) for code in range(113100, 113113))
"""The profile, its options, and their codes (PS3.16 CID 7050)."""


@dataclass(frozen=True, slots=True)
class Policy:
    """What counts under one reading of the law.

    `honours` are the method codes of PS3.16 CID 7050 whose options the policy accepts when an
    object claims them; `ignores` are rule ids or globs; `accepts_unexamined` says whether content
    that nothing could read still lets a volume pass. `oldest` is the age in years up to which an
    age may stand, and above which no code permits it (None: there is no such age). With
    `year_stays` the year of a date is no finding; with `only_lettered` attributes are none that no
    letter of HIPAA Safe Harbor names. `allows` is the list outside of which nothing may stand,
    `only` the list of attributes beside which nothing in a header is judged (None: there is none).
    `digest` is the SHA-256 of what was stated, lists and all.
    """

    name: str
    title: str
    why: str
    fail_on: Band
    honours: frozenset[str]
    ignores: tuple[str, ...]
    accepts_unexamined: bool
    oldest: int | None
    year_stays: bool
    only_lettered: bool
    allows: AttributeList | None
    only: AttributeList | None
    digest: str

    def counts(self, rule_id: str) -> bool:
        """Whether findings of the rule count under this policy."""
        return not any(fnmatchcase(rule_id, glob) for glob in self.ignores)

    def asks_for(self, tag: int) -> bool:
        """Whether a standard element is a finding by being there, whatever it holds."""
        return self.allows is not None and self.allows.lacks(tag)

    def action(self, tag: int, creator: str = "") -> Action | None:
        """What the list of what may stand permits of an element; None if it says nothing of it."""
        return None if self.allows is None else self.allows.action(tag, creator)


def policy(name_or_file: str) -> Policy:
    """The shipped policy of that name, or the one in that file; PolicyError says what is wrong."""
    folder = shipped.rules() / "policies"
    shipped_file = folder / f"{name_or_file}.toml"
    if "/" not in name_or_file and shipped_file.is_file():
        return parse(name_or_file, shipped_file.read_bytes(), folder)
    path = Path(name_or_file)
    try:
        return parse(f"{path.name} (a file)", path.read_bytes(), path.parent)
    except (OSError, ValueError) as error:
        known = ", ".join(policies())
        raise PolicyError(
            f"no policy {name_or_file!r}: it is none of {known}, and the file cannot be read "
            f"({getattr(error, 'strerror', None) or 'no such name'})"
        ) from None


def policies() -> tuple[str, ...]:
    """The names of the shipped policies."""
    folder = shipped.rules() / "policies"
    files = (item.name for item in folder.iterdir() if item.name.endswith(".toml"))
    return tuple(sorted(name.removesuffix(".toml") for name in files))


def parse(name: str, raw: bytes, folder: Traversable | None = None) -> Policy:
    """The policy that `raw` (TOML, UTF-8) states; PolicyError names the file and the key.

    Lists that it names lie in `folder`; their errors name file and line.
    """
    file = f"policy {name}"
    try:
        fields = Fields(file, tomllib.loads(raw.decode("utf-8")), PolicyError)
    except (ValueError, RecursionError) as error:
        raise PolicyError(f"{file}: not valid TOML: {reason(error)}") from None
    lists = _Lists(fields, folder or Path())
    stated = Policy(
        name=name,
        title=fields.text("title"),
        why=fields.text("why"),
        fail_on=fields.band("fail-on"),
        honours=_honours(fields),
        ignores=fields.texts("ignores", default=()),
        accepts_unexamined=fields.choice("unexamined", ("incomplete", "accept")) == "accept",
        oldest=fields.whole("oldest") if fields.has("oldest") else None,
        year_stays=_chosen(fields, "dates", ("none", "year")) == "year",
        only_lettered=_chosen(fields, "attributes", ("all", "hipaa")) == "hipaa",
        allows=lists.allows(),
        only=lists.read("only"),
        digest=hashlib.sha256(b"".join((raw, *lists.digests))).hexdigest(),
    )
    fields.finish()
    return stated


def demand_known(policy: Policy, tables: Tables) -> None:
    """PolicyError if it judges attributes alone of which no table of rules says anything."""
    for tag in policy.only.standard if policy.only is not None else ():
        if not tables.lists(tag):
            raise PolicyError(
                f"policy {policy.name}: only: ({tag >> 16:04x},{tag & 0xFFFF:04x}) is no attribute "
                "of tables/elements.csv, and would never be judged"
            )


class _Lists:
    """The lists that a policy names, with their digests in the order in which they were read."""

    def __init__(self, fields: Fields, folder: Traversable) -> None:
        self._fields = fields
        self._folder = folder
        self.digests: list[bytes] = []

    def allows(self) -> AttributeList | None:
        """What may stand in an object, with the groups that need not be listed."""
        found = self.read("allow")
        groups = self._fields.texts("allow-groups", default=())
        wrong = [group for group in groups if not _EVEN_GROUP.fullmatch(group)]
        if wrong:
            self._fields.refuse("allow-groups", f"{wrong[0]!r} is no group, as '0018'")
        if found is None:
            if groups:
                self._fields.refuse("allow-groups", "needs a list (allow = ...)")
            return None
        return replace(found, groups=frozenset(int(group, 16) for group in groups))

    def read(self, key: str) -> AttributeList | None:
        """The list in the file that a key names; None if there is no such key."""
        if not self._fields.has(key):
            return None
        name = self._fields.words(key)
        try:
            raw = self._folder.joinpath(name).read_bytes()
        except (OSError, ValueError) as error:
            why = getattr(error, "strerror", None) or error.__class__.__name__
            self._fields.refuse(key, f"{name!r} cannot be read beside the policy ({why})")
        self.digests.append(hashlib.sha256(raw).digest())
        return attributes.parse(name, raw)


_EVEN_GROUP = re.compile(r"[0-9A-Fa-f]{3}[02468ACEace]")


def _chosen(fields: Fields, key: str, choices: tuple[str, ...]) -> str:
    """The choice at a key; the first of them if there is none."""
    return fields.choice(key, choices) if fields.has(key) else choices[0]


def _honours(fields: Fields) -> frozenset[str]:
    codes = frozenset(fields.texts("honours"))
    unknown = sorted(codes - METHOD_CODES)
    if unknown:
        fields.refuse("honours", f"{unknown[0]!r} is no method code of PS3.16 CID 7050")
    return codes
