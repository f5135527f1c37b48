"""What the examples of the rules do not show: borders of the checks."""

from collections.abc import Mapping

import pytest

from tests.detect.objects import CATALOG
from vestige import catalog
from vestige.detect import claims
from vestige.detect.claims import Stated
from vestige.detect.elements import ElementRules
from vestige.run import examples

ELEMENTS = ElementRules(CATALOG, catalog.policy("gdpr"))


def stated(values: Mapping[str, str]) -> Stated:
    return Stated(*examples.stated(values, ELEMENTS), CATALOG.tables)


@pytest.mark.parametrize("value", ["", "NO", "MAYBE"])
def test_only_a_yes_claims_removal(value: str) -> None:
    assert not stated({"(0012,0062)": value}).claims_removal
    assert stated({"(0012,0062)": value, "(0012,0064)": "113100"}).claims_removal


@pytest.mark.parametrize(
    ("born", "studied", "age", "place"),
    [
        ("19610203", "20190317", "058Y", ""),
        ("19610203", "20190317", "057Y", ""),
        ("19610203", "20190317", "056Y", "(0010,1010)"),
        ("19610203", "20190317", "060Y", "(0010,1010)"),
        ("20190217", "20190317", "028D", ""),
        ("20180217", "20190317", "013M", ""),
        ("20150217", "20190317", "013M", "(0010,1010)"),
        ("19000101", "20190317", "013M", ""),
        ("", "20190317", "013M", ""),
        ("19610203", "20190317", "old", ""),
    ],
)
def test_an_age_is_the_time_lived(born: str, studied: str, age: str, place: str) -> None:
    values = {"(0010,0030)": born, "(0008,0020)": studied, "(0010,1010)": age}
    assert claims.age_and_birth_disagree(stated(values)) == place


@pytest.mark.parametrize(
    ("trial", "number", "name", "place"),
    [
        ("SITE3-017", "00482913", "CASE", "(0012,0040)"),
        ("SITE3-017", "SITE3-017", "CASE", ""),
        ("017", "SITE3-017", "CASE", ""),
        ("SITE3-017", "00482913", "SITE3-017", ""),
        ("SITE3-017", "SUB-A", "CASE", ""),
        ("SITE3-017", "", "CASE", ""),
        ("", "00482913", "CASE", ""),
    ],
)
def test_numbers_of_one_subject_agree(trial: str, number: str, name: str, place: str) -> None:
    values = {"(0012,0040)": trial, "(0010,0020)": number, "(0010,0010)": name}
    assert claims.subjects_disagree(stated(values)) == place


@pytest.mark.parametrize(
    ("method", "named"),
    [
        ("Basic Application Confidentiality Profile", False),
        ("PS3.15 2026d, retain safe private", False),
        ("dicomtool 2.1.0", False),
        ("by jobs@imaging.example.org", True),
        ("run on 10.20.30.40", True),
        ("run on pacs01.radiologie.intern", True),
    ],
)
def test_a_method_names_no_host(method: str, named: bool) -> None:  # noqa: FBT001
    place = claims.method_names_somebody(stated({"(0012,0063)": method}))
    assert place == ("(0012,0063)" if named else "")


def test_dates_that_an_option_permits_were_still_not_removed() -> None:
    values = {"(0012,0064)": "113100\\113107", "(0008,0020)": "20190317", "(0028,0303)": "REMOVED"}
    assert claims.dates_removed_but_present(stated(values)) == "(0008,0020)"
    dummy = {**values, "(0008,0020)": "19000101"}
    assert claims.dates_removed_but_present(stated(dummy)) == ""


@pytest.mark.parametrize("creator", ["CTP", "RSNA DICOM ANONYMIZER", "DEIDTOOL"])
def test_the_block_of_a_de_identifier_is_its_own(creator: str) -> None:
    values = {"(0012,0062)": "YES", f"(0099,xx10) {creator}": "value"}
    assert claims.private_unsafe(stated(values)) == ""
    assert claims.private_unnamed(stated(values)) == ""
