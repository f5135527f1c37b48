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


OTHER_SEVERITIES = {
    "00120020": "low",
    "00120021": "low",
    "00120022": "low",
    "04000500": "medium",
}
"""Who gave a trial names nobody in it; encrypted originals are what PS3.15 foresees."""


def test_the_table_judges_as_the_regulation_map_does() -> None:
    theirs = {row["tag"].lower(): row for row in standards("tag_regulation_map")}
    for row in table("elements"):
        judgement = theirs[row["tag"]]
        assert row["severity"] == OTHER_SEVERITIES.get(row["tag"], judgement["severity"])
        assert row["permitted"] == judgement["accepted_if_method_code"]


def may_stay(row: dict[str, str], policy: str) -> bool:
    """Whether Safe Harbor lets the planted value stay: no letter names it, or not what it holds."""
    inner = row["judged"] == "content" and row["tag"] not in CODED
    unnamed = not row["hipaa"] or {"age", "country"} & set(row["residual"].split(";"))
    return policy == "hipaa" and not inner and bool(unnamed)


def expected_of(row: dict[str, str], policy: str) -> Band | None:
    """The severity of the planted value: a time of day is mild where it is named by convention."""
    if may_stay(row, policy):
        return None
    mild = policy == "hipaa" and row["vr"] == "TM" and row["hipaa_basis"] == "convention"
    return min(Band.LOW, severity_of(row)) if mild else severity_of(row)


@pytest.mark.parametrize("depth", [0, 3])
@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize("row", READABLE, ids=lambda row: row["tag"])
def test_a_value_is_a_finding_of_its_severity(
    row: dict[str, str], policy: str, depth: int, folder: Path
) -> None:
    pointer = ITEM_DEPTH * depth + place_in(row)
    assert severities(folder, policy, depth).get(pointer) == expected_of(row, policy)


@pytest.mark.parametrize("policy", POLICIES)
def test_nothing_else_is_a_finding(policy: str, folder: Path) -> None:
    expected = {place_in(row) for row in READABLE if not may_stay(row, policy)}
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
        permitted = (honoured and code in codes and itself) or may_stay(row, policy)
        assert (place_in(row) not in found) == permitted, row["tag"]


@pytest.mark.parametrize(
    ("keyword", "code", "permitting"),
    [
        ("StudyDate", "113106", "dicom"),
        ("StudyDate", "113107", "dicom gdpr"),
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
        ("1092M", "hipaa", Band.MEDIUM),
        ("1079M", "hipaa", None),
        ("999W", "hipaa", None),
        ("103Y", "gdpr", None),
    ],
)
def test_no_code_permits_a_great_age(
    age: str, policy: str, severity: Band | None, tmp_path: Path
) -> None:
    found = only(tmp_path, (0x00101010, "AS", age), policy=policy, codes="113100 113108")
    assert [one.severity for one in found] == ([] if severity is None else [severity])


@pytest.mark.parametrize(("age", "found"), [("045Y", []), ("006M", []), ("093Y", [Band.MEDIUM])])
def test_safe_harbor_lets_an_age_stay_that_no_code_permits(
    age: str, found: list[Band], tmp_path: Path
) -> None:
    left = only(tmp_path, (0x00101010, "AS", age), policy="hipaa")
    assert [one.severity for one in left] == found
    assert [one.severity for one in only(tmp_path, (0x00101010, "AS", age))] == [Band.LOW]


@pytest.mark.parametrize(("size", "found"), [("24", 0), ("24.2", 0), ("24.20", 0), ("24.21", 1)])
def test_a_body_mass_index_is_rounded(size: str, found: int, tmp_path: Path) -> None:
    assert len(only(tmp_path, (0x00101022, "DS", size))) == found


# --- what is said of dates ------------------------------------------------------------------------

DATE = (0x00080020, "DA", "20190317")


