"""The story of a phantom directory, as the documentation tells it, by the real command."""

import hashlib
import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from tests.volumes import COMMAND, Ran, vestige
from vestige.run.demo import plant

ROOT = Path(__file__).parents[2]


def walk_through() -> list[str]:
    """The commands of the first block of the documentation."""
    page = (ROOT / "docs" / "custody.md").read_text(encoding="utf-8")
    return re.search(r"```sh\n(.*?)```", page, re.DOTALL).group(1).splitlines()  # type: ignore[union-attr]


def custody(home: Path, *arguments: object) -> Ran:
    return vestige("custody", *arguments, home=home)


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Ran]]:
    """The walk-through, with what each command said."""
    home = tmp_path_factory.mktemp("story")
    shutil.move(plant(home / "demo"), home / "volume")
    phantom, said = "", {}
    for line in walk_through():
        if line.startswith("vestige "):
            ran = vestige(*shlex.split(line.replace("$PHANTOM", phantom))[1:], home=home)
        else:
            done = subprocess.run(line, shell=True, cwd=home, capture_output=True, check=True)  # noqa: S602
            ran = Ran(done.returncode, "")
        said[line] = ran
        if not phantom:
            findings = (home / "review" / "findings.csv").read_text(encoding="utf-8").splitlines()
            phantom = findings[1].split(",")[1]
    return home, said


def test_every_step_of_the_documentation_does_what_it_says(
    story: tuple[Path, dict[str, Ran]],
) -> None:
    home, said = story
    expected = {line: 1 if line.startswith("vestige scan") else 0 for line in said}
    assert {line: ran.code for line, ran in said.items()} == expected, [
        ran.text for ran in said.values() if ran.code
    ]
    recorded = said["vestige custody record-deletion case E2 --rest E1 --copy copy"].text
    assert "still there: 0" in recorded
    assert recorded.count("as it was sealed") == 2
    assert "NOT" not in recorded
    assert "logical deletion" in recorded
    assert not list((home / "volume" / "export_v1").glob("*-*-*-*-*"))


def test_no_name_of_the_volume_stands_in_ledger_page_screen_or_export(
    story: tuple[Path, dict[str, Ran]],
) -> None:
    home, said = story
    names = {path.name.split("_")[0] for path in (home / "copy").glob("*-*-*-*-*")}
    assert len(names) > 5
    with zipfile.ZipFile(home / "auditor.zip") as archive:
        exported = b"".join(archive.read(name) for name in archive.namelist()).decode()
    texts = [
        exported,
        (home / "case.html").read_text(encoding="utf-8"),
        (home / "case" / "ledger.jsonl").read_text(encoding="utf-8"),
        *(ran.text for ran in said.values()),
    ]
    assert [name for name in names if any(name in text for text in texts)] == []


def test_neither_deletion_record_nor_page_promises_more_than_was_seen(
    story: tuple[Path, dict[str, Ran]],
) -> None:
    home, _ = story
    record = (home / "case" / "records" / "deletion-1.json").read_text(encoding="utf-8")
    page = (home / "case.html").read_text(encoding="utf-8")
    printed = (home / "case" / "records" / "deletion-1.html").read_text(encoding="utf-8")
    assert "a logical deletion" in printed
    assert "as it was sealed" in printed
    for text in (record, page, printed):
        assert not re.search(r"destroy|sanitis|sanitiz|anonym", text, re.IGNORECASE)
    assert json.loads(record)["nature"].startswith("This is a logical deletion")


