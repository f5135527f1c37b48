"""The gate as a whole: it passes what is known to be clean, and nothing else."""

import hashlib
import json
import os
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pydicom
import pytest

from tests.accepted import accepted
from tests.account import DIRTY
from tests.read.build import part_10, patient
from tests.test_secrecy import told, words_of_names
from tests.volumes import planted
from vestige import signature
from vestige.clearance import manifest
from vestige.clearance.manifest import Clearance
from vestige.model import UsageError
from vestige.review import Outcome, Review
from vestige.run.acceptance import today
from vestige.run.gate import Wanted, gate, signature_file
from vestige.run.plan import Request, plan
from vestige.run.scan import Progress, scan

Meddle = Callable[[Path], object]


@pytest.fixture
def volume(tmp_path: Path) -> Path:
    """A clean volume of files that can all be read."""
    planted("clean-export", tmp_path / "volume")
    for path in (tmp_path / "volume").rglob("*.txt"):
        path.unlink()
    (tmp_path / "key").write_bytes(bytes(range(32)))
    return tmp_path / "volume"


def nobody(_: Progress) -> None:
    """Listens to nothing."""


def gated(
    volume: Path,
    wanted: Wanted | None = None,
    listener: Callable[[Progress], None] = nobody,
    request: Request | None = None,
) -> Review:
    wanted = wanted or Wanted()
    home = volume.parent
    asked = request or Request(roots=(volume,))
    asked = replace(
        asked,
        out=asked.out or home / "out",
        key=home / "key",
        jobs=1,
        crack_seconds=0,
    )
    return gate(plan(asked), wanted, listener)


def codes(review: Review) -> set[str]:
    return {gap.code for gap in review.verdict.gaps if not gap.allowed}


def read(path: Path) -> Clearance:
    with path.open("rb") as stream:
        return manifest.read(stream)


def files_in(volume: Path) -> list[Path]:
    return sorted(path for path in volume.rglob("*") if path.is_file() and not path.is_symlink())


def test_a_clean_volume_passes_and_its_clearance_is_of_exactly_its_files(volume: Path) -> None:
    (volume / "empty-folder").mkdir()
    wanted = Wanted(clearance=volume.parent / "clearance", files_from=volume.parent / "list")
    review = gated(volume, wanted)
    assert review.verdict.outcome is Outcome.PASS
    clearance = read(volume.parent / "clearance")
    cleared = {file.path: (file.size, file.sha256) for file in clearance.files}
    assert cleared == {
        os.fsencode(path.relative_to(volume)): (
            path.stat().st_size,
            hashlib.sha256(path.read_bytes()).digest(),
        )
        for path in files_in(volume)
    }
    assert [(one.kind, one.path) for one in clearance.others] == [("d", b"empty-folder")]
    verdict = (volume.parent / "out/verdict.json").read_bytes()
    assert clearance.head["verdict"] == hashlib.sha256(verdict).hexdigest()
    assert clearance.head["catalog"] == review.scan.catalog_digest
    assert clearance.head["policy-digest"] == json.loads(verdict)["policy"]["digest"]
    assert os.fsencode(volume) not in (volume.parent / "clearance").read_bytes()
    listed = (volume.parent / "list").read_bytes().splitlines()
    assert listed == sorted(cleared)
    for name in ("clearance", "list", "out/verdict.json", "out/vestige.sarif", "out/junit.xml"):
        assert (volume.parent / name).stat().st_mode & 0o777 == 0o600, name


def as_class(volume: Path, uid: str) -> None:
    path = files_in(volume)[0]
    dataset = pydicom.dcmread(path)
    dataset.SOPClassUID = dataset.file_meta.MediaStorageSOPClassUID = pydicom.uid.UID(uid)
    dataset.save_as(path)


AT_REST: dict[str, Meddle] = {
    "link": lambda v: (v / "latest").symlink_to(files_in(v)[0].relative_to(v)),
    "special": lambda v: os.mkfifo(v / "pipe"),
    "unexamined": lambda v: (v / "blob.bin").write_bytes(b"\x01\x02" * 99),
    "partly": lambda v: os.truncate(files_in(v)[0], files_in(v)[0].stat().st_size - 7),
    "unknown-class": lambda v: as_class(v, "1.3.12.2.1107.5.9.1"),
}


