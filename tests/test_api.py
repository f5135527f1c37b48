"""The Python call: as the command, and quiet; in threads, and beside the module called gate."""

import gc
import json
import multiprocessing
import os
import re
import signal
import subprocess
import sys
import threading
from functools import partial
from pathlib import Path

import pytest

import vestige
from tests.accepted import KEY, Site, accepted, counting, reviewed
from tests.account import DIRTY
from tests.run.test_workspace import IMPOSSIBLE
from tests.volumes import planted
from tests.volumes import vestige as command
from vestige import Result, VestigeError, gate, scan
from vestige.model import UsageError
from vestige.review import Outcome
from vestige.run.acceptance import today

DOCUMENT = Path(__file__).parents[1] / "docs" / "api.md"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    made = Site(tmp_path)
    made.plant()
    return made


def test_a_scan_gives_what_the_command_gives(site: Site) -> None:
    before = gc.get_threshold(), gc.get_freeze_count(), signal.getsignal(signal.SIGTERM)
    told: list[int] = []
    found = scan(
        str(site.volume),
        out=site.home / "called",
        key=site.key,
        jobs=1,
        listener=lambda progress: told.append(progress.entries),
    )
    assert isinstance(found, Result)
    assert (gc.get_threshold(), gc.get_freeze_count()) == (before[0], 0)
    assert signal.getsignal(signal.SIGTERM) is before[2]
    ran = command(
        "scan", site.volume, "--out", site.home / "ran", "--key", site.key, home=site.home
    )
    assert found.exit_code == ran.code == 1
    for name in ("findings.csv", "occurrences.csv", "problems.csv"):
        made, other = (site.home / folder / name for folder in ("called", "ran"))
        assert made.read_bytes() == other.read_bytes()
    assert told
    assert found.folder == site.home / "called"
    assert found.findings[0].rank == 1
    assert "Zargothy" not in repr(found)


def test_a_gate_passes_what_somebody_answers_for(site: Site) -> None:
    file, baseline = site.scan(), site.home / "b.toml"
    assert gate([site.volume], out=site.home / "g1", key=site.key).outcome is Outcome.BLOCK
    for one in counting(reviewed(file, day=today())):
        accepted(file, baseline, one, day=today())
    verdict = gate([site.volume], out=site.home / "g2", key=site.key, baseline=baseline)
    assert verdict.outcome is Outcome.PASS
    assert site.key.read_bytes() == KEY


def clean(home: Path) -> Path:
    """A volume that the gate lets go."""
    planted("clean-export", home / "clean")
    for path in (home / "clean").rglob("*.txt"):
        path.unlink()
    return home / "clean"


def meddle(volume: Path, how: str) -> None:
    first = min(volume.rglob("*.dcm"))
    if how == "link":
        (volume / "link").symlink_to("elsewhere")
    elif how == "truncated":
        first.write_bytes(first.read_bytes()[:400])
    elif how == "unknown":
        (volume / "picture.bin").write_bytes(b"\x01\x02\x03" * 99)
    elif how == "dirty":
        (volume / "dirty.dcm").write_bytes(DIRTY)
    elif how == "empty":
        for path in volume.rglob("*.dcm"):
            path.unlink()


@pytest.mark.parametrize("how", ["", "link", "truncated", "unknown", "dirty", "empty"])
def test_a_gate_says_what_the_command_says(tmp_path: Path, how: str) -> None:
    volume, key = clean(tmp_path), tmp_path / "key"
    key.write_bytes(KEY)
    meddle(volume, how)
    verdict = gate(volume, out=tmp_path / "a", key=key, jobs=1, clearance=tmp_path / "a.clearance")
    given = ("--out", "b", "--key", key, "--jobs", 1, "--clearance", "b.clearance")
    ran = command("gate", volume, *given, home=tmp_path)
    assert ran.code == verdict.outcome.exit_code, ran.text
    assert (verdict.outcome is Outcome.PASS) is (how == "")
    told = [json.loads((tmp_path / name / "verdict.json").read_text()) for name in ("a", "b")]
    for one in told:
        del one["scan"]
    assert told[0] == told[1]
    for name in ("a", "b"):
        assert (tmp_path / f"{name}.clearance").exists() is (how == "")
        assert (tmp_path / name / "vestige.sarif").exists()


