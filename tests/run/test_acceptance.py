"""Acceptances on real volumes: what was there is covered, and never more."""

import random
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from tests.accepted import (
    DAY,
    FAMILY,
    FOLDER,
    KEY,
    MORE,
    NAME,
    SURNAMES,
    Site,
    baseline_of,
    counting,
    found,
    grant_of,
    reviewed,
)
from vestige.acceptance import Decision, Scope, Standing
from vestige.catalog.baseline import Grant
from vestige.model import Band, PolicyError, UsageError
from vestige.review import Outcome, Ranked, Review
from vestige.run.acceptance import WARN_DAYS, Answering, Spans, deadlines
from vestige.run.identities import Places
from vestige.run.review import open_review
from vestige.store import Store

PATIENT_NAME = (NAME, "(0010,0010)")


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = Site(tmp_path_factory.mktemp("site"))
    site.plant()
    return site.scan()


@pytest.fixture
def site(tmp_path: Path, first: Path) -> Site:
    """A volume of its own for each test, as the first scan has seen it."""
    home = tmp_path / "elsewhere"
    shutil.copytree(first.parents[1] / "volume", home / "volume")
    shutil.copy(first.parents[1] / "key", home / "key")
    return Site(home)


def standing(review: Review, rule: str, place: str = "") -> Standing | None:
    accepted = found(review, rule, place).accepted
    return accepted.standing if accepted else None


def everything(review: Review) -> tuple[Grant, ...]:
    return tuple(grant_of(one) for one in counting(review))


def test_what_was_accepted_holds_on_a_copy_of_the_volume(first: Path, site: Site) -> None:
    before = reviewed(first)
    assert before.verdict.outcome is Outcome.BLOCK
    after = reviewed(site.scan(), baseline_of(*everything(before)))
    assert [one.number for one in counting(after)] == []
    assert after.verdict.outcome is not Outcome.BLOCK
    assert {a.standing for one in after.findings if (a := one.accepted)} == {Standing.HOLDS}
    assert len(after.findings) == len(before.findings)
    assert after.accepting is not None
    assert after.accepting.unneeded == ()


def test_a_new_member_lets_a_family_count_again(first: Path, site: Site) -> None:
    family = grant_of(found(reviewed(first), FAMILY))
    assert family.entries == len(family.held) == len(SURNAMES) + len(MORE) - 1
    site.member(MORE[-1], 99)
    after = reviewed(site.scan(), baseline_of(family))
    assert standing(after, FAMILY) is Standing.OUTGROWN
    accepted = found(after, FAMILY).accepted
    assert accepted is not None
    assert "11 entries accepted, 12 entries now" in accepted.detail
    assert after.verdict.outcome is Outcome.BLOCK


def test_a_member_that_was_exchanged_lets_a_family_count_again(first: Path, site: Site) -> None:
    family = grant_of(found(reviewed(first), FAMILY))
    (site.volume / FOLDER.format(SURNAMES[0], 0)).rename(site.volume / FOLDER.format(MORE[-1], 0))
    assert standing(reviewed(site.scan(), baseline_of(family)), FAMILY) is Standing.OUTGROWN


def test_what_is_deleted_was_accepted(first: Path, site: Site) -> None:
    before = reviewed(first)
    grants = grant_of(found(before, FAMILY)), grant_of(found(before, *PATIENT_NAME))
    shutil.rmtree(site.volume / FOLDER.format(SURNAMES[0], 0))
    shutil.rmtree(site.volume / "incoming" / "S102")
    after = reviewed(site.scan(), baseline_of(*grants))
    assert standing(after, FAMILY) is Standing.HOLDS
    assert standing(after, *PATIENT_NAME) is Standing.HOLDS


@pytest.mark.parametrize(
    "change",
    [
        lambda site: site.dirty("incoming/S103/1.dcm", 103, "Zargothy^Quillonia", "48291377"),
        lambda site: site.dirty("incoming/S102/1.dcm", 102, "Somebody^Else", "77777777"),
    ],
    ids=["another file", "another value in the same file"],
)
def test_growth_in_headers_counts_again(
    first: Path, site: Site, change: Callable[[Site], None]
) -> None:
    grant = grant_of(found(reviewed(first), *PATIENT_NAME))
    change(site)
    after = reviewed(site.scan(), baseline_of(grant))
    assert standing(after, *PATIENT_NAME) is Standing.OUTGROWN