def test_the_archive_checks_itself(story: tuple[Path, dict[str, Ran]]) -> None:
    home, _ = story
    with zipfile.ZipFile(home / "auditor.zip") as archive:
        archive.extractall(home / "auditor")
    check = ["sha256sum", "--check", "--strict", "SHA256SUMS"]
    done = subprocess.run(check, cwd=home / "auditor", capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert (home / "auditor.zip").stat().st_mode & 0o777 == 0o600


def test_a_certificate_is_refused_until_a_document_is_attached(
    story: tuple[Path, dict[str, Ran]],
) -> None:
    home, _ = story
    refused = custody(home, "certificate", "case", "E2")
    assert (refused.code, "attach the certificate" in refused.text) == (2, True)
    (home / "destruction.pdf").write_bytes(b"%PDF-1.4 synthetic")
    taken = custody(
        home, "attach", "case", "destruction.pdf", "--kind", "destruction", "--exhibit", "E2"
    )
    assert taken.code == 0
    assert custody(home, "certificate", "case", "E1").code == 2
    written = custody(home, "certificate", "case", "E2")
    assert written.code == 0
    page = (home / "case" / "records" / "certificate-1.html").read_text(encoding="utf-8")
    assert "to be completed" in page
    assert custody(home, "show", "case").code == 0


def test_what_else_was_deleted_or_touched_is_not_hidden(
    story: tuple[Path, dict[str, Ran]], tmp_path: Path
) -> None:
    home, _ = story
    shutil.copytree(home / "case", tmp_path / "case")
    victim = next((home / "volume").rglob("*.dcm"))
    aside = tmp_path / "aside"
    shutil.copy2(victim, aside)
    victim.unlink()
    try:
        ran = custody(home, "record-deletion", "case", "E2", "--rest", "E1", "--copy", "copy")
    finally:
        shutil.copy2(aside, victim)
    assert ran.code == 1
    assert "the rest of the folder above: NOT as it was sealed" in ran.text


def swap_names(case: Path) -> None:
    manifest = case / "exhibits" / "E1" / "manifest.sha256"
    lines = manifest.read_bytes().splitlines(keepends=True)
    (one, a), (other, b) = lines[1].split(b"  "), lines[2].split(b"  ")
    manifest.write_bytes(b"".join([lines[0], one + b"  " + b, other + b"  " + a, *lines[3:]]))


def change_state(case: Path) -> None:
    state = case / "exhibits" / "E1" / "state.jsonl"
    state.write_bytes(state.read_bytes().replace(b'"uid":', b'"uid":9', 1))


def change_root(case: Path) -> None:
    facts = case / "exhibits" / "E1" / "exhibit.json"
    facts.write_bytes(facts.read_bytes().replace(b'"root": "/', b'"root": "/other/', 1))


def change_record(case: Path) -> None:
    record = case / "records" / "verification-1.json"
    record.write_bytes(record.read_bytes().replace(b'"missing": 0', b'"missing": 1', 1))


def delete_line(case: Path) -> None:
    ledger = case / "ledger.jsonl"
    lines = ledger.read_bytes().splitlines(keepends=True)
    ledger.write_bytes(b"".join([*lines[:3], *lines[4:]]))


@pytest.mark.parametrize(
    ("tamper", "told"),
    [
        (swap_names, "manifest.sha256 of E1 was changed since, first in line 2"),
        (change_state, "state.jsonl of E1 was changed since"),
        (change_root, "exhibit.json of E1 was changed since"),
        (change_record, "verification-1.json was changed since"),
        (delete_line, "line 4: "),
    ],
)
def test_tampering_with_a_case_is_named(
    story: tuple[Path, dict[str, Ran]], tamper: object, told: str
) -> None:
    home, _ = story
    kept = home / "kept"
    shutil.copytree(home / "case", kept)
    try:
        tamper(home / "case")  # type: ignore[operator]
        ran = custody(home, "show", "case")
        again = custody(home, "verify", "case", "E1", "--against", "copy")
    finally:
        shutil.rmtree(home / "case")
        kept.rename(home / "case")
    assert ran.code == 4
    assert told in ran.text
    assert again.code == (1 if tamper is change_record else 4)


def test_a_seal_that_was_killed_is_gone_on_with(tmp_path: Path) -> None:
    volume = tmp_path / "volume"
    for number in range(4_000):
        (volume / f"{number % 40}").mkdir(parents=True, exist_ok=True)
        (volume / f"{number % 40}" / f"{number}").write_bytes(os.urandom(20_000))
    assert custody(tmp_path, "open", "case", "--by", "me", "--because", "test").code == 0
    command = [*COMMAND, "custody", "seal", "case", "volume", "--jobs", "2"]
    environment = os.environ | {"XDG_DATA_HOME": str(tmp_path / "data")}
    child = subprocess.Popen(command, cwd=tmp_path, env=environment, stderr=subprocess.PIPE)
    part = tmp_path / "case" / "exhibits" / "E1" / "state.part"
    end = time.monotonic() + 60
    while time.monotonic() < end and not part.exists():
        time.sleep(0.001)
    os.kill(child.pid, signal.SIGKILL)
    child.communicate(timeout=60)
    if (part.parent / "exhibit.json").exists():
        pytest.skip("the seal was faster than the signal")
    ran = custody(tmp_path, "seal", "case", "volume")
    assert ran.code == 0, ran.text
    assert "E1: 4,000 files" in ran.text
    assert custody(tmp_path, "verify", "case", "E1", "--against", "volume").code == 0
    log = custody(tmp_path, "log", "case").text
    assert log.count("sealing begun") == 2


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("seal", "case", "nowhere"), 2, "is no folder"),
        (("seal", "case", "."), 2, "must lie outside"),
        (("verify", "case", "E7", "--against", "."), 2, "no sealed exhibit E7"),
        (("verify", "case", "../E1", "--against", "."), 2, "E1, E2"),
        (("open", "case", "--by", "me", "--because", "x"), 2, "must be empty"),
        (("seal", "no-case", "."), 2, "is no case"),
        (("attach", "case", "nothing", "--kind", "other"), 2, "cannot be taken in"),
        (("attach", "case", "nothing", "--kind", "strange"), 2, "kinds are"),
        (("certificate", "case", "E1"), 2, "no sealed exhibit E1"),
    ],
)
def test_what_cannot_be_done_is_said_plainly(
    opened: Path, arguments: tuple[str, ...], code: int, told: str
) -> None:
    ran = custody(opened, *arguments)
    assert (ran.code, told in ran.text) == (code, True), ran.text


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("opened")
    assert custody(home, "open", "case", "--by", "me", "--because", "test").code == 0
    return home