@pytest.mark.parametrize("code", AT_REST)
def test_what_is_not_known_to_be_clean_stays(volume: Path, code: str) -> None:
    AT_REST[code](volume)
    review = gated(volume, Wanted(clearance=volume.parent / "clearance"))
    assert review.verdict.outcome is Outcome.INCOMPLETE
    assert codes(review) == {code}
    assert not (volume.parent / "clearance").exists()
    if code in {"link", "unknown-class"}:
        assert [(one.stage.value, one.code) for one in review.problems] == [("end", code)]


@pytest.mark.parametrize("code", ["link", "special", "unknown-class"])
def test_what_is_allowed_is_told_wherever_the_verdict_is(volume: Path, code: str) -> None:
    AT_REST[code](volume)
    wanted = Wanted(clearance=volume.parent / "clearance", allowed=frozenset({code}))
    review = gated(volume, wanted)
    assert review.verdict.outcome is Outcome.PASS
    assert any(reason.startswith("Allowed: ") for reason in review.verdict.reasons)
    clearance = read(volume.parent / "clearance")
    assert clearance.head["allowed"] == code
    left_out = {"link": ("l", b"latest"), "special": ("s", b"pipe")}.get(code)
    assert [(one.kind, one.path) for one in clearance.others] == [left_out] * bool(left_out)


def swapped(volume: Path) -> None:
    """Other bytes of the same length, and the times put back, but for the one nobody can set."""
    path = files_in(volume)[0]
    facts = path.stat()
    path.write_bytes(path.read_bytes()[::-1])
    os.utime(path, ns=(facts.st_atime_ns, facts.st_mtime_ns))


def moved_root(volume: Path) -> None:
    volume.rename(volume.with_name("unmounted"))


MEANWHILE: dict[str, tuple[Meddle, set[str]]] = {
    "swapped": (swapped, {"changed"}),
    "written": (lambda v: files_in(v)[0].write_bytes(b"other"), {"changed"}),
    "removed": (lambda v: files_in(v)[0].unlink(), {"changed", "vanished"}),
    "added": (lambda v: (v / "Zebrinsky.dcm").touch(), {"changed", "added"}),
    "folder added": (lambda v: (v / "release" / "new").mkdir(), {"changed", "added"}),
    "link": (lambda v: (v / "aside").symlink_to("release"), {"changed", "added"}),
    "folder renamed": (
        lambda v: (v / "release").rename(v / "renamed"),
        {"changed", "added", "vanished"},
    ),
    "unmounted": (moved_root, {"vanished", "partly"}),
}


@pytest.mark.parametrize("how", MEANWHILE)
def test_what_moves_while_the_gate_looks_is_noticed(volume: Path, how: str) -> None:
    meddle, expected = MEANWHILE[how]
    done: list[bool] = []

    def listener(progress: Progress) -> None:
        if not done and progress.entries == len(list(volume.rglob("*"))) + 1:
            meddle(volume)
            done.append(True)

    review = gated(volume, Wanted(clearance=volume.parent / "clearance"), listener)
    assert done
    assert review.verdict.outcome is Outcome.INCOMPLETE
    assert codes(review) == expected
    assert not (volume.parent / "clearance").exists()


def test_a_phantom_directory_blocks_and_no_output_names_anybody(tmp_path: Path) -> None:
    planted("phantom-directory", tmp_path / "volume")
    (tmp_path / "key").write_bytes(bytes(32))
    wanted = Wanted(
        clearance=tmp_path / "clearance", sarif=tmp_path / "s.sarif", junit=tmp_path / "j.xml"
    )
    review = gated(tmp_path / "volume", wanted)
    assert review.verdict.outcome is Outcome.BLOCK
    assert not (tmp_path / "clearance").exists()
    words = words_of_names(tmp_path / "volume")
    assert len(words) >= 12
    outputs = [path for path in (tmp_path / "out").iterdir() if path.suffix != ".sqlite"]
    outputs += [tmp_path / "s.sarif", tmp_path / "j.xml"]
    assert len(outputs) >= 10
    for path in outputs:
        assert told(path.read_text(encoding="utf-8"), words) == set(), path.name