def test_days_end_by_utc_and_a_warning_comes_first(first: Path) -> None:
    baseline = baseline_of(grant_of(found(reviewed(first), FAMILY)))
    last = DAY + timedelta(days=100)
    for before, wanted in (
        (WARN_DAYS + 1, Standing.HOLDS),
        (WARN_DAYS, Standing.SOON),
        (0, Standing.SOON),
        (-1, Standing.EXPIRED),
    ):
        after = reviewed(first, baseline, last - timedelta(days=before))
        assert standing(after, FAMILY) is wanted, before
        assert found(after, FAMILY).counts is (wanted is Standing.EXPIRED)


def test_deadlines_name_the_next_day_and_what_is_over(first: Path) -> None:
    one = counting(reviewed(first))[0]
    days = (DAY + timedelta(days=many) for many in (WARN_DAYS + 1, 30))
    grants = [grant_of(one, until=day, held=(f"{n:016x}",)) for n, day in enumerate(days)]
    baseline = baseline_of(*grants)
    assert deadlines(baseline, DAY) == (
        f"2 acceptances in b.toml; the next one ends on {grants[0].until}.",
    )
    assert "Warning: 1 acceptance " in deadlines(baseline, DAY + timedelta(days=1))[1]
    later = deadlines(baseline, grants[0].until + timedelta(days=1))
    assert f"ends on {grants[1].until}" in later[0]
    assert later[-1] == "1 acceptance ended: what was accepted counts again."
    assert len(deadlines(baseline, grants[1].until + timedelta(days=1))) == len(grants)


def test_a_worse_band_counts_again(first: Path) -> None:
    one = found(reviewed(first), FAMILY)
    assert one.risk.band is Band.CRITICAL
    after = reviewed(first, baseline_of(grant_of(one, band=Band.HIGH)))
    assert standing(after, FAMILY) is Standing.WORSE


def below(first: Path, one: Ranked, **changes: object) -> Grant:
    """The acceptance of the rule of a finding below the folder that holds all of it."""
    store = Store.open(first)
    number = Spans(store).folders_above(one)[0]
    place = Places(store, KEY).of(number).hex()
    store.close()
    stated: dict[str, object] = {"entries": 0, "held": (), "values": ()}
    return grant_of(one, scope=Scope.BELOW, fingerprint=place, **(stated | changes))


def test_below_a_folder_what_is_to_come_is_accepted_of_one_rule(first: Path, site: Site) -> None:
    grant = below(first, found(reviewed(first), *PATIENT_NAME))
    site.dirty("incoming/S103/1.dcm", 103, "Somebody^Else", "77777777")
    after = reviewed(site.scan(), baseline_of(grant))
    for one in after.findings:
        assert (one.accepted is not None) is (one.finding.claim.rule == NAME)
    site.dirty("outside/1.dcm", 104, "Somebody^Else", "77777777")
    after = reviewed(site.scan(), baseline_of(grant))
    assert found(after, *PATIENT_NAME).accepted is None


def test_what_matches_nothing_is_named(first: Path, site: Site) -> None:
    before = reviewed(first)
    grants = grant_of(found(before, FAMILY)), below(first, found(before, *PATIENT_NAME))
    shutil.rmtree(site.volume / "cohort_b")
    shutil.rmtree(site.volume / "incoming")
    site.dirty("new/1.dcm", 104, "Somebody^Else", "77777777")
    file = site.scan()
    after = reviewed(file, baseline_of(*grants))
    assert after.accepting is not None
    assert {one.rule for one in after.accepting.unneeded} == {FAMILY, NAME}
    store = Store.open(file)
    store.note("state", "interrupted")
    store.close()
    partly = reviewed(file, baseline_of(*grants))
    assert partly.accepting is not None
    assert partly.accepting.unneeded == ()


