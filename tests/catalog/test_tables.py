import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vestige import shipped
from vestige.catalog import tables
from vestige.catalog.tables import FILES, Tables
from vestige.model import Band, RuleError

SHIPPED = tables.load(shipped.rules() / "tables")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in FILES:
        shutil.copy(str(shipped.rules() / "tables" / f"{name}.csv"), tmp_path)
    return tmp_path


def refusal(folder: Path) -> str:
    with pytest.raises(RuleError) as error:
        tables.load(folder)
    return str(error.value)


def edited(folder: Path, name: str, old: str, new: str) -> str:
    """What is said of a table in which the first `old` is `new`."""
    path = folder / f"{name}.csv"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return refusal(folder)


def test_every_table_states_its_source() -> None:
    for name in FILES:
        lines = (shipped.rules() / "tables" / f"{name}.csv").read_text("utf-8").splitlines()
        assert lines[0].startswith("# ")
        assert len(lines) > 2


def test_an_attribute_by_its_tag() -> None:
    row = SHIPPED.attribute(0x00100010)
    assert row is not None
    assert (row.keyword, row.vr, row.row_class) == ("PatientName", "PN", "direct-identifier")
    assert (row.severity, row.judged, row.action) == (Band.CRITICAL, "presence", "Z")
    date = SHIPPED.attribute(0x00080020)
    assert date is not None
    assert date.permitted == {"113106", "113107"}
    assert SHIPPED.attribute(0x00280010) is None


@given(st.integers(0, 0xFF), st.integers(0, 0xFFFF))
def test_curves_share_one_row_and_overlays_two(low: int, element: int) -> None:
    even = low % 2 == 0
    curve = SHIPPED.attribute(0x50000000 | low << 16 | element)
    overlay = SHIPPED.attribute(0x60000000 | low << 16 | element)
    assert (curve is not None) == even
    assert (overlay is not None) == (even and element in (0x3000, 0x4000))


@given(st.integers(0, 0xFFFFFFFF))
def test_every_other_attribute_is_looked_up_by_itself(tag: int) -> None:
    row = SHIPPED.attribute(tag)
    assert tag >> 24 in (0x50, 0x60) or row is None or row.tag == tag


def test_a_uid_by_its_longest_root() -> None:
    assert SHIPPED.uid_kind("1.2.826.0.1.3680043.8.498.1") == "generated"
    assert SHIPPED.uid_kind("1.2.826.0.1.3680043.2.1143.1") == "generated"
    assert SHIPPED.uid_kind("1.2.826.0.1.3680043.2.7") == "mixed"
    assert SHIPPED.uid_kind("1.3.12.2.1107.5.2") == "vendor"
    assert SHIPPED.uid_kind("1.2.3") == SHIPPED.uid_kind("") == ""


@given(st.lists(st.sampled_from("0 1 2 3 12 25 826 840 1107 5 113619".split()), max_size=8))
def test_a_uid_by_its_root_as_by_brute_force(parts: list[str]) -> None:
    uid = ".".join(parts)
    fitting = [pair for pair in SHIPPED.uid_roots if uid.startswith(pair[0])]
    longest = max(fitting, key=lambda pair: len(pair[0]), default=("", ""))
    assert SHIPPED.uid_kind(uid) == longest[1]


def test_private_groups_are_odd_and_wild_ones_are_all_of_them() -> None:
    for known in (
        SHIPPED.private_safe,
        SHIPPED.private_identifying,
        SHIPPED.private_dispositions,
    ):
        assert all(group % 2 == 1 and element <= 0xFF for _, group, element in known)
    wild = [key for key in SHIPPED.private_identifying if key[0] == "DLX_ANNOT_01"]
    assert len(wild) == 128


def test_the_classes_that_rules_may_name() -> None:
    assert SHIPPED.classes("private_dispositions") == {"keep", "remove", "date", "uid"}
    assert "vendor" in SHIPPED.classes("uid_roots")
    assert "staff" in SHIPPED.classes("elements")
    assert SHIPPED.classes("person_names") == {""}


@pytest.mark.parametrize("name", FILES)
def test_a_missing_table_is_named(name: str, folder: Path) -> None:
    (folder / f"{name}.csv").unlink()
    assert refusal(folder) == f"tables/{name}.csv: cannot be read: FileNotFoundError"


