from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.detect.objects import CATALOG
from vestige import catalog
from vestige.catalog import Action, AttributeList, Policy
from vestige.detect.residuals import Residuals, at_least, basis
from vestige.model import Band, Claim, Declaration, Place, Where

CLAIM = Claim("s/r", "T", Band.HIGH, 0.9, "quasi", ("B",))
STUDY_DATE = Place(Where.HEADER, "(0008,0020)", 0x00080020, "DA")
BIRTH_DATE = Place(Where.HEADER, "(0010,0030)", 0x00100030, "DA")
DATE_TIME = Place(Where.HEADER, "(0008,002A)", 0x0008002A, "DT")
NUMBER = Place(Where.HEADER, "(0008,0050)", 0x00080050, "SH")


def listing(place: Place, action: Action) -> Policy:
    """A policy of which a list says what may stand at the place."""
    return replace(catalog.policy("gdpr"), allows=AttributeList({place.tag: action}, {}))


def left(policy: Policy, place: Place, value: str) -> Band | None:
    found = Residuals(policy).left(CLAIM, place, value)
    return None if found is None else found.severity


@pytest.mark.parametrize(
    ("value", "gdpr", "hipaa", "month", "year"),
    [
        ("2019", Band.LOW, None, Band.LOW, None),
        ("20190101", Band.LOW, Band.INFO, None, Band.INFO),
        ("20190301", Band.HIGH, Band.HIGH, None, Band.HIGH),
        ("201903", Band.HIGH, Band.HIGH, None, Band.HIGH),
        ("20190302", Band.HIGH, Band.HIGH, Band.HIGH, Band.HIGH),
        ("20190101-20190301", Band.HIGH, Band.HIGH, Band.HIGH, Band.HIGH),
        ("Quintero", Band.HIGH, Band.HIGH, Band.HIGH, Band.HIGH),
    ],
)
def test_what_may_be_left_of_a_date(
    value: str, gdpr: Band, hipaa: Band | None, month: Band | None, year: Band | None
) -> None:
    assert left(catalog.policy("gdpr"), STUDY_DATE, value) is gdpr
    assert left(catalog.policy("hipaa"), STUDY_DATE, value) is hipaa
    assert left(listing(STUDY_DATE, Action.MONTH), STUDY_DATE, value) is month
    assert left(listing(STUDY_DATE, Action.YEAR), STUDY_DATE, value) is year


@pytest.mark.parametrize(
    ("value", "stays"),
    [
        ("20190101", True),
        ("2019010100", True),
        ("20190101000000.000000+0100", True),
        ("2019010112", False),
        ("20190101000001", False),
        ("20190101000000.5", False),
    ],
)
def test_a_year_with_nothing_but_zeros_behind_it(value: str, stays: bool) -> None:  # noqa: FBT001
    found = left(catalog.policy("hipaa"), DATE_TIME, value)
    assert found is (Band.INFO if stays else Band.HIGH)


@pytest.mark.parametrize(
    ("value", "band"),
    [
        ("7745120031744903", None),
        ("d41d8cd98f00b204e9800998ecf8427e", None),
        ("774512003174490", Band.HIGH),
        ("d41d8cd98f00b204e9800998ecf8427", Band.HIGH),
        ("QUINTERO", Band.HIGH),
    ],
)
def test_a_list_may_permit_a_long_hash(value: str, band: Band | None) -> None:
    assert left(listing(NUMBER, Action.HASH), NUMBER, value) is band
    assert left(catalog.policy("gdpr"), NUMBER, value) is Band.HIGH


@pytest.mark.parametrize(
    ("born", "told"), [("1902", True), ("19021231", True), ("1903", False), ("19030101", False)]
)
def test_whoever_was_born_before_1903_was_ninety_in_every_image(born: str, told: bool) -> None:  # noqa: FBT001
    residuals = Residuals(catalog.policy("hipaa"))
    mild = replace(CLAIM, severity=Band.INFO)
    assert residuals.graver(mild, BIRTH_DATE, born).severity is (Band.MEDIUM if told else Band.INFO)
    assert residuals.graver(mild, STUDY_DATE, born) == mild
    assert Residuals(catalog.policy("gdpr")).graver(mild, BIRTH_DATE, born) == mild


PLACES = st.sampled_from([STUDY_DATE, BIRTH_DATE, DATE_TIME, NUMBER])
POLICIES = st.sampled_from(
    [
        *map(catalog.policy, catalog.policies()),
        *(listing(place, Action.HASH) for place in (NUMBER, STUDY_DATE)),
        *(listing(DATE_TIME, action) for action in (Action.MONTH, Action.YEAR)),
    ]
)
VALUES = st.from_regex(r"(19|20|1[0-8])?[0-9]{2}(01|0[1-9])?(01|[0-3][0-9])?(00)?", fullmatch=True)


@given(policy=POLICIES, place=PLACES, value=VALUES | st.text("0123456789abcdef.", max_size=36))
def test_where_nothing_is_doubted_the_claim_stands(
    policy: Policy, place: Place, value: str
) -> None:
    residuals = Residuals(policy)
    if not any(doubt(value) for doubt in residuals.doubts(place)):
        assert residuals.left(CLAIM, place, value) == CLAIM
        assert residuals.graver(CLAIM, place, value) == CLAIM


@pytest.mark.parametrize(
    ("codes", "dates", "policy", "honoured"),
    [
        ("113107", "", "gdpr", "113107"),
        ("113107", "UNMODIFIED", "gdpr", ""),
        ("113106 113107", "", "gdpr", ""),
        ("113106 113107", "", "dicom", "113106"),
        ("113107", "", "hipaa", ""),
        ("113108", "UNMODIFIED", "gdpr", "113108"),
    ],
)
def test_true_dates_are_not_shifted_whatever_code_is_claimed(
    codes: str, dates: str, policy: str, honoured: str
) -> None:
    declared = Declaration(frozenset(codes.split()), dates=dates)
    found = Residuals(catalog.policy(policy)).honoured(declared)
    assert found == frozenset(honoured.split())


def test_a_severity_is_raised_and_never_lowered() -> None:
    assert at_least(CLAIM, Band.CRITICAL).severity is Band.CRITICAL
    assert at_least(CLAIM, Band.LOW) == CLAIM


def test_every_attribute_of_the_profile_has_a_basis() -> None:
    for row in CATALOG.tables.attributes.values():
        found = basis(row)
        assert any(one.startswith("GDPR Art. ") for one in found)
        assert bool(row.action) == any(one.startswith("PS3.15 E.1-1: ") for one in found)
        assert bool(row.hipaa) == any(one.startswith("HIPAA Safe Harbor ") for one in found)
        assert row.in_aryanto50 == ("Aryanto 50" in found)
