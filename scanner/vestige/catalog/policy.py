"""A policy: which rules count, what blocks, and what a method code permits."""

import hashlib
import tomllib
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from vestige import shipped
from vestige.catalog.strict import Fields, reason
from vestige.model import Band, PolicyError

METHOD_CODES = frozenset(str(code) for code in range(113100, 113113))
"""The profile, its options, and their codes (PS3.16 CID 7050)."""


@dataclass(frozen=True, slots=True)
class Policy:
    """What counts under one reading of the law.

    `honours` are the method codes of PS3.16 CID 7050 whose options the policy accepts when an
    object claims them; `ignores` are rule ids or globs; `accepts_unexamined` says whether content
    that nothing could read still lets a volume pass. `oldest` is the age in years above which no
    code permits an age (None: there is no such age); `digest` the SHA-256 of what was stated.
    """

    name: str
    title: str
    why: str
    fail_on: Band
    honours: frozenset[str]
    ignores: tuple[str, ...]
    accepts_unexamined: bool
    oldest: int | None
    digest: str

    def counts(self, rule_id: str) -> bool:
        """Whether findings of the rule count under this policy."""
        return not any(fnmatchcase(rule_id, glob) for glob in self.ignores)


def policy(name_or_file: str) -> Policy:
    """The shipped policy of that name, or the one in that file; PolicyError says what is wrong."""
    shipped_file = shipped.rules() / "policies" / f"{name_or_file}.toml"
    if "/" not in name_or_file and shipped_file.is_file():
        return parse(name_or_file, shipped_file.read_bytes())
    path = Path(name_or_file)
    try:
        return parse(f"{path.name} (a file)", path.read_bytes())
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


def parse(name: str, raw: bytes) -> Policy:
    """The policy that `raw` (TOML, UTF-8) states; PolicyError names the file and the key."""
    file = f"policy {name}"
    try:
        fields = Fields(file, tomllib.loads(raw.decode("utf-8")), PolicyError)
    except (ValueError, RecursionError) as error:
        raise PolicyError(f"{file}: not valid TOML: {reason(error)}") from None
    stated = Policy(
        name=name,
        title=fields.text("title"),
        why=fields.text("why"),
        fail_on=fields.band("fail-on"),
        honours=_honours(fields),
        ignores=fields.texts("ignores", default=()),
        accepts_unexamined=fields.choice("unexamined", ("incomplete", "accept")) == "accept",
        oldest=fields.whole("oldest") if fields.has("oldest") else None,
        digest=hashlib.sha256(raw).hexdigest(),
    )
    fields.finish()
    return stated


def _honours(fields: Fields) -> frozenset[str]:
    codes = frozenset(fields.texts("honours"))
    unknown = sorted(codes - METHOD_CODES)
    if unknown:
        fields.refuse("honours", f"{unknown[0]!r} is no method code of PS3.16 CID 7050")
    return codes