@pytest.mark.parametrize(
    ("said", "codes", "policy", "severity"),
    [
        ("MODIFIED", "113107", "gdpr", None),
        ("MODIFIED", "", "gdpr", Band.MEDIUM),
        ("MODIFIED", "", "dicom", Band.MEDIUM),
        ("REMOVED", "", "gdpr", Band.HIGH),
        ("UNMODIFIED", "113107", "gdpr", Band.HIGH),
        ("UNMODIFIED", "113106", "dicom", None),
        ("UNMODIFIED", "113106", "gdpr", Band.HIGH),
        ("", "113106 113107", "gdpr", Band.HIGH),
        ("", "113106 113107", "dicom", None),
        ("MODIFIED", "113107", "hipaa", Band.MEDIUM),
        ("MODIFIED", "", "hipaa", Band.MEDIUM),
        ("MAYBE", "", "gdpr", Band.HIGH),
    ],
)
def test_what_an_object_says_of_its_dates(
    said: str, codes: str, policy: str, severity: Band | None, tmp_path: Path
) -> None:
    elements = [DATE, *([(0x00280303, "CS", said)] if said else [])]
    found = only(tmp_path, *elements, policy=policy, codes=codes)
    assert [one.severity for one in found] == ([] if severity is None else [severity])


@pytest.mark.parametrize(
    ("vr", "value", "gdpr", "hipaa"),
    [
        ("DA", "2019", Band.LOW, None),
        ("DA", "20190101", Band.LOW, Band.INFO),
        ("DA", "20190301", Band.MEDIUM, Band.MEDIUM),
        ("DA", "20190302", Band.HIGH, Band.HIGH),
        ("DT", "2019", Band.LOW, None),
        ("DT", "20190101000000.000000", Band.LOW, Band.INFO),
        ("DT", "20190101101523", Band.HIGH, Band.HIGH),
        ("DT", "201903", Band.HIGH, Band.HIGH),
    ],
)
def test_of_a_date_safe_harbor_lets_the_year_stay(
    vr: str, value: str, gdpr: Band, hipaa: Band | None, tmp_path: Path
) -> None:
    tag = 0x00080020 if vr == "DA" else 0x0008002A
    for policy, severity in (("gdpr", gdpr), ("hipaa", hipaa)):
        found = only(tmp_path, (tag, vr, value), policy=policy)
        assert [one.severity for one in found] == ([] if severity is None else [severity])


@pytest.mark.parametrize(
    ("born", "severity"),
    [
        ("1951", None),
        ("19510101", Band.INFO),
        ("1902", Band.CRITICAL),
        ("19020101", Band.MEDIUM),
        ("19000101", None),
    ],
)
def test_a_year_of_birth_may_tell_an_age_that_may_not_stay(
    born: str, severity: Band | None, tmp_path: Path
) -> None:
    found = only(tmp_path, (0x00100030, "DA", born), policy="hipaa")
    assert [one.severity for one in found] == ([] if severity is None else [severity])


# --- the basis ------------------------------------------------------------------------------------


@pytest.mark.parametrize("policy", [*POLICIES, "eucaim", "aryanto50"])
def test_a_finding_names_its_basis_under_every_policy(policy: str, tmp_path: Path) -> None:
    (found,) = by_table(only(tmp_path, (0x00100010, "PN", "ZARGOTH^QUILLONIA"), policy=policy))
    assert found.basis == (
        "PS3.15 E.1-1: Z",
        "HIPAA Safe Harbor A",
        "GDPR Art. 4(1)",
        "Aryanto 50",
    )


@pytest.mark.parametrize(
    ("keyword", "basis"),
    [
        ("ClinicalTrialSubjectID", ("HIPAA Safe Harbor R (by convention)", "GDPR Art. 4(5)")),
        ("ReligiousPreference", ("GDPR Art. 4(1)", "GDPR Art. 9(1)")),
        ("OperatorsName", ("HIPAA Safe Harbor A (by convention)", "Aryanto 50")),
    ],
)
def test_the_basis_is_that_of_the_attribute(
    keyword: str, basis: tuple[str, ...], tmp_path: Path
) -> None:
    row = next(row for row in LISTED if row["keyword"].endswith(keyword))
    (found,) = by_table(only(tmp_path, (tag_of(row), vr_of(row), "ZARGOTH^Q")))
    assert set(basis) < set(found.basis)
    assert len(found.basis) == len(set(found.basis))


