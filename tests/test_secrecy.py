"""No planted value appears in any output, log or traceback."""

import os
import re
import sqlite3
import subprocess
import sys
import zlib
from contextlib import closing
from pathlib import Path

import pydicom
import pytest

from tests.read import remnants
from tests.run.test_volume import write
from tests.volumes import planted, vestige
from vestige import planting
from vestige.lexicon import load
from vestige.sensitive import Sensitive, mask
from vestige.shipped import rules

LEXICON = load(rules() / "lexicons")
SOURCE = Path(__file__).parents[1] / "scanner" / "vestige"
CANARIES = ("Zebrinsky", "Quexotl", "ZQ77341902")


def everything(folder: Path) -> bytes:
    parts = [p.read_bytes() for p in folder.iterdir() if p.suffix != ".sqlite"]
    return b"\n".join(parts)


def values_of_headers(volume: Path) -> set[str]:
    """Words of six letters and more, and long numbers, that tell of persons in headers."""
    words: set[str] = set()
    for path in volume.rglob("*.dcm"):
        if not path.is_file() or path.is_symlink():
            continue
        try:
            dataset = pydicom.dcmread(path, stop_before_pixels=True, force=True)
        except (zlib.error, ValueError, EOFError, OSError, NotImplementedError):
            continue
        for keyword in ("PatientName", "PatientAddress", "ReferringPhysicianName"):
            words |= set(re.findall(r"[A-Za-z]{6,}", str(dataset.get(keyword, ""))))
        words |= set(re.findall(r"\d{6,}", str(dataset.get("PatientID", ""))))
    return words


def words_of_names(volume: Path) -> set[str]:
    """Words of six letters and more in names of entries that are no ordinary vocabulary."""
    names = {name for _, folders, files in os.walk(volume) for name in (*folders, *files)}
    words = {word for name in names for word in re.findall(r"[^\W\d_]{6,}", name)}
    return {word for word in words if not LEXICON.ordinary(word)}


def told(text: str, words: set[str]) -> set[str]:
    """The words that stand in a text, in any case."""
    there = set(re.findall(r"[^\W_]+", text.lower()))
    return {word for word in words if word.lower() in there}


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("recipe", planting.recipes())
def test_no_planted_value_is_shown(tmp_path: Path, recipe: str) -> None:
    volume = tmp_path / "volume"
    planted(recipe, volume)
    secret = volume / "export" / f"{CANARIES[0]}_{CANARIES[1]}"
    secret.mkdir(parents=True)
    (secret / f"{CANARIES[2]}.dcm").write_bytes(b"\0" * 128 + b"DICM" + CANARIES[0].encode())
    ran = vestige("scan", volume, "--out", tmp_path / "out", home=tmp_path)
    assert ran.code in (1, 3), ran.text
    printed = everything(tmp_path / "out").decode("utf-8") + ran.text
    printed += vestige("show", tmp_path / "out", "F1", home=tmp_path).text
    words = values_of_headers(volume) | words_of_names(volume) | set(CANARIES)
    assert len(words) >= 3
    assert told(printed, words) == set()


def test_the_store_holds_no_header_value(tmp_path: Path) -> None:
    planted("dirty-headers", tmp_path / "volume")
    vestige("scan", tmp_path / "volume", "--out", tmp_path / "out", home=tmp_path)
    stored = (tmp_path / "out" / "scan.sqlite").read_bytes()
    names = {w for w in values_of_headers(tmp_path / "volume") if w.encode() in stored}
    in_paths = {w for w in names for p in (tmp_path / "volume").rglob("*") if w in p.name}
    assert names - in_paths == set()


