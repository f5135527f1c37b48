import random
import uuid
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.detect.objects import CATALOG
from vestige.detect.claims import Stated
from vestige.detect.uids import CHECKS, day_in, network_card
from vestige.sensitive import Sensitive
from vestige.statement import Statement, Tag

TICKS_TO_1970 = 0x01B21DD213814000
PLAUSIBLE = st.dates(date(1990, 1, 1), date(2035, 12, 31)).map(lambda day: f"{day:%Y%m%d}")


def found(study: str, codes: str = "", **others: str) -> dict[str, str]:
    values: dict[int, Sensitive] = {
        Tag[name]: Sensitive(text) for name, text in others.items() if text
    }
    values[Tag.STUDY_INSTANCE_UID] = Sensitive(study)
    about = Statement(values=values, codes=frozenset(codes.split()))
    stated = Stated(about, (), CATALOG.tables)
    return {name: place for name, check in CHECKS.items() if (place := check(stated))}


def time_based(seconds: int, card: int) -> str:
    ticks = seconds * 10_000_000 + TICKS_TO_1970
    low, middle, high = ticks & 0xFFFFFFFF, ticks >> 32 & 0xFFFF, ticks >> 48
    number = low << 96 | middle << 80 | (0x1000 | high) << 64 | 0x9234 << 48 | card
    return f"2.25.{number}"


# --- days ----------------------------------------------------------------------------------------


@given(
    root=st.sampled_from(["1.2.840.113619.2.55", "1.2.3.4", "1.2.826.0.1.3680043.8.498"]),
    day=PLAUSIBLE,
    time=st.sampled_from(["", "101523", "235959123", "0000001234567890"]),
)
def test_a_day_is_found_as_an_arc_under_any_root(root: str, day: str, time: str) -> None:
    assert day_in(f"{root}.{day}{time}.4") == day
    assert day_in(f"{root}.7.{day}{time}") == day
    assert day_in(f"2.25.{day}{time}") == ""


@pytest.mark.parametrize(
    ("uid", "day"),
    [
        ("1.3.12.2.1107.5.2.43.66666.30000019031710152300000000042", "20190317"),
        ("1.3.12.2.1107.5.2.43.66666.2019031710152300042", "20190317"),
        ("1.3.46.670589.11.66666.5.0.8636.2014021410152312345", "20140214"),
        ("1.2.40.0.13.1.1.192.168.7.9.20080613101523456.2", "20080613"),
        ("1.2.3.20190230.1", ""),
        ("1.2.3.120190317.1", ""),
        ("1.2.3.2019031799.1", ""),
        ("1.2.3.20190317101523456789012345678", ""),
        ("1.2.3.18990317.1", ""),
    ],
)
def test_days_stand_in_uids_as_makers_write_them(uid: str, day: str) -> None:
    assert day_in(uid) == day


def test_under_the_root_of_a_maker_any_counter_may_follow_a_day() -> None:
    assert "time-inside" in found("1.3.12.2.1107.5.1.4.0.201903179999")
    assert found("1.2.3.4.201903179999") == {}


def test_retained_uids_may_hold_a_day_unless_dates_are_said_to_be_gone() -> None:
    uid = "1.2.3.20190317.1"
    assert found(uid) == {"time-inside": "(0020,000D)"}
    assert found(uid, "113100 113110") == {}
    assert found(uid, "113110 113107") == {"time-inside": "(0020,000D)"}
    kept = found(uid, "113110", LONGITUDINAL_TEMPORAL_INFORMATION_MODIFIED="REMOVED")
    assert kept == {"time-inside": "(0020,000D)"}


# --- machines ------------------------------------------------------------------------------------


@given(st.integers(4, 9).flatmap(lambda size: st.integers(10 ** (size - 1), 10**size - 1)))
def test_a_serial_number_is_found_as_an_arc_of_its_own(serial: int) -> None:
    nothing = len(set(str(serial))) == 1 or "123456789".startswith(str(serial))
    expected = {} if nothing else {"serial-inside": "(0020,000D)"}
    said = found(f"1.2.3.4.5.{serial}.6", DEVICE_SERIAL_NUMBER=f"MR{serial:010}")
    said.pop("time-inside", None)
    assert said == expected
    assert "serial-inside" not in found(f"1.2.3.7{serial}.6", DEVICE_SERIAL_NUMBER=str(serial))


