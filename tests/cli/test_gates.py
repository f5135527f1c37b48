"""The gate from end to end: what is planted is stopped, what is clean is transferred and proven."""

import base64
import hashlib
import json
import os
import shutil
import subprocess
from pathlib import Path

import pydicom
import pytest

from tests.test_secrecy import told, words_of_names
from tests.volumes import Ran, planted, vestige

RCLONE = shutil.which("rclone")
needs_rclone = pytest.mark.skipif(RCLONE is None, reason="no rclone here: apt-get install rclone")


@pytest.fixture
def volume(tmp_path: Path) -> Path:
    planted("clean-export", tmp_path / "volume")
    for path in (tmp_path / "volume").rglob("*.txt"):
        path.unlink()
    return tmp_path / "volume"


@pytest.fixture(scope="module")
def cleared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a volume, its clearance, and the list of its files."""
    home = tmp_path_factory.mktemp("cleared")
    planted("clean-export", home / "volume")
    for path in (home / "volume").rglob("*.txt"):
        path.unlink()
    ran = gate(home / "volume", *"--clearance c --files-from list --out out".split())
    assert ran.code == 0, ran.text
    return home


def gate(volume: Path, *options: object) -> Ran:
    return vestige("gate", volume, "--jobs", 1, "--crack-seconds", 0, *options, home=volume.parent)


def rclone(*arguments: object, home: Path) -> bytes:
    environment = {**os.environ, "RCLONE_CONFIG": os.fspath(home / "rclone.conf")}
    return subprocess.run(
        [RCLONE or "rclone", *map(str, arguments)],
        cwd=home,
        env=environment,
        capture_output=True,
        check=True,
        timeout=120,
    ).stdout


def images(volume: Path) -> list[Path]:
    return sorted(volume.rglob("*.dcm"))


def uploaded(home: Path, far: str) -> Path:
    """What a pipeline transfers: the files of the list, and no others."""
    rclone("copy", "--files-from-raw", home / "list", home / "volume", home / far, home=home)
    return home / far


@needs_rclone
def test_a_clean_tree_passes_is_transferred_and_proven_on_the_far_side(cleared: Path) -> None:
    far = uploaded(cleared, "far")
    assert len(images(far)) == len(images(cleared / "volume")) > 50
    ran = vestige("gate", "verify", "c", far, home=cleared)
    assert (ran.code, "Proven" in ran.text) == (0, True), ran.text
    (cleared / "far.txt").write_bytes(rclone("hashsum", "sha256", far, home=cleared))
    assert vestige("gate", "verify", "c", "--listing", "far.txt", home=cleared).code == 0
    listed = rclone("lsjson", "-R", "--hash", "--hash-type", "sha256", far, home=cleared)
    (cleared / "far.json").write_bytes(listed)
    assert vestige("gate", "verify", "c", "--listing", "far.json", home=cleared).code == 0
    plain = rclone("lsjson", "-R", far, home=cleared)
    (cleared / "plain.json").write_bytes(plain)
    ran = vestige("gate", "verify", "c", "--listing", "plain.json", home=cleared)
    assert (ran.code, "0 of" in ran.text) == (3, True)


@needs_rclone
def test_a_planted_phantom_directory_is_stopped(volume: Path) -> None:
    planted("phantom-directory", volume / "release-2")
    names = words_of_names(volume / "release-2")
    ran = gate(volume, "--clearance", "c", "--files-from", "list", "--out", "out")
    assert ran.code == 1
    assert "A phantom directory" in ran.text
    assert not (volume.parent / "c").exists()
    assert not (volume.parent / "list").exists()
    with pytest.raises(subprocess.CalledProcessError):
        uploaded(volume.parent, "far")
    assert not (volume.parent / "far").exists()
    assert told(ran.text, names) == set()


@needs_rclone
def test_a_leak_in_a_new_private_tag_is_stopped(volume: Path) -> None:
    path = images(volume)[-1]
    dataset = pydicom.dcmread(path)
    block = dataset.private_block(0x0029, "FUTURE VENDOR 7", create=True)
    block.add_new(0x07, "LO", "Zebrinsky^Anna Maria")
    block.add_new(0x08, "UN", b"PatientsName: Zebrinsky, Anna Maria ")
    dataset.save_as(path)
    ran = gate(volume, "--clearance", "c", "--files-from", "list", "--out", "out")
    assert ran.code == 1, ran.text
    verdict = json.loads((volume.parent / "out/verdict.json").read_text())
    assert verdict["outcome"] == "block"
    assert any(one["place"].startswith("private") for one in verdict["findings"]["top"])
    with pytest.raises(subprocess.CalledProcessError):
        uploaded(volume.parent, "far")
    for path in (volume.parent / "out").iterdir():
        if path.suffix != ".sqlite":
            assert "Zebrinsky" not in path.read_text(encoding="utf-8")


@needs_rclone
def test_a_file_swapped_between_gate_and_upload_is_stopped(volume: Path) -> None:
    home = volume.parent
    assert gate(volume, "--clearance", "c", "--files-from", "list", "--out", "out").code == 0
    path = images(volume)[7]
    facts, data = path.stat(), bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    os.utime(path, ns=(facts.st_atime_ns, facts.st_mtime_ns))
    ran = vestige("gate", "verify", "c", volume, home=home)
    assert (ran.code, "content is another" in ran.text) == (1, True)
    far = uploaded(home, "far")
    assert vestige("gate", "verify", "c", far, home=home).code == 1
    (home / "far.txt").write_bytes(rclone("hashsum", "sha256", far, home=home))
    ran = vestige("gate", "verify", "c", "--listing", "far.txt", home=home)
    assert (ran.code, "changed" in ran.text) == (1, True)


@needs_rclone
def test_what_is_added_or_lost_on_the_way_is_told_masked(cleared: Path) -> None:
    far = uploaded(cleared, "other")
    (far / "Zebrinsky_Anna.dcm").touch()
    (far / "Quexotl").mkdir()
    images(far)[3].unlink()
    ran = vestige("gate", "verify", "c", far, home=cleared)
    assert ran.code == 1
    lines = [line.split()[0] for line in ran.text.splitlines() if "  " in line]
    assert sorted(lines) == ["added", "added", "removed"]
    assert "ebrinsky" not in ran.text
    assert "uexotl" not in ran.text
    ran = vestige("gate", "verify", "c", far, "--reveal", home=cleared)
    assert "Zebrinsky_Anna.dcm" in ran.text
    ran = vestige("gate", "verify", "c", far, "--json", home=cleared)
    result = json.loads(ran.text)
    assert (result["exit_code"], result["refusals"], ran.code) == (1, [], 1)
    assert sorted(one["kind"] for one in result["differences"]) == ["added", "added", "removed"]
    assert result["cleared"] - result["right"] == 1
    assert "ebrinsky" not in ran.text


def test_s3_listings_prove_with_checksums_alone(cleared: Path) -> None:
    volume = cleared / "volume"
    contents = [
        {
            "Key": f"release-7/{path.relative_to(volume)}",
            "Size": path.stat().st_size,
            "ChecksumSHA256": base64.b64encode(hashlib.sha256(path.read_bytes()).digest()).decode(),
        }
        for path in images(volume)
    ]
    asked = ("gate", "verify", "c", "--listing", "s3.json", "--prefix", "release-7")
    (cleared / "s3.json").write_text(json.dumps({"Contents": contents}))
    assert vestige(*asked, home=cleared).code == 0
    assert vestige(*asked[:-2], home=cleared).code == 1
    del contents[0]["ChecksumSHA256"]
    (cleared / "s3.json").write_text(json.dumps({"Contents": contents}))
    ran = vestige(*asked, home=cleared)
    assert (ran.code, "not verified" in ran.text) == (3, True)


def test_an_edited_or_expired_clearance_is_refused(cleared: Path) -> None:
    text = (cleared / "c").read_bytes()
    (cleared / "edited").write_bytes(text.replace(b"fail-on: medium", b"fail-on: high"))
    ran = vestige("gate", "verify", "edited", "volume", home=cleared)
    assert (ran.code, "not as it was written" in ran.text) == (1, True)
    head, _, _ = text.rpartition(b"digest: ")
    year = head.partition(b"expires: ")[2][:4]
    head = head.replace(b"expires: " + year, b"expires: 2020")
    seal = f"digest: sha256 {hashlib.sha256(head).hexdigest()}\n".encode()
    (cleared / "old").write_bytes(head + seal)
    ran = vestige("gate", "verify", "old", "volume", home=cleared)
    assert (ran.code, "expired" in ran.text) == (1, True)
    (cleared / "none").write_text("no clearance")
    assert vestige("gate", "verify", "none", "volume", home=cleared).code == 2


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("verify", "c"), "either"),
        (("verify", "c", "volume", "--listing", "x"), "either"),
        (("verify", "c", "volume", "--prefix", "x"), "--prefix"),
        (("verify", "missing", "volume"), "cannot be read"),
        (("verify", "c", "volume", "--signed-by", "missing"), ".sig"),
        (("volume", "--valid", "soon"), "--valid"),
        (("volume", "--allow", "changed", "--out", "new"), "may be allowed"),
        (("volume", "--clearance", "c", "--out", "new"), "remove it first"),
        (("volume", "--fail-on", "bad"), "--fail-on"),
        (("volume", "--resume"), "--out"),
        (("volume", "--since", "out", "--out", "new"), "--since"),
        (("missing",), "does not exist"),
    ],
)
def test_wrong_usage_says_what_to_do(cleared: Path, options: tuple[str, ...], said: str) -> None:
    ran = vestige("gate", *options, home=cleared)
    assert ran.code == 2
    assert said in ran.text


def test_a_scan_can_be_told_as_sarif_and_junit_later(cleared: Path) -> None:
    ran = vestige(*"report out --format sarif --format junit --out told".split(), home=cleared)
    assert ran.code == 0
    assert {path.name for path in (cleared / "told").iterdir()} == {"vestige.sarif", "junit.xml"}


@pytest.mark.parametrize("command", ["gate", "gate check", "gate verify"])
def test_help_reads_like_documentation(command: str, tmp_path: Path) -> None:
    ran = vestige(*command.split(), "--help", home=tmp_path)
    assert ran.code == 0
    assert "Usage:" in ran.text
    options = [line for line in ran.text.splitlines() if line.lstrip("│ ").startswith("--")]
    for line in options:
        assert len(line.split()) >= 3, line
