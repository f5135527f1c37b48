import csv
from functools import lru_cache
from pathlib import Path

import pytest
from pydicom.dataset import Dataset

from tests.detect.objects import (
    BY_KEYWORD,
    CATALOG,
    ITEM_DEPTH,
    LISTED,
    SHARED,
    VALUES,
    VENDOR_UID,
    by_table,
    claims,
    code_item,
    judge,
    judged,
    nested,
    only,
    pointer_of,
    sequence,
    table,
    tag_of,
    vr_of,
)
from vestige import catalog
from vestige.model import Band, Declaration, Observation, Place, Where
from vestige.sensitive import Sensitive

POLICIES = ("dicom", "gdpr", "hipaa")
NUMBERS = [row for row in LISTED if row["vr"] == "US"]
"""Standard numbers: the reader gives none of them, so they are judged by hand."""

READABLE = [row for row in LISTED if row["vr"] != "US"]
CONTENT = [row for row in LISTED if row["judged"] == "content"]
CODED = ("00080082", "00401101")
"""Code sequences: their codes say where it was, or who."""

CODES = [str(code) for code in range(113100, 113113)]


def planted() -> Dataset:
    """An object in which every attribute of the profile holds something."""
    data = Dataset()
    for row in READABLE:
        vr = vr_of(row)
        if row["tag"] in CODED:
            data.add_new(tag_of(row), vr, sequence(code_item()))
        elif row["judged"] == "content":
            item = Dataset()
            item.add_new(0x0040A123, "PN", VALUES["PN"])
            data.add_new(tag_of(row), vr, sequence(item))
        elif vr == "SQ":
            data.add_new(tag_of(row), vr, sequence(code_item()))
        else:
            data.add_new(tag_of(row), vr, VALUES[vr])
    return data


def emptied() -> Dataset:
    data = Dataset()
    for row in READABLE:
        vr = vr_of(row)
        if not row["tag"].startswith("0002"):
            data.add_new(tag_of(row), vr, sequence() if vr == "SQ" else None)
    return data


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("objects")


@lru_cache(maxsize=64)
def severities(folder: Path, policy: str, depth: int, *codes: str) -> dict[str, Band]:
    """The severity of what the tables find at each pointer of the planted object."""
    data = nested(planted(), depth)
    found = by_table(judged(folder / "object.dcm", claims(data, *codes), policy))
    pointers = [one.pointer for one in found]
    assert len(pointers) == len(set(pointers))
    return {one.pointer: one.severity for one in found}


def place_in(row: dict[str, str]) -> str:
    """Where the finding stands: in the item of a sequence that is judged by what it holds."""
    if row["judged"] != "content":
        return pointer_of(row)
    return f"{pointer_of(row)}[*]/{'(0008,0100)' if row['tag'] in CODED else '(0040,A123)'}"


def severity_of(row: dict[str, str]) -> Band:
    inner = row["judged"] == "content" and row["tag"] not in CODED
    return Band.of(BY_KEYWORD["PersonName"]["severity"] if inner else row["severity"])


def test_the_table_has_the_profile_whole() -> None:
    assert len(LISTED) == 656
    assert {row["tag"] for row in NUMBERS} == {"00160075", "001021c0"}
    assert len(CONTENT) == 11
    assert [row for row in LISTED if row["judged"] in ("statement", "answer")] == []


def standards(name: str) -> list[dict[str, str]]:
    path = SHARED / f"{name}.csv"
    if not path.is_file():
        pytest.skip("the folder of standards data is not beside the repository")
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_the_table_says_what_the_standard_says() -> None:
    standard = {row["tag"].lower(): row["basic_profile"] for row in standards("ps3_15_e1_1")}
    assert len(standard) == 657
    assert standard.pop("ggggeeee") == "X"
    assert {row["tag"]: row["action"] for row in LISTED} == standard


def test_the_table_judges_as_the_regulation_map_does() -> None:
    theirs = {row["tag"].lower(): row for row in standards("tag_regulation_map")}
    for row in table("elements"):
        judgement = theirs[row["tag"]]
        assert row["severity"] == judgement["severity"]
        assert row["permitted"] == judgement["accepted_if_method_code"]