# --- lists of a policy ----------------------------------------------------------------------------


def rules_under(policy: str, folder: Path, *elements: tuple[int, str, object]) -> list[str]:
    return [one.rule for one in by_table(only(folder, *elements, policy=policy))]


OFF_LIST = "elements/not-on-the-list"


@pytest.mark.parametrize(
    ("element", "rules"),
    [
        ((0x0008103E, "LO", "Quillonia lab 774512"), []),
        ((0x00080030, "TM", "101523"), []),
        ((0x00280A04, "LO", "QZ-774512"), []),
        ((0x00181000, "LO", "QZ-774512"), ["elements/device"]),
        ((0x00189999, "LO", "QZ-774512"), []),
        ((0x00081070, "PN", "ZARGOTH^Q"), ["elements/staff"]),
        ((0x00082200, "CS", "QZPOSITION"), [OFF_LIST]),
        ((0x00082200, "CS", ""), []),
        ((0x00082200, "CS", "ANONYMIZED"), [OFF_LIST]),
        ((0x00400310, "ST", "plain words"), [OFF_LIST]),
        ((0x30060050, "DS", "1.5"), [OFF_LIST]),
        ((0x0008002A, "DT", "20190301101523"), []),
        ((0x0008002A, "DT", "20190302101523"), ["elements/quasi-identifier"]),
        ((0x00080020, "DA", "20190301"), []),
        ((0x00080020, "DA", "20190302"), ["elements/quasi-identifier"]),
        ((0x00080024, "DA", "20190301"), ["elements/quasi-identifier"]),
        ((0x00080050, "SH", "7745120031744903"), []),
        ((0x00080050, "SH", "77451200"), ["elements/quasi-identifier"]),
        ((0x00100020, "LO", "EUCAIM-774512003"), []),
        ((0x00100020, "LO", "774512003"), ["elements/direct-identifier"]),
        ((0x00081150, "UI", "1.2.840.10008.5.1.4.1.1.2"), []),
        ((0x0020000D, "UI", VENDOR_UID), ["elements/unremapped-uid"]),
    ],
)
def test_what_the_list_of_eucaim_lets_stand(
    element: tuple[int, str, object], rules: list[str], tmp_path: Path
) -> None:
    assert rules_under("eucaim", tmp_path, element) == rules


def test_a_method_code_changes_nothing_beside_a_list(tmp_path: Path) -> None:
    found = only(tmp_path, DATE, policy="eucaim", codes="113106 113107")
    # The sequence of the codes is not on the list either: it states something, and is mild.
    assert [(one.rule, one.severity) for one in found] == [
        ("elements/quasi-identifier", Band.HIGH),
        (OFF_LIST, Band.INFO),
    ]


def test_of_a_sequence_that_is_not_on_the_list_the_sequence_is_named(tmp_path: Path) -> None:
    item = Dataset()
    item.add_new(0x00082200, "CS", "QZPOSITION")
    item.add_new(0x00400310, "ST", "plain words")
    item.add_new(0x0040A123, "PN", VALUES["PN"])
    unlisted = (0x30060039, "SQ", sequence(item))
    found = by_table(only(tmp_path, unlisted, policy="eucaim"))
    assert [(one.pointer, one.rule) for one in found] == [
        ("(3006,0039)", OFF_LIST),
        ("(3006,0039)[*]/(0040,0310)", "elements/free-text"),
        ("(3006,0039)[*]/(0040,A123)", "elements/direct-identifier"),
    ]
    listed = (0x00081140, "SQ", sequence(item))
    pointers = [one.pointer for one in by_table(only(tmp_path, listed, policy="eucaim"))]
    assert pointers == [f"(0008,1140)[*]/{tag}" for tag in ("(0008,2200)", "(0040,0310)")] + [
        "(0008,1140)[*]/(0040,A123)"
    ]


