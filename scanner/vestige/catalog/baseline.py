"""A baseline: findings that somebody answers for, with person, reason and last day.

It is a TOML file for version control. Of what was found it holds keyed digests alone: no name, no
value and no path. An acceptance covers what was there when it was made, and never more.
"""

import hashlib
import json
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from vestige.acceptance import Decision, Scope
from vestige.catalog.strict import Fields, reason
from vestige.model import Band, PolicyError

LONGEST_DAYS = 731
"""Days for which somebody may answer for a finding: two years, and then it is looked at again."""

_VERSION = 1
_DIGEST = re.compile(r"[0-9a-f]{16,64}")
_LONGEST_TEXT = 1_000
_ENTRY = re.compile(r"[ \t]*\[\[[ \t]*accepted[ \t]*\]\][ \t]*(?:#.*)?")

_HEAD = """\
# A baseline of Vestige: findings that somebody answers for, each until a day (UTC, inclusive).
# Give it to `vestige scan --baseline` or `vestige gate --baseline`; add to it by `vestige accept`.
# What was found stands here as keyed digests: no name, no value and no path. Write none either.
version = 1
key = {key}
"""


@dataclass(frozen=True, slots=True)
class Grant:
    """One acceptance as the file states it.

    `fingerprint` is that of the finding or family, or the digest of the directory below which the
    rule is accepted; `held` and `values` are the extent that was accepted (empty below a
    directory), `band` the worst band for which it was.
    """

    decision: Decision
    scope: Scope
    rule: str
    fingerprint: str
    by: str
    because: str
    accepted_on: date
    until: date
    band: Band
    entries: int = 0
    held: tuple[str, ...] = ()
    values: tuple[str, ...] = ()

    @property
    def covers(self) -> tuple[object, ...]:
        """What no two acceptances of one baseline may have in common."""
        return self.scope, self.rule, self.fingerprint, self.held, self.values

    def contains(self, other: "Grant") -> bool:
        """Whether it covers all that another one does, which it may then replace."""
        same = (self.scope, self.rule, self.fingerprint)
        if same != (other.scope, other.rule, other.fingerprint):
            return False
        return set(other.held) <= set(self.held) and set(other.values) <= set(self.values)


@dataclass(frozen=True, slots=True)
class Baseline:
    """All acceptances of a file; `key` is the fingerprint of the key of its digests.

    `digest` is the SHA-256 of the file.
    """

    name: str
    key: str
    grants: tuple[Grant, ...]
    digest: str

    def demand_key(self, fingerprint: str) -> None:
        """PolicyError if its digests were made under another key: nothing could match."""
        if self.key != fingerprint:
            raise PolicyError(
                f"baseline {self.name}: key: its digests were made under another key than those "
                "of the scan; give both the same key file with --key"
            )


