"""What leaves a case: with names as it is, without them in tokens, the same for the same."""

import io
import json
import zipfile
from pathlib import Path

import pyrage
import pytest

from tests.run.test_exhibits import silent
from vestige.custody import names
from vestige.model import UsageError
from vestige.run import custody, exhibits, export
from vestige.run.custody import Custodian
from vestige.run.records import record_text
from vestige.run.sealable import whole

NAMES = ("QUILLONIA_ZARGOTHY", "ä\nb")


@pytest.fixture
def custodian(tmp_path: Path) -> Custodian:
    for name in NAMES:
        (tmp_path / "volume" / name).mkdir(parents=True)
        (tmp_path / "volume" / name / f"{NAMES[0]}.dcm").write_text(name)
    opened = custody.open_case(
        tmp_path / "case", {"by": "me", "because": "test"}, tmp_path / "keys"
    )
    subtree = whole(tmp_path / "volume")
    opened, _ = custody.seal(opened, subtree, lambda _done: None)
    (tmp_path / "volume" / NAMES[0] / f"{NAMES[0]}.dcm").write_text("other")
    opened, _ = exhibits.verify(opened, exhibits.Asked("E1", tmp_path / "volume"), silent)
    return custody.attach(opened, tmp_path / "case" / "case.json", "other", "")


def exported(custodian: Custodian, out: Path, *, with_names: bool) -> dict[str, bytes]:
    export.export(custodian, out, with_names=with_names)
    with zipfile.ZipFile(out) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_with_names_everything_is_as_it_is(custodian: Custodian, tmp_path: Path) -> None:
    found = exported(custodian, tmp_path / "a.zip", with_names=True)
    for name in ("manifest.sha256", "state.jsonl"):
        own = (tmp_path / "case" / "exhibits" / "E1" / name).read_bytes()
        assert found[f"E1/{name}"] == own
    assert found["attached/001.json"]
    with pytest.raises(UsageError, match="exists already"):
        export.export(custodian, tmp_path / "a.zip", with_names=True)


def test_without_names_none_is_left_and_the_same_is_the_same(
    custodian: Custodian, tmp_path: Path
) -> None:
    found = exported(custodian, tmp_path / "a.zip", with_names=False)
    every = b"".join(found.values())
    for name in NAMES:
        assert name.encode() not in every
        assert json.dumps(name, ensure_ascii=False)[1:-1].encode() not in every
    assert not [name for name in found if name.startswith("attached/")]
    lines = found["E1/manifest.sha256"].splitlines(keepends=True)[1:]
    paths = [names.of_manifest_line(line)[1].split(b"/") for line in lines]
    assert len({path[0] for path in paths}) == 2
    assert len({path[1] for path in paths}) == 1
    assert paths[0][1].endswith(b".dcm")
    lines = found["records/verification-1.jsonl"].splitlines()
    differing = {json.loads(line)["path"].encode() for line in lines if not line.startswith(b"#")}
    assert differing
    assert differing <= {b"/".join(path) for path in paths}


def test_a_page_masks_folders_unless_it_is_to_reveal(custodian: Custodian, tmp_path: Path) -> None:
    masked, clear = (
        export.page(tmp_path / "case", custodian.keys, reveal=reveal) for reveal in (False, True)
    )
    assert str(tmp_path) in clear
    assert str(tmp_path) not in masked


def test_an_encrypted_archive_is_the_archive(custodian: Custodian, tmp_path: Path) -> None:
    reader = pyrage.x25519.Identity.generate()
    recipient = str(reader.to_public())
    export.export(custodian, tmp_path / "a.zip.age", with_names=True, recipient=recipient)
    plain = pyrage.decrypt((tmp_path / "a.zip.age").read_bytes(), [reader])
    with zipfile.ZipFile(io.BytesIO(plain)) as archive:
        assert archive.testzip() is None
    assert {p.name for p in (tmp_path / "case").iterdir()} == {
        *("attached", "case.json", "exhibits", "ledger.jsonl", "records")
    }


def test_pages_among_the_records_go_with_them(custodian: Custodian, tmp_path: Path) -> None:
    record_text(custodian, "certificate", "<!doctype html>")
    found = exported(custodian, tmp_path / "a.zip", with_names=False)
    assert found["records/certificate-1.html"] == b"<!doctype html>"
