"""Records are numbered, kept with their digests, and leave nothing behind when they fail."""

import json
from pathlib import Path

import pytest

from vestige.evidence import Apart, Difference
from vestige.run import custody
from vestige.run.case import digest
from vestige.run.custody import Custodian
from vestige.run.records import differing, record, record_page, record_text


@pytest.fixture
def custodian(tmp_path: Path) -> Custodian:
    return custody.open_case(tmp_path / "case", {"by": "me", "because": "t"}, tmp_path / "keys")


def test_a_record_tells_where_its_differences_stand(custodian: Custodian, tmp_path: Path) -> None:
    records = tmp_path / "case" / "records"
    with differing(custodian) as lines:
        lines.of("rest")(Difference(Apart.CHANGED, b"\xff/a", "its size"))
        told = record(custodian, "verification", {"x": 1}, lines)
    assert told["record_sha256"] == digest(records / "verification-1.json")
    assert told["differences_sha256"] == digest(records / "verification-1.jsonl")
    held = json.loads((records / "verification-1.json").read_bytes())
    assert (held["x"], held["differences"]) == (1, 1)
    line = json.loads((records / "verification-1.jsonl").read_bytes().splitlines()[1])
    assert (line["of"], line["apart"], line["path_bytes"]) == ("rest", "changed", "/y9h")
    assert {path.stat().st_mode & 0o777 for path in records.iterdir()} == {0o600}


def test_records_of_a_kind_are_numbered_whatever_they_are_written_in(
    custodian: Custodian,
) -> None:
    for number in range(1, 12):
        with differing(custodian) as lines:
            told = record(custodian, "deletion", {}, lines)
        assert told["record"] == f"deletion-{number}.json"
        page = record_page(custodian, str(told["record"]), "<p>")
        assert page["page"] == f"deletion-{number}.html"
    path, _ = record_text(custodian, "certificate", "<p>")
    assert path.name == "certificate-1.html"


def test_nothing_is_left_of_differences_that_were_not_recorded(
    custodian: Custodian, tmp_path: Path
) -> None:
    def interrupted() -> None:
        with differing(custodian) as lines:
            lines.of("copy")(Difference(Apart.EXTRA, b"a"))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert list((tmp_path / "case" / "records").iterdir()) == []