def test_a_crash_prints_no_value(tmp_path: Path) -> None:
    code = (
        "import vestige.cli.scan as scan\n"
        f"def boom(request): raise RuntimeError('{CANARIES[0]}')\n"
        "scan.planned = boom\n"
        "from vestige.cli import main\n"
        "main()"
    )
    command = [sys.executable, "-c", code, "scan", os.fspath(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 4
    assert CANARIES[0] not in done.stdout + done.stderr
    assert "RuntimeError" in done.stderr
    assert "Traceback" not in done.stderr


def test_sensitive_texts_print_masked() -> None:
    text = Sensitive("Zebrinsky^Anna 19610203")
    for printed in (str(text), repr(text), f"{text}", f"{[text]}", "%s" % text):  # noqa: UP031
        assert "ebrin" not in printed
        assert "1961" not in printed
    assert mask("Li 7") == "** #"


def test_names_that_files_tell_are_kept_and_shown_nowhere(tmp_path: Path) -> None:
    volume = tmp_path / "volume"
    names = [f"{CANARIES[0]}{letter}, {CANARIES[1]}" for letter in "abcdefghijklm"]
    # The store holds names of entries as they are: those of branches, and of members, are some.
    packed = (remnants.tar_gz, remnants.tar_xz, remnants.tar_bz2, remnants.gzipped)
    held = (remnants.git_branches, remnants.zipped, remnants.tarred, *packed)
    for number, leave in enumerate(remnants.FORMATS.values()):
        if leave not in held:
            folder = volume / f"{number:02}"
            folder.mkdir(parents=True)
            leave(folder, names)
    ran = vestige("scan", volume, "--out", tmp_path / "out", home=tmp_path)
    assert ran.code == 1, ran.text
    printed = everything(tmp_path / "out").decode("utf-8") + ran.text
    printed += vestige("show", tmp_path / "out", "F1", home=tmp_path).text
    with closing(sqlite3.connect(tmp_path / "out" / "scan.sqlite")) as database:
        database.execute("DELETE FROM member")
        stored = "\n".join(database.iterdump())
    for canary in CANARIES[:2]:
        assert canary.lower() not in printed.lower()
        assert canary.encode().hex().lower() not in stored.lower()
    assert b"DS_Store".hex() in stored.lower()
    assert CANARIES[0].lower() not in stored.lower()


def test_reviews_logs_notifications_and_hooks_tell_no_name(tmp_path: Path) -> None:
    volume = tmp_path / "work" / "volume"
    for number, name in enumerate(CANARIES):
        folder = volume / f"{name}_{CANARIES[1]}_19610203" / f"{number}"
        write(folder / f"{name}.dcm", number, PatientName=f"{name}^{CANARIES[1]}")
    (volume / "cut.dcm").write_bytes(b"\0" * 128 + b"DICM" + CANARIES[0].encode())
    told = tmp_path / "told"
    (tmp_path / "work" / "site.toml").write_text(
        f'roots = ["volume"]\nworkspace = "../ws"\nlog = "json"\n'
        f'notify = ["sh", "-c", "cat >> {told}; env >> {told}; echo $* >> {told}", "x", '
        '"{verdict}{code}{new}{gone}{critical}{entries}{folder}{report}{summary}"]\n'
    )
    work = tmp_path / "work"
    said = []
    for words in (
        ("review", "run", "site.toml"),
        ("review", "run", "site.toml", "--log-format", "text"),
        ("review", "status", "site.toml"),
        ("hook", *(os.fspath(path) for path in sorted(volume.rglob("*.dcm")))),
    ):
        environment = os.environ | {"XDG_DATA_HOME": os.fspath(tmp_path / "data")}
        command = [sys.executable, "-c", "from vestige.cli import main; main()", *words]
        done = subprocess.run(command, capture_output=True, check=False, cwd=work, env=environment)
        assert done.returncode in (0, 1), done.stderr
        said.append((done.stdout + done.stderr).decode())
    files = [path for path in (tmp_path / "ws").rglob("*") if path.suffix != ".sqlite"]
    said += [path.read_text(encoding="utf-8") for path in (told, *files) if path.is_file()]
    assert len(said) > 15
    for canary in CANARIES:
        assert [text for text in said if canary.lower() in text.lower()] == []


REVEALERS = {
    "correlate/linkage.py",
    "correlate/preimages.py",
    "run/cells.py",
    "run/inside.py",
    "run/linking.py",
    "run/pseudonyms.py",
    "detect/declared.py",
    "detect/dummies.py",
    "run/answers.py",
    "detect/elements.py",
    "detect/judge.py",
    "run/rule_check.py",
    "run/show.py",
    "run/tables.py",
    "run/traces.py",
    "statement.py",
}


def test_the_callers_of_reveal_are_known() -> None:
    callers = {
        path.relative_to(SOURCE).as_posix()
        for path in SOURCE.rglob("*.py")
        if re.search(
            r"\.reveal\(\)|Sensitive\.reveal\b|\._text\b", path.read_text(encoding="utf-8")
        )
        and path.name != "sensitive.py"
    }
    assert callers == REVEALERS


CANARY = "ZARGOTHY"
CODED = (
    "Modality BodyPartExamined ImageType ConversionType PhotometricInterpretation "
    "LongitudinalTemporalInformationModified BurnedInAnnotation PatientSex SeriesDescription"
)
"""Elements from which words are taken to judge objects and series by."""


def test_a_name_in_a_coded_element_is_kept_nowhere(tmp_path: Path) -> None:
    volume, out = tmp_path / "volume", tmp_path / "out"
    for number in range(3):
        write(volume / f"{number}.dcm", number, **dict.fromkeys(CODED.split(), CANARY))
    ran = vestige("scan", volume, "--out", out, home=tmp_path)
    assert ran.code == 1, ran.text
    files = [path for path in out.iterdir() if path.is_file()]
    assert files
    for text in (ran.text, *(path.read_bytes().decode("latin-1") for path in files)):
        assert CANARY.lower() not in text.lower()