@pytest.mark.parametrize("name", FILES)
def test_a_table_without_source_rows_or_columns_is_named(name: str, folder: Path) -> None:
    path = folder / f"{name}.csv"
    source, columns, row = path.read_text("utf-8").splitlines()[:3]
    for text, says in (
        ("", "the first line must state the source"),
        (f"{columns}\n{row}\n", "the first line must state the source"),
        (f"{source}\n{columns}\n", "the table holds no row"),
        (f"{source}\nx{columns}\n{row}\n", "the column is missing"),
        (f"{source}\n{columns}\n{row},,,,,,,,,,,,,,\n", "more cells than columns"),
        (f'{source}\n{columns}\n"{row}\n', "line"),
    ):
        path.write_text(text, "utf-8")
        assert refusal(folder).startswith(f"tables/{name}.csv: ")
        assert says in refusal(folder)
    path.write_bytes(b"# \xff\xfe")
    assert refusal(folder) == f"tables/{name}.csv: cannot be read: UnicodeDecodeError"


@pytest.mark.parametrize(
    ("name", "old", "new", "says"),
    [
        ("elements", "\n00001000,", "\nzzzz1000,", "line 3: invalid literal"),
        ("elements", ",medium,", ",dire,", "'dire' is no band"),
        ("dummies", ",iexact_set,", ",soundex,", "D001: 'soundex' is no way to compare"),
        ("dummies", r"^([xX*?#.\-_0 ])\1*$", "(", "missing )"),
        (
            "private_safe",
            "Philips PET Private Group,7053",
            "Philips PET Private Group,7052",
            "even",
        ),
        ("private_safe", "Group,7053,00", "Group,7053,zz", "line 3: invalid literal"),
    ],
)
def test_a_broken_row_is_named(name: str, old: str, new: str, says: str, folder: Path) -> None:
    message = edited(folder, name, old, new)
    assert message.startswith(f"tables/{name}.csv: line ")
    assert says in message


@given(name=st.sampled_from(FILES), raw=st.binary(max_size=300))
def test_any_bytes_are_a_table_or_refused(
    name: str, raw: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("tables")
    for other in FILES:
        (folder / f"{other}.csv").symlink_to(str(shipped.rules() / "tables" / f"{other}.csv"))
    (folder / f"{name}.csv").unlink()
    (folder / f"{name}.csv").write_bytes(raw)
    try:
        assert isinstance(tables.load(folder), Tables)
    except RuleError as error:
        assert str(error).startswith(f"tables/{name}.csv: ")  # noqa: PT017 - either is right


def test_a_concept_is_looked_up_with_the_vr_of_its_value() -> None:
    name = SHIPPED.content_item("121029 DCM", "PN")
    assert name is not None
    assert (name.name, name.row_class, name.table) == (
        "Subject Name",
        "direct-identifier",
        "E.3.4-1",
    )
    assert SHIPPED.content_item("121029 DCM", "DA") is None
    assert SHIPPED.content_item("121030 DCM", "LO") is SHIPPED.content_item("121030 DCM", "UT")
    assert SHIPPED.content_item("999999 DCM", "PN") is None
    comment = SHIPPED.content_item("121106 DCM", "UT")
    assert comment is not None
    assert comment.permitted == {"113104", "113105"}


def test_a_value_type_that_is_none_is_refused(folder: Path) -> None:
    assert "'NAME' is no value type" in edited(folder, "content_items", ",PNAME,", ",NAME,")


def test_the_kind_of_an_object_tells_what_its_pixels_risk() -> None:
    ultrasound = SHIPPED.pixel_risk("1.2.840.10008.5.1.4.1.1.6.1", "")
    assert ultrasound is not None
    assert (ultrasound.id, ultrasound.severity) == ("B01", Band.HIGH)
    assert SHIPPED.pixel_risk("", "US") == ultrasound
    assert SHIPPED.pixel_risk("1.2.840.10008.5.1.4.1.1.2", "CT") is None
    head = SHIPPED.head_volumes["1.2.840.10008.5.1.4.1.1.2"]
    assert head.modalities == {"CT"}
    assert head.risks == {"face_reconstruction"}
