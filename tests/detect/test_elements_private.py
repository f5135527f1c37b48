import re
from pathlib import Path

import pytest
from pydicom.dataset import Dataset

from tests.detect.objects import (
    VALUES,
    VENDOR_UID,
    Found,
    by_table,
    claims,
    code_item,
    judged,
    only,
    sequence,
    table,
)
from vestige.model import Band


def private_object(rows: list[dict[str, str]]) -> Dataset:
    """An object with every private attribute of a table."""
    data = Dataset()
    for row in rows:
        group = int(row["group"].replace("xx", "01"), 16)
        block = data.private_block(group, row["creator"], create=True)
        vr = row["vr"] if row["vr"] in VALUES or row["vr"] == "SQ" else "LO"
        value = sequence(code_item()) if vr == "SQ" else VALUES[vr]
        block.add_new(int(row["element"], 16), vr, value)
    return data


def private_places(found: list[Found]) -> dict[tuple[str, str], Found]:
    """Findings by group and element, where the place is one private element of a block."""
    rule = re.compile(r"\(([0-9A-F]{4}),xx([0-9A-F]{2})\) ")
    matches = ((rule.match(one.pointer), one) for one in found)
    return {(m[1].lower(), m[2].lower()): one for m, one in matches if m}


def creators_of(name: str) -> dict[str, list[dict[str, str]]]:
    rows: dict[str, list[dict[str, str]]] = {}
    for row in table(name):
        rows.setdefault(row["creator"], []).append(row)
    return rows


@pytest.mark.parametrize("policy", ["dicom", "gdpr"])
def test_safe_private_elements_are_no_findings(policy: str, tmp_path: Path) -> None:
    rows = table("private_safe")
    assert len(rows) == 479
    for creator in creators_of("private_safe").values():
        assert by_table(judged(tmp_path / "p.dcm", private_object(creator), policy)) == []


def test_a_name_in_a_safe_private_element_is_found_all_the_same(tmp_path: Path) -> None:
    data = Dataset()
    data.private_block(0x00E1, "ELSCINT1", create=True).add_new(0x21, "LO", "QUINTERO^MARIA")
    assert [one.rule for one in judged(tmp_path / "p.dcm", data)] == ["names/person-name"]


def test_private_elements_that_identify_are_findings(tmp_path: Path) -> None:
    bands = {"direct": Band.HIGH, "free-text": Band.MEDIUM, "quasi": Band.MEDIUM}
    seen = 0
    for creator in creators_of("private_identifying").values():
        found = private_places(by_table(judged(tmp_path / "p.dcm", private_object(creator))))
        for row in creator:
            one = found[row["group"].replace("xx", "01"), row["element"]]
            doubtful = row["confidence"] == "low"
            assert one.rule == "private/identifying"
            assert one.severity == (Band.LOW if doubtful else bands[row["class"]])
            assert row["meaning"] in one.title
            seen += 1
    assert seen == 520


def test_the_surer_the_source_the_surer_the_claim(tmp_path: Path) -> None:
    sure: dict[str, set[float]] = {}
    for creator in creators_of("private_identifying").values():
        found = private_places(by_table(judged(tmp_path / "p.dcm", private_object(creator))))
        for row in creator:
            one = found[row["group"].replace("xx", "01"), row["element"]]
            sure.setdefault(row["confidence"], set()).add(one.certainty)
    assert sure == {"high": {0.8}, "medium": {0.64}, "low": {0.4}}


def test_what_curators_keep_is_no_finding_and_what_they_remove_is_one(tmp_path: Path) -> None:
    others = (*table("private_identifying"), *table("private_safe"))
    known = {(row["creator"], row["group"], row["element"]) for row in others}
    for creator in list(creators_of("private_dispositions").values())[::3]:
        rows = [
            row
            for row in creator
            if (row["creator"], row["group"], row["element"]) not in known
            and row["disposition"] in ("keep", "remove")
            and row["vr"] in VALUES
            and row["vr"] not in ("PN", "UN")
        ]
        found = private_places(by_table(judged(tmp_path / "p.dcm", private_object(rows))))
        for row in rows:
            one = found.get((row["group"], row["element"]))
            assert (one is not None) == (row["disposition"] == "remove"), row
            assert one is None or one.rule == "private/published-removal"


def block(group: int, creator: str, element: int, vr: str, value: object) -> Dataset:
    data = Dataset()
    data.private_block(group, creator, create=True).add_new(element, vr, value)
    return data


@pytest.mark.parametrize(
    ("data", "rule", "severity"),
    [
        (block(0x0043, "NO SUCH MAKER", 7, "LO", "bed 12"), "private/unknown", Band.LOW),
        (block(0x0043, "NO SUCH MAKER", 7, "UN", b"bed 12 b"), "private/unknown", Band.LOW),
        (block(0x0043, "NO SUCH MAKER", 7, "SQ", sequence(code_item())), "private/unknown", 1),
        (block(0x0043, "NO SUCH MAKER", 7, "US", 7), "private/unknown", Band.INFO),
        (block(0x0043, "NO SUCH MAKER", 7, "DS", "7.5"), "private/unknown", Band.INFO),
        (block(0x0043, "NO SUCH MAKER", 7, "PN", "ZARGOTH^Q"), "elements/person-name", Band.HIGH),
        (block(0x0043, "NO SUCH MAKER", 7, "LO", ""), None, None),
        (block(0x0043, "NO SUCH MAKER", 7, "LO", "ANONYMIZED"), None, None),
        (block(0x0043, "NO SUCH MAKER", 7, "UN", b"ANONYMIZED"), None, None),
    ],
)
def test_unknown_private_elements(
    data: Dataset, rule: str | None, severity: Band | None, tmp_path: Path
) -> None:
    found = by_table(judged(tmp_path / "p.dcm", data))
    assert [(one.rule, one.severity) for one in found] == (
        [] if rule is None else [(rule, severity)]
    )


def test_a_private_element_without_a_creator(tmp_path: Path) -> None:
    (found,) = by_table(only(tmp_path, (0x00291010, "LO", "bed 12")))
    assert (found.rule, found.pointer) == ("private/unknown", "(0029,1010) no creator")


def test_private_dates_and_uids_follow_what_is_claimed(tmp_path: Path) -> None:
    dated = block(0x0013, "GEMS_GENIE_1", 0x23, "LO", "2019-03-17 10:15")
    (found,) = by_table(judged(tmp_path / "p.dcm", dated))
    assert found.rule == "private/shifted-date"
    assert by_table(judged(tmp_path / "p.dcm", claims(dated, "113107"))) == []
    row = next(
        r for r in table("private_dispositions") if r["disposition"] == "uid" and r["vr"] == "UI"
    )
    for uid, rules in ((VENDOR_UID, ["elements/unremapped-uid"]), ("2.25.7", [])):
        where = int(row["group"], 16), row["creator"], int(row["element"], 16)
        found_uids = judged(tmp_path / "p.dcm", block(*where, "UI", uid))
        assert [one.rule for one in found_uids] == rules


def test_a_standard_element_in_a_private_sequence_is_judged(tmp_path: Path) -> None:
    item = Dataset()
    item.add_new(0x00100010, "PN", "ZARGOTH^QUILLONIA")
    data = block(0x0043, "NO SUCH MAKER", 7, "SQ", sequence(item))
    rules = [one.rule for one in judged(tmp_path / "p.dcm", data)]
    assert rules == ["private/unknown", "elements/direct-identifier"]