def test_a_gate_that_is_answered_for_clears_and_signs(tmp_path: Path) -> None:
    volume = clean(tmp_path)
    meddle(volume, "link")
    pem = subprocess.run(
        ["openssl", "genpkey", "-algorithm", "ed25519"], capture_output=True, check=True
    ).stdout
    (tmp_path / "gate.pem").write_bytes(pem)
    (tmp_path / "key").write_bytes(KEY)
    asked = partial(
        gate,
        volume,
        key=tmp_path / "key",
        clearance=tmp_path / "c",
        sign=tmp_path / "gate.pem",
        files_from=tmp_path / "list",
        jobs=1,
    )
    stopped = asked(out=tmp_path / "first")
    assert stopped.outcome is Outcome.INCOMPLETE
    assert not {"c", "c.sig", "list"} & set(os.listdir(tmp_path))
    verdict = asked(out=tmp_path / "second", allow=["link"])
    assert verdict.outcome is Outcome.PASS
    assert [gap.code for gap in verdict.gaps if gap.allowed] == ["link"]
    assert {"c", "c.sig", "list"} <= set(os.listdir(tmp_path))
    with pytest.raises(VestigeError, match="is there already"):
        asked(out=tmp_path / "third", allow=["link"])
    with pytest.raises(VestigeError, match="no gap that may be allowed"):
        gate(volume, out=tmp_path / "third", key=tmp_path / "key", allow=["unreadable"])


def test_rules_of_the_caller_must_bear_out_their_examples(site: Site) -> None:
    (site.home / "rules" / "mine").mkdir(parents=True)
    (site.home / "rules" / "mine" / "impossible.toml").write_text(IMPOSSIBLE)
    for call in (scan, gate):
        with pytest.raises(VestigeError, match="is not borne out"):
            call(site.volume, out=site.home / "x", key=site.key, rules=[site.home / "rules"])


def test_errors_are_of_one_kind(site: Site) -> None:
    for wrong in (
        {"fail_on": "awful"},
        {"policy": "none"},
        {"baseline": site.home / "none.toml"},
        {"out": site.volume / "out"},
    ):
        with pytest.raises(VestigeError):
            scan(site.volume, **({"key": site.key, "out": site.home / "x"} | wrong))
    with pytest.raises(VestigeError):
        scan([site.home / "nowhere"], key=site.key)


def test_in_a_thread(site: Site) -> None:
    codes: list[int] = []

    def work() -> None:
        codes.append(scan(site.volume, out=site.home / "t", key=site.key, jobs=2).exit_code)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join(timeout=200)
    assert codes == [1]


def _called(site: Site) -> None:
    try:
        scan(site.volume, out=site.home / "d", key=site.key, jobs=1)
    except UsageError as error:
        (site.home / "said").write_text(str(error))


def test_a_daemonic_process_is_told_why_not(site: Site) -> None:
    process = multiprocessing.get_context("fork").Process(target=_called, args=(site,), daemon=True)
    process.start()
    process.join(timeout=100)
    assert "daemonic process" in (site.home / "said").read_text()


def test_the_function_stays_beside_the_module() -> None:
    code = (
        "import sys, vestige\n"
        "assert not [m for m in sys.modules if m.startswith(('vestige.', 'pydicom', 'typer'))]\n"
        "import vestige.gate\n"
        "from vestige.gate import verdict\n"
        "from vestige import gate, scan\n"
        "assert callable(gate) and callable(scan) and callable(verdict)\n"
        "assert vestige.gate is gate and not [m for m in sys.modules if m.startswith('typer')]\n"
        "assert vestige.__version__\n"
        "try:\n    vestige.nothing\nexcept AttributeError as error:\n    print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "no attribute 'nothing'" in done.stdout
    assert set(vestige.__all__) <= set(dir(vestige)) | set(vestige.__all__)


def examples() -> list[str]:
    return re.findall(r"```python\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)


@pytest.mark.parametrize("number", range(len(examples())))
def test_the_examples_of_the_document_run(site: Site, number: int) -> None:
    """Each as a script of its own, in a folder where /data/export is a volume."""
    code = examples()[number].replace("/data/export", str(site.volume))
    environment = os.environ | {"XDG_DATA_HOME": str(site.home / "data")}
    (site.home / "example.py").write_text(code)
    done = subprocess.run(
        [sys.executable, "example.py"],
        capture_output=True,
        text=True,
        check=False,
        cwd=site.home,
        env=environment,
        timeout=200,
    )
    assert done.returncode in {0, 1}, done.stderr
    assert "Traceback" not in done.stderr
    summaries = list(site.home.glob("*/summary.json")) + list(site.home.glob("*/*/summary.json"))
    assert json.loads(summaries[0].read_text())["verdict"]["outcome"] == "block"