def test_private_elements_are_not_on_the_list(tmp_path: Path) -> None:
    safe = ((0x00190010, "LO", "SIEMENS MR HEADER"), (0x0019100C, "IS", "1000"))
    assert rules_under("gdpr", tmp_path, *safe) == []
    (found,) = by_table(only(tmp_path, *safe, policy="eucaim"))
    assert (found.rule, found.pointer) == (OFF_LIST, "(0019,xx0C) SIEMENS MR HEADER")
    assert found.title.endswith("(0019,xx0C) SIEMENS MR HEADER")


def test_what_is_graver_than_the_list_says_that_it_is_not_on_it_either(tmp_path: Path) -> None:
    (found,) = only(tmp_path, (0x00081070, "PN", "ZARGOTH^Q"), policy="eucaim")
    assert found.severity is Band.HIGH
    assert found.basis[-1] == "not on the list of eucaim"


def site(tmp_path: Path, rows: str, key: str = "allow") -> str:
    (tmp_path / "list.csv").write_text(rows)
    (tmp_path / "site.toml").write_text(
        f'title = "T"\nwhy = "W"\nfail-on = "medium"\nhonours = []\nunexamined = "accept"\n'
        f'{key} = "list.csv"\n'
    )
    return str(tmp_path / "site.toml")


def test_a_list_of_a_site(tmp_path: Path) -> None:
    rows = (
        "tag,action,creator\n00080020,year,\n00082200,replace,\n0019xx0c,,SIEMENS MR HEADER\n"
        "0008103E,empty,\n00181800,uid,\n"
    )
    policy = site(tmp_path, rows)
    for element, rules in (
        ((0x00080020, "DA", "2019"), []),
        ((0x00080020, "DA", "20190301"), ["elements/quasi-identifier"]),
        ((0x00082200, "CS", "ANONYMIZED"), []),
        ((0x00082200, "CS", "QZPOSITION"), [OFF_LIST]),
        ((0x0008103E, "LO", "brain"), [OFF_LIST]),
        ((0x00181800, "UI", "2.25.7"), []),
        ((0x00181800, "UI", VENDOR_UID), ["elements/unremapped-uid"]),
        ((0x00100040, "CS", "F"), [OFF_LIST]),
    ):
        assert rules_under(policy, tmp_path, element) == rules, element
    safe = ((0x00190010, "LO", "SIEMENS MR HEADER"), (0x0019100C, "IS", "1000"))
    assert rules_under(policy, tmp_path, *safe) == []


def test_under_aryanto_the_fifty_count_and_nothing_else(tmp_path: Path) -> None:
    data = planted()
    data.add_new(0x00142006, "PN", "ZARGOTH^QUILLONIA")
    found = judged(tmp_path / "object.dcm", data, "aryanto50")
    fifty = {pointer_of(row) for row in LISTED if row["aryanto50"]}
    # Person names, dates and times of content items count wherever they stand.
    assert {one.pointer.split("/")[-1] for one in found} == fifty
    assert all("Aryanto 50" in one.basis for one in found)
    assert judged(tmp_path / "object.dcm", emptied(), "aryanto50") == []


def test_under_aryanto_a_dummy_is_none_and_codes_change_nothing(tmp_path: Path) -> None:
    dummies = ((0x00100010, "PN", "ANONYMIZED"), (0x00080020, "DA", "19000101"))
    assert only(tmp_path, *dummies, policy="aryanto50") == []
    found = only(tmp_path, (0x00100040, "CS", "F"), policy="aryanto50", codes="113100 113108")
    assert [one.pointer for one in found] == ["(0010,0040)"]


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


@pytest.mark.parametrize(
    ("author", "band"), [("Radiology Department", Band.LOW), ("Zargoth Quillonia", Band.HIGH)]
)
def test_an_author_of_plain_words_is_hardly_a_person(author: str, band: Band) -> None:
    place = Place(Where.BESIDE, "document property author", 0, "PN")
    found = judge("gdpr").judge(Observation(place, Sensitive(author)), Declaration())
    assert [hit.claim.severity for hit in found.hits] == [band]
