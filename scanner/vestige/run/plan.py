"""Plans: a scan as the user asks for it, with everything found and loaded that it needs."""

import os
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from pathlib import Path

from vestige import __version__, catalog, walk
from vestige.catalog import Catalog, Policy
from vestige.catalog import baseline as baselines
from vestige.catalog.baseline import Baseline
from vestige.catalog.roster import Roster
from vestige.chosen import EVERYTHING, Chosen
from vestige.identity import Marker
from vestige.model import Band, UsageError
from vestige.read.lettering import demand_engine
from vestige.run import folders, inputs, rosters
from vestige.run import key as keys
from vestige.run.acceptance import IDENTIFIED, Answering, key_print, today
from vestige.store import Earlier, failures

CRACK_SECONDS = 1.0
"""How long invented numbers and dates are tried on pseudonyms that look like digests."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What to scan, by what rules, and where the result goes.

    `clearing` has each file read whole, and keeps the SHA-256 of the bytes that were judged;
    `paranoid` their XXH3, by which the next scan knows what has changed.
    """

    roots: tuple[bytes, ...]
    out: Path
    policy: Policy
    catalog: Catalog
    key: bytes
    fail_on: Band
    jobs: int
    readers: int = 0
    cross_file_systems: bool = False
    resume: bool = False
    crack_seconds: float = CRACK_SECONDS
    software_as_data: bool = False
    roster: Roster | None = None
    hunt: bool = False
    picture_seconds: float = 0.0
    clearing: bool = False
    paranoid: bool = False
    baseline: Baseline | None = None
    since: Path | None = None
    inputs: str = ""
    only: Chosen = EVERYTHING


@dataclass(frozen=True, slots=True)
class Request:
    """A scan as the user asks for it."""

    roots: tuple[Path, ...]
    out: Path | None = None
    policy: str = "gdpr"
    rules: tuple[Path, ...] = ()
    key: Path | None = None
    fail_on: Band | None = None
    jobs: int = 0
    readers: int = 0
    cross_file_systems: bool = False
    resume: bool = False
    crack_seconds: float = CRACK_SECONDS
    software_as_data: bool = False
    hunt: bool = False
    picture_seconds: float = 0.0
    roster: Path | None = None
    clearing: bool = False
    paranoid: bool = False
    baseline: Path | None = None
    since: Path | None = None
    only: Chosen = EVERYTHING


def plan(request: Request) -> Plan:
    """The request with everything found and loaded; VestigeError says what is wrong with it."""
    roots = walk.roots(request.roots)
    if request.picture_seconds > 0:
        demand_engine()
    out = request.out or Path(f"vestige-scan-{datetime.now(UTC):%Y%m%dT%H%M%SZ}")
    folders.demand_outside(out, roots)
    policy = catalog.policy(request.policy)
    loaded = catalog.load(request.rules)
    catalog.demand_known(policy, loaded.tables)
    key = keys.load(request.key, roots)
    return Plan(
        roots=roots,
        out=out,
        policy=policy,
        catalog=loaded,
        key=key,
        fail_on=policy.fail_on if request.fail_on is None else request.fail_on,
        jobs=request.jobs or os.cpu_count() or 1,
        readers=request.readers,
        cross_file_systems=request.cross_file_systems,
        resume=request.resume,
        crack_seconds=request.crack_seconds,
        software_as_data=request.software_as_data,
        hunt=request.hunt,
        picture_seconds=request.picture_seconds,
        clearing=request.clearing,
        paranoid=request.paranoid,
        since=request.since,
        inputs=inputs.digest(_unusual(request), request.rules, _files(request)),
        only=request.only,
        roster=_roster(request.roster, key, roots, loaded),
        baseline=baseline(request.baseline, key, roots),
    )


def baseline(file: Path | None, key: bytes, roots: Sequence[bytes]) -> Baseline | None:
    """The baseline in a file, made under this key; None if there is no file.

    PolicyError says what is wrong with it; UsageError if whoever fills the volume could write it.
    """
    if file is None:
        return None
    if keys.inside(file, roots):
        raise UsageError("the baseline lies inside a scanned root; keep it elsewhere")
    loaded = baselines.load(file, today())
    loaded.demand_key(key_print(key))
    return loaded


def _unusual(request: Request) -> dict[str, object]:
    """The options that change what is found, where they are not as usual."""
    given = {field.name: (getattr(request, field.name), field.default) for field in fields(request)}
    return {
        name: value if isinstance(value, (bool, int, float, str)) else str(value)
        for name, (value, usual) in given.items()
        if value != usual and name not in _ASIDE
    }


def _files(request: Request) -> tuple[Path, ...]:
    roster = () if request.roster is None else (request.roster,)
    return (*inputs.of_policy(request.policy), *roster)


_ASIDE = frozenset(
    {"roots", "out", "rules", "key", "jobs", "readers", "resume", "since", "roster", "clearing"}
)
"""Options that change nothing of what is found, or that are told by what they name."""


def _roster(
    file: Path | None, key: bytes, roots: tuple[bytes, ...], loaded: Catalog
) -> Roster | None:
    marker = Marker(key, loaded.lexicon.ordinary)
    return None if file is None else rosters.load(file, key, roots, marker)


def identity(plan: Plan) -> dict[str, object]:
    """What must be the same for a scan to be the same scan; of the key only a keyed digest."""
    return {
        "roots": [root.hex() for root in plan.roots],
        "version": __version__,
        "catalog": plan.catalog.digest,
        "policy": plan.policy.name,
        "policy_digest": plan.policy.digest,
        "fail_on": plan.fail_on.word,
        "cross_file_systems": plan.cross_file_systems,
        "software_as_data": plan.software_as_data,
        "hunting": plan.hunt,
        "pictures": plan.picture_seconds > 0,
        "clearing": plan.clearing,
        "paranoid": plan.paranoid,
        "roster": plan.roster.digest if plan.roster is not None else "",
        "key": key_print(plan.key),
    }


def answering(scan_file: Path, file: Path | None, key: Path | None) -> Answering | None:
    """By what the findings of a scan that was made before are held against a baseline.

    None if neither baseline nor key is given, and the user's own key is not that of the scan.
    """
    asked = file is not None or key is not None
    if not asked and not keys.default_file().is_file():
        return None
    with failures(), closing(Earlier.open(scan_file)) as known:
        noted, told = known.noted("key"), known.noted("roots")
    roots = tuple(map(bytes.fromhex, told)) if isinstance(told, list) else ()
    secret = keys.load(key, roots)
    if not asked and noted != key_print(secret):
        return None
    return Answering(secret, baseline(file, secret, roots), identified=IDENTIFIED)