def test_no_rules_and_empty_roots_are_no_pass(volume: Path) -> None:
    policy = volume.parent / "nothing.toml"
    policy.write_text(
        'title = "t"\nwhy = "w"\nfail-on = "medium"\nhonours = []\nunexamined = "incomplete"\n'
        'ignores = ["*"]\n'
    )
    (volume.parent / "mount").mkdir()
    request = Request(roots=(volume, volume.parent / "mount"), policy=str(policy))
    review = gated(volume, Wanted(clearance=volume.parent / "clearance"), request=request)
    assert codes(review) == {"no-rules", "empty-root", "partly"}
    request = Request(roots=(volume.parent / "mount",), out=volume.parent / "again")
    assert codes(gated(volume, request=request)) == {"empty"}


def test_several_roots_stand_in_one_clearance(volume: Path) -> None:
    planted("clean-export", volume.parent / "other", seed=11)
    for path in (volume.parent / "other").rglob("*.txt"):
        path.unlink()
    request = Request(roots=(volume, volume.parent / "other"))
    wanted = Wanted(clearance=volume.parent / "clearance")
    assert gated(volume, wanted, request=request).verdict.outcome is Outcome.PASS
    clearance = read(volume.parent / "clearance")
    for number, root in enumerate(request.roots):
        paths = {file.path for file in clearance.files if file.root == number}
        assert paths == {os.fsencode(path.relative_to(root)) for path in files_in(root)}


def test_an_interrupted_gate_goes_on_and_clears_all(volume: Path) -> None:
    for number in range(20):
        for path in files_in(volume / "release")[:40]:
            copy = volume / f"more-{number:02}" / path.relative_to(volume / "release")
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(path.read_bytes())

    def interrupt(progress: Progress) -> None:
        if progress.entries > 600:
            raise KeyboardInterrupt

    wanted = Wanted(clearance=volume.parent / "clearance")
    with pytest.raises(KeyboardInterrupt):
        gated(volume, wanted, interrupt)
    request = Request(roots=(volume,), resume=True)
    review = gated(volume, wanted, request=request)
    assert codes(review) == set()
    assert len(read(volume.parent / "clearance").files) == len(files_in(volume)) > 500


def test_bytes_that_are_hunted_through_are_those_that_were_judged(tmp_path: Path) -> None:
    planted("phantom-directory", tmp_path / "volume")
    (tmp_path / "key").write_bytes(bytes(32))
    done: list[bool] = []

    def listener(progress: Progress) -> None:
        if not done and not progress.hunting and progress.entries == 219:
            swapped(tmp_path / "volume")
            done.append(True)

    request = Request(roots=(tmp_path / "volume",), hunt=True)
    review = gated(tmp_path / "volume", Wanted(clearance=tmp_path / "c"), listener, request)
    assert done
    stages = {trouble.stage.value for trouble in review.problems if trouble.code == "changed"}
    assert stages == {"hunt", "end"}


def test_names_that_a_list_cannot_carry_are_refused_or_carried_with_nul(volume: Path) -> None:
    first = files_in(volume)[0]
    first.rename(first.with_name("line\nfeed.dcm"))
    with pytest.raises(UsageError, match="--null"):
        gated(volume, Wanted(files_from=volume.parent / "list"))
    assert not (volume.parent / "list").exists()
    wanted = Wanted(files_from=volume.parent / "list", null=True)
    gated(volume, wanted, request=Request(roots=(volume,), resume=True))
    listed = (volume.parent / "list").read_bytes().split(b"\0")
    assert listed.pop() == b""
    assert any(path.endswith(b"/line\nfeed.dcm") for path in listed)
    assert len(listed) == len(files_in(volume))


def test_a_clearance_is_signed_with_a_key_that_is_tried_first(volume: Path) -> None:
    from tests.test_signature import KEY, private, public  # noqa: PLC0415

    (volume.parent / "bad.pem").write_bytes(b"nonsense")
    (volume.parent / "key.pem").write_bytes(private(KEY))
    with pytest.raises(UsageError, match="no private key"):
        gated(volume, Wanted(clearance=volume.parent / "c", sign=volume.parent / "bad.pem"))
    assert not (volume.parent / "out").exists()
    gated(volume, Wanted(clearance=volume.parent / "c", sign=volume.parent / "key.pem"))
    signed = signature_file(volume.parent / "c").read_bytes()
    assert signature.holds((volume.parent / "c").read_bytes(), signed, public(KEY))