def test_a_root_is_no_serial_number() -> None:
    assert found("1.2.840.113619.2.5.6", DEVICE_SERIAL_NUMBER="113619") == {}
    assert found("1.2.3.45.6", DEVICE_SERIAL_NUMBER="45") == {}


@pytest.mark.parametrize(
    "uid",
    [
        "1.3.12.2.1107.5.2.43.77123.4",
        "1.3.46.670589.11.77123.5.0.1",
        "1.2.392.200036.9116.4.2.77123.5",
    ],
)
def test_makers_write_serial_numbers_into_uids_though_their_element_is_empty(uid: str) -> None:
    assert found(uid) == {"serial-inside": "(0020,000D)"}
    assert found(uid.replace("77123", "99999")) == {}
    assert found(uid, "113110") == {}


@given(seconds=st.integers(820_454_400, 2_051_222_399), card=st.integers(0, (1 << 48) - 1))
def test_time_based_uuids_name_the_network_card(seconds: int, card: int) -> None:
    uid = time_based(seconds, card)
    expected = "" if card >> 40 & 1 else f"{card:012x}"
    assert network_card(uid) == expected
    assert ("address-inside" in found(uid)) is bool(expected)


def test_the_sample_of_the_standard_is_time_based() -> None:
    sample = uuid.UUID("f81d4fae-7dec-11d0-a765-00a0c91e6bf6")
    assert network_card(f"2.25.{sample.int}") == "00a0c91e6bf6"
    assert network_card(f"2.25.{1 << 129}") == ""


@pytest.mark.parametrize(
    ("arcs", "told"),
    [("10.1.2.3", True), ("172.22.2.90", True), ("192.168.0.7", True), ("172.40.2.90", False)],
)
def test_an_address_stands_before_the_time_of_dcm4che(arcs: str, *, told: bool) -> None:
    uid = f"1.2.40.0.13.1.1.{arcs}.99990613101523456.2"
    assert ("address-inside" in found(uid)) is told


def test_dcmtk_is_known_by_its_parts() -> None:
    uid = "1.2.276.0.7230010.3.1.2.8323329.5443.1552817723.801"
    assert found(uid) == {"made-by-dcmtk": "(0020,000D)"}
    assert found("1.2.276.0.7230010.3.1.2.8323329") == {}


# --- people --------------------------------------------------------------------------------------


def test_the_patients_own_day_and_number_are_found() -> None:
    here = {"patient-inside": "(0020,000D)"}
    assert found("1.2.3.4.7745129.1", PATIENT_ID="MRN-07745129") == here
    assert found("1.2.3.4.17745129.1", PATIENT_ID="7745129") == {}
    assert found("1.2.3.4.17745129551.1", PATIENT_ID="7745129551") == here
    assert found("1.2.3.4.45129.1", PATIENT_ID="45129") == {}
    assert found("1.2.3.4.19570823.1", PATIENT_BIRTH_DATE="19570823") == here
    assert found("1.2.3.4.19570101.1", PATIENT_BIRTH_DATE="19570101") == {}
    assert found("1.2.3.4.19000823.1", PATIENT_BIRTH_DATE="19000823") == {}


# --- chance --------------------------------------------------------------------------------------

CHANCE = random.Random(46)  # noqa: S311 - chance, not secrecy
RANDOM: dict[str, Callable[[], str]] = {
    "uuid4": lambda: f"2.25.{uuid.UUID(bytes=CHANCE.randbytes(16), version=4).int}",
    "pydicom": lambda: f"1.2.826.0.1.3680043.8.498.{CHANCE.getrandbits(124)}",
    "dicognito": lambda: f"2.1{CHANCE.getrandbits(128):039}",
    "archive": lambda: f"1.3.6.1.4.1.14519.5.2.1.2744.7002.{CHANCE.getrandbits(122)}",
    "gdcm": lambda: f"1.2.826.0.1.3680043.2.1143.{CHANCE.getrandbits(120)}",
}


@pytest.mark.parametrize("maker", RANDOM)
def test_nothing_is_found_in_random_uids(maker: str) -> None:
    patient = {
        "DEVICE_SERIAL_NUMBER": "77123",
        "PATIENT_ID": "MRN7745129",
        "PATIENT_BIRTH_DATE": "19570823",
    }
    for _ in range(2_000):
        uid = RANDOM[maker]()
        assert found(uid, **patient) == {}, uid
