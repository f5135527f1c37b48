import pytest
from hypothesis import given
from hypothesis import strategies as st

from vestige.detect.contacts import (
    hardware_address,
    host_address,
    international_number,
    labelled_number,
    office_mailbox,
    personal_mailbox,
    site_link,
    telling_link,
)

ALL = (hardware_address, host_address, international_number, labelled_number, office_mailbox,
       personal_mailbox, site_link, telling_link)  # fmt: skip


@pytest.mark.parametrize("value", ["m.quintero@klinik.test", "maria (at) klinik.test"])
def test_mailboxes_of_people(value: str) -> None:
    assert personal_mailbox(value)
    assert not office_mailbox(value)


@pytest.mark.parametrize(
    "value", ["info@klinik.test", "John.Doe@example.com", "service@siemens.com", "x@cs.nih.gov"]
)
def test_mailboxes_of_offices_makers_and_samples(value: str) -> None:
    assert office_mailbox(value)
    assert not personal_mailbox(value)


@pytest.mark.parametrize(
    "value",
    [
        "http://pacs.test/view?patientName=Quintero",
        "http://pacs.test/patients/00482915/studies",
        "ftp://mquintero@files.test/",
        "https://ris.test/#/patient/00482915",
        "http://h.test/?a=1&dob=19610203",
    ],
)
def test_links_that_tell_of_somebody(value: str) -> None:
    assert telling_link(value)
    assert not site_link(value)


@pytest.mark.parametrize("value", ["http://www.w3.org/1999/xhtml", "http://dicom.nema.org/a?b=1"])
def test_links_that_everybody_knows(value: str) -> None:
    assert not telling_link(value)
    assert not site_link(value)


def test_links_to_a_site() -> None:
    assert site_link("http://pacs.klinik.test/viewer")
    assert not site_link("http://pacs/viewer")
    assert not telling_link("http://[")
    assert not site_link("http://[")


@pytest.mark.parametrize("value", ["10.21.7.44", "192.168.17.20", "8.8.4.4", "fe80::1:2:3:4"])
def test_addresses_of_machines(value: str) -> None:
    assert host_address(value)


@pytest.mark.parametrize(
    "value",
    ["127.0.0.1", "0.0.0.0", "255.255.255.0", "224.0.0.1", "192.0.2.7", "203.0.113.9", "::1",  # noqa: S104
     "2001:db8::1:2:3", "1.2.3", "300.1.1.1", "ab::cd", "0.1.2.3"],
)  # fmt: skip
def test_addresses_of_none(value: str) -> None:
    assert not host_address(value)


@pytest.mark.parametrize(
    "value", ["+49 30 5550 1234", "+34600123456", "+1 (212) 555-0123", "+7 9031234567"]
)
def test_numbers_with_a_country(value: str) -> None:
    assert international_number(value)


@pytest.mark.parametrize("value", ["+999 1234567", "+49 12", "+0 1234567", "+1234567890123456"])
def test_numbers_of_no_country(value: str) -> None:
    assert not international_number(value)


def test_numbers_behind_a_label() -> None:
    assert labelled_number("91 555 12 34")
    assert not labelled_number("12345")
    assert not labelled_number("000000000")


def test_hardware_addresses() -> None:
    assert hardware_address("00:1b:44:11:3a:b7")
    assert not hardware_address("ff:ff:ff:ff:ff:ff")


@given(st.text(max_size=40))
def test_nothing_raises(value: str) -> None:
    for check in ALL:
        assert check(value) in (True, False)