def answered(volume: Path) -> Path:
    """A baseline of all that a gate finds on a volume with a person in it."""
    (volume / "dirty.dcm").write_bytes(DIRTY)
    file, home = volume.parent / "b.toml", volume.parent
    review = gated(volume, request=Request(roots=(volume,), out=home / "before"))
    assert review.verdict.outcome is Outcome.BLOCK
    for one in review.findings:
        if one.risk.band >= review.scan.fail_on:
            accepted(home / "before" / "scan.sqlite", file, one, day=today())
    return file


def test_what_somebody_answers_for_passes_and_every_output_names_the_baseline(
    volume: Path,
) -> None:
    file, home = answered(volume), volume.parent
    wanted = Wanted(clearance=home / "clearance")
    review = gated(volume, wanted, request=Request(roots=(volume,), baseline=file))
    assert review.verdict.outcome is Outcome.PASS
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    assert read(home / "clearance").head["baseline"] == digest
    verdict = json.loads((home / "out" / "verdict.json").read_text())
    assert verdict["baseline"]["digest"] == digest
    assert verdict["findings"]["accepted"] == verdict["baseline"]["acceptances"] > 0
    (run,) = json.loads((home / "out" / "vestige.sarif").read_text())["runs"]
    assert run["properties"]["baselineDigest"] == digest
    suppressed = [one for one in run["results"] if "suppressions" in one]
    assert len(suppressed) == verdict["findings"]["accepted"]
    junit = (home / "out" / "junit.xml").read_text()
    assert digest in junit
    assert junit.count('message="accepted in the baseline"') == len(suppressed)


@pytest.mark.parametrize("how", ["outgrown", "expired"])
def test_what_nobody_answers_for_any_more_blocks(volume: Path, how: str) -> None:
    file, home = answered(volume), volume.parent
    if how == "outgrown":
        (volume / "another.dcm").write_bytes(part_10(patient(b"Other^Olga")))
    else:
        day = today() - timedelta(days=1)
        stated = re.sub(r"(?m)^(accepted-on|until) = .*$", rf"\1 = {day}", file.read_text())
        file.write_text(stated)
    wanted = Wanted(clearance=home / "clearance")
    review = gated(volume, wanted, request=Request(roots=(volume,), baseline=file))
    assert review.verdict.outcome is Outcome.BLOCK
    assert how in {one.accepted.standing.value for one in review.findings if one.accepted}
    assert not (home / "clearance").exists()


def test_a_gate_reads_everything_itself(volume: Path) -> None:
    home = volume.parent
    gated(volume)
    with pytest.raises(UsageError, match="goes on from no earlier scan"):
        gated(volume, request=Request(roots=(volume,), out=home / "b", since=home / "out"))
    later = replace(Request(roots=(volume,)), key=home / "key", jobs=1, crack_seconds=0)
    scan(plan(replace(later, out=home / "since", since=home / "out")), nobody)
    for wanted in (Wanted(), Wanted(clearance=home / "clearance")):
        with pytest.raises(UsageError, match="cannot be resumed"):
            gated(volume, wanted, request=Request(roots=(volume,), out=home / "since", resume=True))


def test_what_must_not_be_written_is_refused_before_the_scan(volume: Path) -> None:
    home = volume.parent
    (home / "old").write_text("of an earlier gate")
    (home / "new.sig").write_text("of an earlier gate")
    for wanted, said in (
        (Wanted(clearance=home / "old"), "remove it first"),
        (Wanted(clearance=home / "new"), "remove it first"),
        (Wanted(files_from=home / "old"), "remove it first"),
        (Wanted(clearance=volume / "c"), "inside a scanned root"),
        (Wanted(sarif=volume / "s"), "inside a scanned root"),
        (Wanted(sign=home / "key"), "--clearance"),
        (Wanted(allowed=frozenset({"changed"})), "may be allowed"),
        (Wanted(allowed=frozenset({"nonsense"})), "may be allowed"),
    ):
        with pytest.raises(UsageError, match=said):
            gated(volume, wanted)
    assert not (home / "out").exists()
