import pytest

from tests.detect.objects import CATALOG
from vestige import catalog
from vestige.detect.elements import ElementRules
from vestige.model import Band
from vestige.run import examples
from vestige.statement import Tag

POLICY = catalog.policy("gdpr")
ELEMENTS = ElementRules(CATALOG, POLICY)


def test_a_table_of_values_is_an_object() -> None:
    about, said = examples.stated(
        {
            "(0010,0010)": "QUINTERO^MARIA",
            "(0012,0064)": "113100\\113105",
            "(0029,xx10) SIEMENS CSA HEADER": "value",
            "(0400,0561)[0]/(0400,0550)[0]/(0010,0020)": "00482913",
            "(0008,0300)": "0029 SIEMENS CSA HEADER",
            "(0002,0003)": "2.25.1",
            "(0008,0018)": "2.25.2",
        },
        ELEMENTS,
    )
    assert about.text(Tag.PATIENT_NAME) == "QUINTERO^MARIA"
    assert about.value(Tag.PATIENT_ID) is None
    assert about.codes == {"113100", "113105"}
    assert about.creators == {"SIEMENS CSA HEADER"}
    assert about.safe == {(0x0029, "SIEMENS CSA HEADER")}
    assert 0x04000561 in about.holds
    assert not about.same_instance
    pointers = [one.pointer for one in said]
    assert "(0010,0010)" in pointers
    assert "(0400,0561)[*]/(0400,0550)[*]/(0010,0020)" in pointers


@pytest.mark.parametrize("place", ["name", "0010,0010", "(0010,0010", "(0010,001G)"])
def test_what_is_no_place_is_an_error(place: str) -> None:
    with pytest.raises(ValueError, match="is no place"):
        examples.stated({place: "x"}, ELEMENTS)


def test_equal_files_of_a_volume_are_one_series() -> None:
    volume, paths = examples.volume(
        [
            {"path": "out_anon/1.dcm", "(0010,0010)": "QUINTERO^MARIA"},
            {"path": "out_anon/2.dcm", "(0010,0010)": "QUINTERO^MARIA"},
            {"path": "other/3.dcm", "(0010,0010)": "ANON"},
        ],
        CATALOG,
        POLICY,
    )
    assert [(one.files, one.is_called_clean) for one in volume] == [(2, True), (1, False)]
    assert [one.worst for one in volume] == [Band.CRITICAL, Band.INFO]
    assert paths == {1: ["out_anon/1.dcm", "out_anon/2.dcm"], 2: ["other/3.dcm"]}