def test_without_its_key_a_case_is_read_and_not_continued(opened: Path) -> None:
    (opened / "elsewhere").mkdir(exist_ok=True)
    ran = custody(opened, "show", "case", "--keys", "elsewhere")
    assert ran.code == 0
    assert "key of the case is not here" in ran.text
    refused = custody(opened, "seal", "case", "elsewhere", "--keys", "elsewhere")
    assert (refused.code, "not on this machine" in refused.text) == (2, True)
    assert sys.version_info


def test_a_time_stamp_is_asked_for_of_the_last_line(opened: Path) -> None:
    ran = custody(opened, "ask-for-time", "case", "request.tsq")
    assert ran.code == 0
    lines = (opened / "case" / "ledger.jsonl").read_bytes().splitlines()
    told = json.loads(lines[-1])["facts"]
    digest = hashlib.sha256(lines[told["of_line"] - 1]).hexdigest()
    assert told["sha256_of_line"] == digest
    assert bytes.fromhex(digest) in (opened / "request.tsq").read_bytes()
    assert custody(opened, "ask-for-time", "case", "request.tsq").code == 2


def test_a_signature_holds_for_who_has_the_public_key_alone(opened: Path) -> None:
    if shutil.which("openssl") is None:
        pytest.skip("no openssl on this machine")
    for name in ("one", "other"):
        made = ["openssl", "genpkey", "-algorithm", "ed25519", "-out", f"{name}.pem"]
        subprocess.run(made, cwd=opened, check=True, capture_output=True)
        public = ["openssl", "pkey", "-in", f"{name}.pem", "-pubout", "-out", f"{name}.pub"]
        subprocess.run(public, cwd=opened, check=True, capture_output=True)
    assert custody(opened, "sign", "case", "--with", "one.pem").code == 0
    (opened / "nowhere").mkdir()
    held = custody(opened, "show", "case", "--keys", "nowhere", "--signed-by", "one.pub")
    assert (held.code, "Signed by that key up to line" in held.text) == (0, True)
    assert custody(opened, "show", "case", "--signed-by", "other.pub").code == 4
    ledger = opened / "case" / "ledger.jsonl"
    kept = ledger.read_bytes()
    ledger.write_bytes(kept.replace(b'"because":"test"', b'"because":"that"', 1))
    assert custody(opened, "show", "case", "--keys", "nowhere", "--signed-by", "one.pub").code == 4
    ledger.write_bytes(kept)
    assert custody(opened, "sign", "case", "--with", "nothing.pem").code == 2
