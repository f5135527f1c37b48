"""Entries to outcomes, as a worker makes them."""

import json
import os
from pathlib import Path

import pytest

from tests.read.blobs import pdf
from tests.read.build import explicit, part_10
from tests.volumes import planted
from vestige import catalog, walk
from vestige.model import Entry, State
from vestige.read.file import Folder, Glance
from vestige.read.pages import FIRST
from vestige.run.batch import Examined, lost
from vestige.run.causes import Cause
from vestige.run.examine import NO_READER, Examiner
from vestige.run.repeated import Outcome
from vestige.walk import Siblings

KEY = b"k" * 32


CATALOG = catalog.load()


@pytest.fixture
def examiner() -> Examiner:
    return Examiner(CATALOG, catalog.policy("gdpr"), KEY)


def groups(volume: Path) -> list[Siblings]:
    return [e for e in walk.walk(walk.roots([volume])) if isinstance(e, Siblings)]


def entries(met: list[Siblings]) -> list[Entry]:
    return [entry for siblings in met for entry in siblings.entries()]


def outcomes(examined: Examined) -> list[Outcome]:
    return [examined.outcomes[code] for code in examined.codes]


def rules(examined: Examined, index: int) -> set[str]:
    causes = examined.sets[outcomes(examined)[index].findings]
    found = (examined.causes[cause] for cause in causes)
    return {cause.claim.rule for cause in found if isinstance(cause, Cause)}


def test_every_entry_has_one_outcome(examiner: Examiner, tmp_path: Path) -> None:
    planted("dirty-headers", tmp_path / "volume")
    met = groups(tmp_path / "volume")
    batch = entries(met)
    examined = examiner.examine(met)
    found = outcomes(examined)
    assert len(found) == len(batch)
    dicom = [i for i, entry in enumerate(batch) if entry.name.endswith(b".dcm")]
    assert dicom
    assert all(found[i].dicom for i in dicom)
    assert all(rules(examined, i) for i in dicom)
    assert any("elements/direct-identifier" in rules(examined, i) for i in dicom)
    assert all(found[i].subject for i in dicom)


def test_values_leave_as_masks_and_digests_alone(examiner: Examiner, tmp_path: Path) -> None:
    planted("dirty-headers", tmp_path / "volume")
    examined = examiner.examine(groups(tmp_path / "volume"))
    assert examined.values
    for value in examined.values:
        assert len(value.digest) == 32
        assert not [word for word in value.masked.split() if word.isalpha() and len(word) > 1]


def test_what_inside_a_value_was_not_read_is_a_problem(examiner: Examiner, tmp_path: Path) -> None:
    volume = tmp_path / "volume"
    volume.mkdir()
    for number in range(3):
        data = explicit(0x0020000E, "UI", b"1.2.3 ") + explicit(0x00420011, "OB", pdf("\0"))
        (volume / f"{number}.dcm").write_bytes(part_10(data))
    met = groups(volume)
    examined = examiner.examine(met)
    found = {(problem.code, problem.detail) for problem in examined.problems}
    detail = "pages of a document inside the file have no text that can be read: (0042,0011) > PDF"
    assert found == {("document-without-text", detail)}
    assert len(examined.problems) == 3
    states = [outcome.state for outcome in outcomes(examined)]
    assert states.count(State.PARTLY) == 3


def test_equal_sets_are_kept_once(examiner: Examiner, tmp_path: Path) -> None:
    planted("phantom-directory", tmp_path / "volume")
    examined = examiner.examine(groups(tmp_path / "volume"))
    assert len(set(examined.sets.values())) == len(examined.sets)
    assert examined.sets[0] == ()


def test_content_that_nothing_reads_is_skipped_not_clean(
    examiner: Examiner, tmp_path: Path
) -> None:
    (tmp_path / "volume").mkdir()
    (tmp_path / "volume" / "lump").write_bytes(bytes(range(256)) * 4)
    examined = examiner.examine(groups(tmp_path / "volume"))
    assert outcomes(examined)[1].state is State.SKIPPED
    assert outcomes(examined)[1].reason == NO_READER