@pytest.mark.parametrize("depth", [0, 3])
@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize("row", READABLE, ids=lambda row: row["tag"])
def test_a_value_is_a_finding_of_its_severity(
    row: dict[str, str], policy: str, depth: int, folder: Path
) -> None:
    pointer = ITEM_DEPTH * depth + place_in(row)
    expected = severity_of(row)
    assert severities(folder, policy, depth).get(pointer) == expected


@pytest.mark.parametrize("policy", POLICIES)
def test_nothing_else_is_a_finding(policy: str, folder: Path) -> None:
    expected = {place_in(row) for row in READABLE}
    # Values that stand in the items planted above, where an attribute of the profile holds them.
    assert severities(folder, policy, 0).keys() == expected


@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize("depth", [0, 3])
def test_an_empty_attribute_is_no_finding(policy: str, depth: int, tmp_path: Path) -> None:
    assert judged(tmp_path / "empty.dcm", nested(emptied(), depth), policy) == []


@pytest.mark.parametrize("row", NUMBERS, ids=lambda row: row["tag"])
def test_a_number_that_is_there_is_a_finding(row: dict[str, str]) -> None:
    place = Place(Where.HEADER, pointer_of(row), tag_of(row), "US")
    judgement = judge("gdpr").judge(Observation(place, Sensitive("")), Declaration())
    (hit,) = judgement.hits
    assert hit.claim.severity == Band.of(row["severity"])


@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize("code", CODES)
def test_a_method_code_permits_its_option_and_no_more(policy: str, code: str, folder: Path) -> None:
    honoured = code in catalog.policy(policy).honours
    found = severities(folder, policy, 0, code)
    for row in READABLE:
        codes = {option.split(":")[0] for option in row["permitted"].split(";")}
        itself = row["judged"] != "content" or row["tag"] in CODED
        permitted = honoured and code in codes and itself
        assert (place_in(row) not in found) == permitted, row["tag"]


@pytest.mark.parametrize(
    ("keyword", "code", "permitting"),
    [
        ("StudyDate", "113106", "dicom"),
        ("StudyDate", "113107", "dicom gdpr hipaa"),
        ("PatientSex", "113108", "dicom gdpr hipaa"),
        ("DeviceSerialNumber", "113109", "dicom gdpr"),
        ("StudyInstanceUID", "113110", "dicom"),
        ("InstitutionName", "113112", "dicom"),
        ("StudyDescription", "113105", "dicom gdpr hipaa"),
        ("PatientName", "113108", ""),
        ("PatientBirthDate", "113107", ""),
        ("StudyDate", "113100", ""),
    ],
)
def test_what_each_law_permits(keyword: str, code: str, permitting: str, folder: Path) -> None:
    pointer = pointer_of(BY_KEYWORD[keyword])
    permit = [one for one in POLICIES if pointer not in severities(folder, one, 0, code)]
    assert permit == permitting.split()


@pytest.mark.parametrize(
    ("age", "policy", "severity"),
    [
        ("045Y", "hipaa", None),
        ("089Y", "hipaa", None),
        ("090Y", "hipaa", None),
        ("091Y", "hipaa", Band.MEDIUM),
        ("103Y", "hipaa", Band.MEDIUM),
        ("999Y", "hipaa", None),
        ("103Y", "gdpr", None),
    ],
)
def test_no_code_permits_a_great_age(
    age: str, policy: str, severity: Band | None, tmp_path: Path
) -> None:
    found = only(tmp_path, (0x00101010, "AS", age), policy=policy, codes="113100 113108")
    assert [one.severity for one in found] == ([] if severity is None else [severity])


@pytest.mark.parametrize("keyword", ["BurnedInAnnotation", "RecognizableVisualFeatures"])
def test_an_object_that_says_its_pixels_name_somebody(keyword: str, tmp_path: Path) -> None:
    tag = tag_of(BY_KEYWORD[keyword])
    (found,) = only(tmp_path, (tag, "CS", "YES"))
    assert (found.rule, found.severity) == ("elements/declared-identity", Band.HIGH)
    assert only(tmp_path, (tag, "CS", "NO")) == []


@pytest.mark.parametrize("group", [0x5000, 0x501E, 0x6000, 0x601E, 0x60FE])
def test_every_curve_and_overlay_is_judged(group: int, tmp_path: Path) -> None:
    overlay = (group << 16 | 0x3000, "OW", b"Zargoth Quillonia 774512")
    found = only(tmp_path, (0x00080060, "CS", "CT"), overlay)
    assert [one.rule for one in found if one.rule.startswith("elements/")] == ["elements/free-text"]