def test_another_key_is_an_error_and_no_silence(first: Path) -> None:
    baseline = baseline_of(grant_of(found(reviewed(first), FAMILY)))
    with pytest.raises(UsageError, match="--key"):
        open_review(first, 0, Answering(b"x" * 32, baseline, DAY))
    with pytest.raises(PolicyError, match="key: its digests were made under another key"):
        baseline.demand_key("0" * 32)


def test_of_two_acceptances_the_one_that_holds_counts(first: Path) -> None:
    one = found(reviewed(first), FAMILY)
    old = grant_of(one, until=DAY, held=("0" * 16,), decision=Decision.FALSE_ALARM)
    for day, wanted in ((DAY, Standing.HOLDS), (DAY + timedelta(days=1), Standing.HOLDS)):
        after = reviewed(first, baseline_of(old, grant_of(one)), day)
        assert standing(after, FAMILY) is wanted
        assert after.accepting is not None
        assert after.accepting.unneeded == ()


# --- whatever is done to a volume --------------------------------------------------------------


def edited(site: Site, chance: random.Random, number: int) -> None:
    """One random edit: a file or folder that is added, renamed, exchanged or deleted."""
    files = sorted(path for path in site.volume.rglob("*.dcm"))
    one = chance.choice(files)
    match chance.randrange(6):
        case 0:
            shutil.rmtree(one.parent)
        case 1:
            one.unlink()
        case 2:
            one.parent.rename(one.parent.with_name(f"{chance.choice(MORE)}_{number}"))
        case 3:
            shutil.copy(one, one.with_name(f"copy{number}.dcm"))
        case 4:
            name = chance.choice(("Zargothy^Quillonia", "Somebody^Else"))
            inside = one.relative_to(site.volume).as_posix()
            site.dirty(inside, number, name, chance.choice(("48291377", "77777777")))
        case _:
            site.member(chance.choice((*SURNAMES, *MORE)), chance.randrange(20))


def holdings(file: Path) -> dict[tuple[str, ...], tuple[set[str], set[str], Band]]:
    """What each finding holds in, in clear: its paths and values, and its band."""
    store, review = open_review(file, 0, Answering(KEY, None, DAY))
    sets = store.sets()
    found: dict[tuple[str, ...], tuple[set[str], set[str], Band]] = {}
    for one in review.findings:
        number = one.finding.id
        rows = [r for r in store.rows() if number in sets.get(r.finding_set, ())]
        entries = set(store.members(number)) or {row.id for row in rows}
        values = set(store.holdings.values(number))
        key = key_of(one)
        paths = {clear(store, entry) for entry in entries}
        known = found.get(key, (set(), set(), Band.INFO))
        found[key] = (known[0] | paths, known[1] | values, max(known[2], one.risk.band))
    store.close()
    return found


def key_of(one: Ranked) -> tuple[str, ...]:
    """What a finding is, whatever it holds in."""
    told = one.finding.claim.rule, one.finding.where.value, one.finding.place
    return (*told, "" if one.family else one.finding.digest)


def clear(store: Store, entry: int) -> str:
    row, names = store.row(entry), list[str]()
    while row.parent:
        names.append(row.name.decode())
        row = store.row(row.parent)
    return "/".join(reversed(names))


@pytest.mark.parametrize("seed", range(2))
def test_nothing_that_is_new_is_ever_covered(first: Path, site: Site, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - a test is to be repeated
    before = holdings(first)
    baseline = baseline_of(*(grant_of(one) for one in reviewed(first).findings if one.identity))
    for number in range(chance.randrange(1, 4)):
        edited(site, chance, 500 + number)
    file = site.scan()
    after = holdings(file)
    for one in reviewed(file, baseline).findings:
        key = key_of(one)
        paths, values, _ = after[key]
        was = before.get(key, (set(), set(), Band.INFO))
        new = (paths - was[0]) | (values - was[1])
        if new:
            assert one.counts, key
        elif one.risk.band <= was[2] and values:
            assert not one.counts, key