def load(path: Path, today: date) -> Baseline:
    """The baseline in a file; PolicyError names the file, the entry and the key."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise PolicyError(f"baseline {path.name}: cannot be read ({error.strerror})") from None
    return parse(path.name, raw, today)


def parse(name: str, raw: bytes, today: date) -> Baseline:
    """The baseline that `raw` (TOML, UTF-8) states on a day; PolicyError names file and key.

    What has expired is no error: it counts again. What was accepted on a later day than today is
    one, for then some clock is wrong, and no day of expiry could be trusted.
    """
    file = f"baseline {name}"
    try:
        fields = Fields(file, tomllib.loads(raw.decode("utf-8")), PolicyError)
    except (ValueError, RecursionError) as error:
        raise PolicyError(f"{file}: not valid TOML: {reason(error)}") from None
    if fields.whole("version") != _VERSION:
        fields.refuse("version", f"this Vestige reads version {_VERSION}")
    key = _digest(fields, "key")
    grants: list[Grant] = []
    for one in fields.tables("accepted"):
        grant = _grant(one, today)
        if any(grant.covers == other.covers for other in grants):
            one.refuse("fingerprint", "the same is accepted twice")
        grants.append(grant)
    fields.finish()
    return Baseline(name, key, tuple(grants), hashlib.sha256(raw).hexdigest())


def _grant(fields: Fields, today: date) -> Grant:
    scope = Scope(fields.choice("scope", [*Scope]))
    is_below = scope is Scope.BELOW
    grant = Grant(
        decision=Decision(fields.choice("decision", [*Decision])),
        scope=scope,
        rule=fields.words("rule"),
        fingerprint=_digest(fields, "directory" if is_below else "fingerprint"),
        by=_words(fields, "by"),
        because=_words(fields, "because"),
        accepted_on=fields.day("accepted-on"),
        until=fields.day("until"),
        band=fields.band("band"),
        entries=0 if is_below else _count(fields, "entries"),
        held=() if is_below else _digests(fields, "held"),
        values=() if is_below else _digests(fields, "values"),
    )
    fields.finish()
    _demand_days(fields, grant, today)
    if not is_below and not grant.held:
        fields.refuse("held", "must name something")
    return grant


def _demand_days(fields: Fields, grant: Grant, today: date) -> None:
    if grant.accepted_on > today:
        fields.refuse(
            "accepted-on", "lies in the future: a clock is wrong, or was when it was accepted"
        )
    if grant.until < grant.accepted_on:
        fields.refuse("until", "lies before the day on which it was accepted")
    if (grant.until - grant.accepted_on).days > LONGEST_DAYS:
        fields.refuse("until", f"lies more than {LONGEST_DAYS} days after it was accepted")


def _words(fields: Fields, key: str) -> str:
    text = fields.words(key)
    if len(text) > _LONGEST_TEXT:
        fields.refuse(key, f"must have {_LONGEST_TEXT:,} characters at most")
    return text


def _count(fields: Fields, key: str) -> int:
    value = fields.number(key)
    if value < 1 or value != int(value):
        fields.refuse(key, "must be a whole number from 1 on")
    return int(value)


def _digest(fields: Fields, key: str) -> str:
    text = fields.text(key)
    if not _DIGEST.fullmatch(text):
        fields.refuse(key, "must be a keyed digest, in hexadecimal digits")
    return text


def _digests(fields: Fields, key: str) -> tuple[str, ...]:
    texts = fields.texts(key)
    if not all(map(_DIGEST.fullmatch, texts)):
        fields.refuse(key, "must be a list of keyed digests, in hexadecimal digits")
    return texts


# --- writing -------------------------------------------------------------------------------------


def added(raw: bytes, name: str, key: str, grant: Grant, today: date) -> bytes:
    """The file with one acceptance more, at its end; those that it contains are replaced by it.

    `raw` is the file as it is, b"" if there is none yet; order and comments stay. PolicyError if it
    is no baseline, or cannot be added to by a program.
    """
    if not raw:
        return (_HEAD.format(key=_quoted(key)) + "\n" + entry(grant)).encode()
    known = parse(name, raw, today)
    known.demand_key(key)
    replaced = [grant.contains(one) for one in known.grants]
    text = _without(raw.decode("utf-8"), replaced, name)
    made = f"{text.rstrip()}\n\n{entry(grant)}".encode()
    wanted = [one for one, gone in zip(known.grants, replaced, strict=True) if not gone]
    if list(parse(name, made, today).grants) != [*wanted, grant]:
        raise _not_editable(name)
    return made


def _without(text: str, gone: Sequence[bool], name: str) -> str:
    """The text without some of its entries; comments above an entry go with it."""
    if not any(gone):
        return text
    lines = text.splitlines(keepends=True)
    heads = [number for number, line in enumerate(lines) if _ENTRY.fullmatch(line.rstrip("\r\n"))]
    if len(heads) != len(gone):
        raise _not_editable(name)
    starts = [_with_comments(lines, head) for head in heads]
    ends = [*starts[1:], len(lines)]
    kept = lines[: starts[0]]
    for start, end, is_gone in zip(starts, ends, gone, strict=True):
        kept += [] if is_gone else lines[start:end]
    return "".join(kept)


def _with_comments(lines: Sequence[str], head: int) -> int:
    while head and lines[head - 1].lstrip().startswith("#"):
        head -= 1
    return head


def _not_editable(name: str) -> PolicyError:
    return PolicyError(
        f"baseline {name}: accepted: it is written so that no program can add to it; write each "
        "entry as a table of its own: [[accepted]]"
    )


def entry(grant: Grant) -> str:
    """The acceptance as an entry of the file."""
    lines = [
        "[[accepted]]",
        f"scope = {_quoted(grant.scope)}",
        f"decision = {_quoted(grant.decision)}",
        f"rule = {_quoted(grant.rule)}",
        f"by = {_quoted(grant.by)}",
        f"because = {_quoted(grant.because)}",
        f"accepted-on = {grant.accepted_on.isoformat()}",
        f"until = {grant.until.isoformat()}",
        f"band = {_quoted(grant.band.word)}",
    ]
    if grant.scope is Scope.BELOW:
        lines.append(f"directory = {_quoted(grant.fingerprint)}")
    else:
        lines += [
            f"fingerprint = {_quoted(grant.fingerprint)}",
            f"entries = {grant.entries}",
            f"held = {_listed(grant.held)}",
            f"values = {_listed(grant.values)}",
        ]
    return "\n".join(lines) + "\n"


def _listed(digests: Sequence[str]) -> str:
    if len(digests) <= 1:
        return f"[{''.join(map(_quoted, digests))}]"
    return "[\n" + "".join(f"    {_quoted(one)},\n" for one in digests) + "]"


def _quoted(text: str) -> str:
    """A basic string of TOML: JSON's, with DEL escaped too."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")