def test_odd_groups_beside_overlays_are_private() -> None:
    assert CATALOG.tables.attribute(0x60013000) is None


@pytest.mark.parametrize(
    "uid",
    [
        VENDOR_UID,
        "1.2.840.113619.2.55.3.604688119.971.1552812341.12",
        f"2.25.7\\{VENDOR_UID}",
    ],
)
def test_a_uid_of_a_vendor_is_a_finding(uid: str, tmp_path: Path) -> None:
    (found,) = only(tmp_path, (0x00081155, "UI", uid.split("\\")))
    assert (found.rule, found.severity) == ("elements/unremapped-uid", Band.MEDIUM)


@pytest.mark.parametrize(
    "uid",
    [
        "2.25.329800735698586629295641978511506172918",
        "1.3.6.1.4.1.14519.5.2.1.7009.2403.33410",
        "1.2.826.0.1.3680043.8.498.12345",
        "1.2.3.4.5",
        "1.2.840.10008.5.1.4.1.1.2",
    ],
)
def test_a_uid_of_any_other_root_is_none(uid: str, tmp_path: Path) -> None:
    assert only(tmp_path, (0x00081155, "UI", uid)) == []


@pytest.mark.parametrize("value", ["ZARGOTH^^^^", "ANON\\ZARGOTH^Q", "ANON\\NONAME"])
def test_a_name_of_a_person_is_a_finding(value: str, tmp_path: Path) -> None:
    (found,) = only(tmp_path, (0x00101001, "PN", value.split("\\")))
    assert found.rule == "elements/direct-identifier"


@pytest.mark.parametrize(
    "value", ["^^^^", "=", "ANONYMIZED^^^^", "Anonymous^Anonymous", "Removed by CTP"]
)
def test_delimiters_and_fillers_name_nobody(value: str, tmp_path: Path) -> None:
    assert only(tmp_path, (0x00101001, "PN", value)) == []


def test_of_many_values_the_gravest_counts(tmp_path: Path) -> None:
    (mild,) = only(tmp_path, (0x00101001, "PN", ["ANON", "JOHN DOE"]))
    (grave,) = only(tmp_path, (0x00101001, "PN", ["JOHN DOE", "ZARGOTH^Q", "ANON"]))
    assert (mild.severity, grave.severity) == (Band.INFO, Band.CRITICAL)


def test_a_name_that_no_profile_lists(tmp_path: Path) -> None:
    (found,) = only(tmp_path, (0x00142006, "PN", "ZARGOTH^QUILLONIA"))
    assert (found.rule, found.severity) == ("elements/person-name", Band.HIGH)
    assert only(tmp_path, (0x00142006, "PN", "ANONYMOUS")) == []


def test_plain_descriptions_are_mild_and_others_are_not(tmp_path: Path) -> None:
    (plain,) = only(tmp_path, (0x0008103E, "LO", "CT brain 2.5 mm"))
    telling, dated = only(tmp_path, (0x0008103E, "LO", "CT brain 20190317"))
    assert (plain.severity, telling.severity) == (Band.LOW, Band.MEDIUM)
    assert dated.rule == "dates/date-in-text"


@pytest.mark.parametrize("text", ["1", "07", "TRIAL-A-0007", "CASE 12"])
def test_a_number_that_is_a_count_and_a_code_of_plain_words_are_mild(
    tmp_path: Path, text: str
) -> None:
    found = only(tmp_path, (0x00100020, "LO", text))
    assert [one.severity for one in found] in ([], [Band.LOW])


@pytest.mark.parametrize("text", ["123", "4711", "Q-0007", "Zargoth 12", "CASE 482915"])
def test_a_number_of_a_patient_and_a_code_of_unknown_words_are_critical(
    tmp_path: Path, text: str
) -> None:
    assert Band.CRITICAL in {one.severity for one in only(tmp_path, (0x00100020, "LO", text))}


def test_the_number_of_a_trial_is_mild_unless_somebody_is_named_in_it(tmp_path: Path) -> None:
    (number,) = only(tmp_path, (0x00120020, "LO", "NCT01234567"))
    assert number.severity == Band.LOW
    (_, named) = only(tmp_path, (0x00120020, "LO", "trial of Dr. Quintero"))
    assert (named.rule, named.severity) == ("names/person-name", Band.CRITICAL)
