"""Accept: one finding of a scan into a baseline, with who answers for it, why, and until when."""

import os
import re
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from vestige import catalog
from vestige.acceptance import Decision, Scope
from vestige.catalog import baseline as baselines
from vestige.catalog.baseline import LONGEST_DAYS, Grant
from vestige.identity import STRONG, Form, Marker
from vestige.model import Family, StoreError, UsageError
from vestige.review import Ranked, Review
from vestige.run import key as keys
from vestige.run import show
from vestige.run.acceptance import Spans, key_print
from vestige.run.identities import Places
from vestige.run.known import persons_of
from vestige.sensitive import Sensitive
from vestige.store import Store
from vestige.trace import packed, records

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Wish:
    """An acceptance as the user asks for it; `below` is of the rule below the finding's folder."""

    finding: str
    by: str
    because: str
    until: date
    decision: Decision = Decision.ACCEPTED
    below: bool = False


def accept(store: Store, review: Review, wish: Wish, file: Path, key: bytes, today: date) -> Grant:
    """Add an acceptance to the baseline in `file`, made if it is missing, and give it.

    UsageError if there is no such finding, nobody answers for it, the day is no good, or the reason
    names somebody; PolicyError if the file is no baseline of this key.
    """
    if keys.inside(file, store.root_paths()):
        raise UsageError("the baseline lies inside a scanned root, which must not be changed")
    one = show.ranked(review, wish.finding)
    _demand_words(wish)
    _demand_day(wish.until, today)
    _demand_nobody_named(store, one, wish.because, key)
    grant = _below(store, one, wish, key, today) if wish.below else _exactly(one, wish, today)
    raw = _read(file)
    _replace(file, baselines.added(raw, file.name, key_print(key), grant, today))
    return grant


def _exactly(one: Ranked, wish: Wish, today: date) -> Grant:
    """The acceptance of a finding or a family, as it is now."""
    if one.identity is None:
        raise UsageError("of this finding nothing can be told that a later scan would know")
    extent = one.identity.extent
    return Grant(
        decision=wish.decision,
        scope=scope(one.family),
        rule=one.finding.claim.rule,
        fingerprint=one.identity.fingerprint,
        by=wish.by,
        because=wish.because,
        accepted_on=today,
        until=wish.until,
        band=one.risk.band,
        entries=max(extent.entries, 1),
        held=extent.held,
        values=extent.values,
    )


def scope(family: Family | None) -> Scope:
    """What an acceptance of a finding covers."""
    return Scope.FINDING if family is None else Scope.FAMILY


def _below(store: Store, one: Ranked, wish: Wish, key: bytes, today: date) -> Grant:
    """The acceptance of a rule below the innermost directory that holds all of a finding."""
    above = Spans(store).folders_above(one)
    if not above:
        raise UsageError("no directory holds all of this finding; accept the finding itself")
    return Grant(
        decision=wish.decision,
        scope=Scope.BELOW,
        rule=one.finding.claim.rule,
        fingerprint=Places(store, key).of(above[0]).hex(),
        by=wish.by,
        because=wish.because,
        accepted_on=today,
        until=wish.until,
        band=one.risk.band,
    )


def _demand_words(wish: Wish) -> None:
    for option, text in (("--by", wish.by), ("--because", wish.because)):
        if not text.strip():
            raise UsageError(f"{option}: say it: nobody can answer for nothing")
        if not text.isprintable():
            raise UsageError(f"{option}: must be one line of text")


def _demand_day(until: date, today: date) -> None:
    if until < today:
        raise UsageError("--until: this day is over (days end by UTC)")
    if (until - today).days > LONGEST_DAYS:
        raise UsageError(
            f"--until: at most {LONGEST_DAYS} days from today: then somebody must look again"
        )


def _demand_nobody_named(store: Store, one: Ranked, text: str, key: bytes) -> None:
    """UsageError if a reason repeats what was found, or names a person of the volume."""
    loaded = catalog.load()
    persons = persons_of(store, loaded, key, None)
    marks = (sign.mark for sign in Marker(key, loaded.lexicon.ordinary).in_text(text))
    telling = packed(mark for mark in marks if mark.form in STRONG or mark.form is Form.NAME)
    values = {one.finding.digest, *store.holdings.values(one.finding.id)}
    if persons.in_marks(records(telling)) or values & set(_digests(text, key)):
        raise UsageError(
            "--because: it names somebody whom the scan has found; a baseline goes into version "
            "control and must name no patient"
        )


def _digests(text: str, key: bytes) -> set[str]:
    words = _WORD.findall(text)
    spelled = {s for w in words for s in (w, w.lower(), w.upper(), w.capitalize())}
    return {Sensitive(word).digest(key) for word in spelled}


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise UsageError(f"the baseline cannot be read ({error.strerror})") from None


def _replace(file: Path, raw: bytes) -> None:
    """Write the file aside and rename it; its mode stays, a new one is its owner's alone."""
    try:
        descriptor, aside = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
        try:
            with os.fdopen(descriptor, "wb") as stream:
                stream.write(raw)
                stream.flush()
                os.fsync(stream.fileno())
            with suppress(FileNotFoundError):
                os.chmod(aside, os.stat(file).st_mode & 0o777)
            os.replace(aside, file)
        except BaseException:
            os.unlink(aside)
            raise
    except OSError as error:
        raise StoreError(f"the baseline cannot be written ({error.strerror})") from None