def test_a_file_that_changed_since_the_walk_is_not_called_read(
    examiner: Examiner, tmp_path: Path
) -> None:
    volume = tmp_path / "volume"
    volume.mkdir()
    (volume / "grows").write_bytes(b"x")
    (volume / "vanishes").write_bytes(b"x")
    met = groups(volume)
    (volume / "grows").write_bytes(b"xy")
    (volume / "vanishes").unlink()
    examined = examiner.examine(met)
    assert [outcome.state for outcome in outcomes(examined)[1:]] == [State.UNREADABLE] * 2
    assert [problem.code for problem in examined.problems] == ["changed", "vanished"]


def test_an_error_that_nobody_foresaw_costs_one_entry_and_tells_no_value(
    examiner: Examiner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    planted("dirty-headers", tmp_path / "volume")
    met = groups(tmp_path / "volume")
    batch = entries(met)
    whole = outcomes(examiner.examine(met))
    real = Examiner._entry

    def broken(self: Examiner, siblings: Siblings, place: int, *rest: object) -> int:
        if siblings.first + place == batch[3].id:
            raise RuntimeError(os.fsdecode(batch[3].name))
        return real(self, siblings, place, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(Examiner, "_entry", broken)
    examined = Examiner(CATALOG, catalog.policy("gdpr"), KEY).examine(met)
    found = outcomes(examined)
    assert found[3].state is State.UNREADABLE
    (problem,) = (p for p in examined.problems if p.entry == batch[3].id)
    assert problem.code == "internal-error"
    assert os.fsdecode(batch[3].name) not in problem.detail
    others = [i for i in range(len(batch)) if i != 3]
    assert [found[i].state for i in others] == [whole[i].state for i in others]


def test_numbers_are_judged_where_a_table_lists_them_repeating_groups_too(
    examiner: Examiner, tmp_path: Path
) -> None:
    number = b"12.5"
    body = explicit(0x00200032, "DS", number) + explicit(0x50020010, "DS", number)
    (tmp_path / "image").write_bytes(part_10(body))
    examined = examiner.examine(groups(tmp_path))
    places = {cause.place for cause in examined.causes.values() if isinstance(cause, Cause)}
    assert "(5002,0010)" in places
    assert "(0020,0032)" not in places


def test_of_a_large_file_no_more_is_asked_than_is_read(
    examiner: Examiner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "volume").mkdir()
    (tmp_path / "volume" / "large").write_bytes(bytes(1 << 20))
    (tmp_path / "volume" / "small").write_bytes(bytes(1 << 10))
    advised = []
    monkeypatch.setattr(os, "posix_fadvise", lambda *told: advised.append(told[1:]))
    examiner.examine(groups(tmp_path / "volume"))
    assert advised == [(0, 0, os.POSIX_FADV_RANDOM)]


def test_one_long_header_does_not_make_the_files_behind_it_dear(
    examiner: Examiner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = explicit(0x00104000, "LT", b"x " * 30_000)
    (tmp_path / "0.dcm").write_bytes(part_10(long))
    for number in range(1, 6):
        (tmp_path / f"{number}.dcm").write_bytes(
            part_10(explicit(0x00200013, "IS", b"%d " % number))
        )
    (tmp_path / "6.txt").write_text("a letter that is no image\n" * 4000)
    lengths = []
    real = os.pread

    def counted(descriptor: int, length: int, offset: int) -> bytes:
        if offset == 0:
            lengths.append(length)
        return real(descriptor, length, offset)

    monkeypatch.setattr(os, "pread", counted)
    examiner.examine(groups(tmp_path))
    assert lengths[1] > FIRST
    assert max(lengths[2:]) == lengths[-1] == FIRST
    assert 4096 in lengths


def test_of_empty_files_in_a_folder_the_first_is_opened(
    examiner: Examiner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        (tmp_path / f"{number}.dcm").touch()
    (tmp_path / "Quintero_Maria.dcm").touch()
    met = groups(tmp_path)
    opened = []
    real = Folder.glance

    def counted(self: Folder, name: bytes, length: int, size: int = 0) -> Glance:
        opened.append(name)
        return real(self, name, length, size)

    monkeypatch.setattr(Folder, "glance", counted)
    examined = examiner.examine(met)
    assert opened == [b"0.dcm"]
    assert {(one.state, one.dicom) for one in outcomes(examined)} == {(State.READ, False)}
    assert "names/person-name" in rules(examined, 6)


def test_readers_ahead_give_the_same(tmp_path: Path) -> None:
    planted("dirty-headers", tmp_path / "volume")
    (tmp_path / "volume" / "empty").touch()
    (tmp_path / "volume" / "letter.txt").write_text("a letter")
    met = groups(tmp_path / "volume")
    policy = catalog.policy("gdpr")
    alone = Examiner(CATALOG, policy, KEY).examine(met)
    ahead = Examiner(CATALOG, policy, KEY, readers=3).examine(met)
    assert ahead == alone


def test_a_small_file_costs_one_open_and_one_read(
    examiner: Examiner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    planted("phantom-directory", tmp_path / "volume")
    met = groups(tmp_path / "volume")
    files = [entry for entry in entries(met) if entry.name.endswith(b".dcm")]
    opens, reads = [], []
    real_open, real_read = os.open, os.pread

    def counted_open(path: bytes, flags: int, *, dir_fd: int | None = None) -> int:
        if not flags & os.O_DIRECTORY:
            opens.append(path)
        return real_open(path, flags, dir_fd=dir_fd)

    def counted_read(descriptor: int, length: int, offset: int) -> bytes:
        reads.append(offset)
        return real_read(descriptor, length, offset)

    monkeypatch.setattr(os, "open", counted_open)
    monkeypatch.setattr(os, "pread", counted_read)
    examiner.examine(met)
    assert len(opens) == len(files)
    assert len(reads) == len(files)


SLOW_RULE = """
title = "A slow rule"
why = "w"
remedy = "r"
severity = "low"
certainty = 0.5
where = ["path"]
identifies = "site"
basis = ["ours"]
since = "1"

[match.pattern]
regex = "(?P<value>(?:a|a)+c)"

[[example]]
text = "aac"
finds = ["aac"]

[[example]]
text = "b"
finds = []
because = "no a"
"""


def test_a_rule_that_takes_too_long_hides_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "rules" / "site").mkdir(parents=True)
    (tmp_path / "rules" / "site" / "slow.toml").write_text(SLOW_RULE, encoding="utf-8")
    planted("dirty-headers", tmp_path / "volume")
    one = next(path for path in (tmp_path / "volume").rglob("*.dcm"))
    one.rename(one.with_name("a" * 60 + ".dcm"))
    slow = Examiner(catalog.load((tmp_path / "rules",)), catalog.policy("gdpr"), KEY)
    (alone,) = (
        siblings.part(place, place + 1)
        for siblings in groups(tmp_path / "volume")
        for place, listed in enumerate(siblings.listed)
        if listed[0].startswith(b"a" * 60)
    )
    examined = slow.examine([alone])
    assert outcomes(examined)[0].state is State.PARTLY
    assert [problem.code for problem in examined.problems] == ["timeout"]
    assert rules(examined, 0)


def test_an_entry_lost_with_its_worker_is_unreadable() -> None:
    examined = lost(5, "worker-died", "it died")
    assert examined.outcomes[1].state is State.UNREADABLE
    assert examined.problems[0].entry == 5


def test_what_tells_of_volumes_of_heads_is_kept_of_a_series(
    examiner: Examiner, tmp_path: Path
) -> None:
    told = (
        explicit(0x00080060, "CS", b"MR"),
        explicit(0x0008103E, "LO", b"t1_mprage_sag "),
        explicit(0x00180023, "CS", b"3D"),
        explicit(0x00180050, "DS", b"1 "),
        explicit(0x00180088, "DS", b".9"),
    )
    (tmp_path / "a.dcm").write_bytes(part_10(b"".join(told)))
    examined = examiner.examine(groups(tmp_path))
    (facts,) = (json.loads(one.facts) for one in examined.series.values())
    kept = {key: facts.get(key) for key in ("head", "acquired", "thickness", "spacing")}
    assert kept == {"head": "1", "acquired": "3D", "thickness": "1", "spacing": None}
