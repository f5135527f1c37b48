"""Empties: empty files examined many at a time have the outcomes that they have one by one."""

import random
import uuid
from collections.abc import Sequence
from pathlib import Path

import pytest

from vestige import catalog
from vestige.run.batch import Examined
from vestige.run.empties import Packed, packed, weight
from vestige.run.examine import Examiner
from vestige.walk import Siblings, roots, walk

CATALOG = catalog.load()


def names(chance: random.Random) -> list[str]:
    """Names that say nothing, and some that do."""
    numbers = [f"IM-{number:04}.dcm" for number in range(150)]
    codes = [f"{uuid.UUID(int=chance.getrandbits(128))}.dcm" for _ in range(150)]
    said = ["QUINTERO_RODRIGUEZ_19610203", "MRN 48213377", "Müller Zoë", "b\n19610203", "z.mp4"]
    return [*numbers, *codes, *said, "19610203-dead-beef-9a0c-0305e82c3301"]


@pytest.fixture(scope="module")
def listed(tmp_path_factory: pytest.TempPathFactory) -> Sequence[Siblings]:
    root = tmp_path_factory.mktemp("volume")
    made = names(random.Random(1))  # noqa: S311 - names, no secret
    for number, some in enumerate((made, made[:100], made[-9:])):
        folder = root / f"f{number}"
        folder.mkdir()
        for name in some:
            (folder / name).touch()
    (root / "f1" / "AAA full.txt").write_text("of no interest")
    (root / "f1" / "zzz link").symlink_to("nowhere")
    return [one for one in walk(roots([root])) if isinstance(one, Siblings)]


def in_pieces(sent: Siblings | Packed) -> Sequence[Siblings]:
    return [sent] if isinstance(sent, Siblings) else [sent.siblings, sent.rest()]


def examined(listed: Sequence[Siblings | Packed]) -> Examined:
    return Examiner(CATALOG, catalog.policy("gdpr"), b"k" * 32).examine(listed)


def outcomes(given: Examined) -> list[tuple[object, ...]]:
    """What is said of each entry, whatever the numbers by which it is known."""
    told = [given.outcomes[code] for code in given.codes]
    causes = [tuple(given.causes[cause] for cause in given.sets[one.findings]) for one in told]
    heads = [(one.state, one.reason, one.dicom) for one in told]
    rest = (given.instances, given.kept, given.owns, given.sums)
    return list(zip(causes, heads, *rest, strict=True))


def test_many_at_a_time_are_as_one_by_one(listed: Sequence[Siblings]) -> None:
    together = outcomes(examined(listed))
    ones = [one.part(place, place + 1) for one in listed for place in range(len(one.listed))]
    assert together == outcomes(examined(ones))
    assert sum(bool(causes) for causes, *_ in together) >= len(("a name", "a number")) * 2


def test_names_are_all_that_a_worker_need_be_told_of_empty_files(
    listed: Sequence[Siblings],
) -> None:
    sent = [packed(one) for one in listed]
    assert sum(not isinstance(one, Siblings) for one in sent) == 1
    told = [one for part in sent for one in in_pieces(part)]
    every = [[(e.id, e.path) for one in some for e in one.entries()] for some in (told, listed)]
    assert every[0] == every[1]
    assert outcomes(examined(sent)) == outcomes(examined(listed))


def test_files_that_only_seem_empty_are_looked_at_again(tmp_path: Path) -> None:
    (tmp_path / "f").mkdir()
    for number in range(20):
        (tmp_path / "f" / f"{number:02}.txt").write_text("Patient: QUINTERO RODRIGUEZ, 1961-02-03")
    *others, full = (one for one in walk(roots([tmp_path])) if isinstance(one, Siblings))
    seeming = full._replace(listed=[(one[0], one[1], 0, *one[3:]) for one in full.listed])
    given = examined([*others, packed(seeming)])
    assert {problem.entry for problem in given.problems} <= {full.first}
    assert all(causes for causes, *_ in outcomes(given)[-19:])


def test_empty_files_weigh_little(listed: Sequence[Siblings]) -> None:
    weights = {len(one.listed): weight(one) for one in listed}
    assert weights[1] == 1
    assert weights[max(weights)] < max(weights) / 4
