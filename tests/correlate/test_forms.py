"""Forms: a digest is known in each way of writing it, whole or cut; nothing else is."""

import hashlib
import uuid
from base64 import b32encode, b64encode, urlsafe_b64encode

import pytest
from pydicom.uid import generate_uid

from vestige.correlate.forms import ALGORITHMS, NAMED_UUIDS, leads

RAW = b"4711"
PLAIN = sorted(ALGORITHMS.keys() - NAMED_UUIDS.keys())
LONG = [name for name in PLAIN if name != "CRC-32"]


def known(text: str, raw: bytes = RAW) -> set[tuple[str, str]]:
    """The algorithms and forms by which a text is the digest of this."""
    found = set()
    for lead in leads(0, text):
        digest = ALGORITHMS[lead.algorithm].digest(raw)
        if lead.matches(digest):
            assert digest[:4] in lead.heads, lead.form
            found.add((lead.algorithm, lead.form))
    return found


@pytest.mark.parametrize("name", PLAIN)
def test_sizes_are_true_and_whole_digests_are_known_in_either_case(name: str) -> None:
    digest = ALGORITHMS[name].digest(RAW)
    assert len(digest) == ALGORITHMS[name].size
    for text in (digest.hex(), digest.hex().upper()):
        assert (name, "hexadecimal, whole") in known(text)
        assert known(text, b"4712") == set()


def test_digests_are_those_of_hashlib() -> None:
    for name, ours in (("md5", "MD5"), ("sha1", "SHA-1"), ("sha256", "SHA-256")):
        made = hashlib.new(name, RAW, usedforsecurity=False).digest()
        assert ALGORITHMS[ours].digest(RAW) == made


@pytest.mark.parametrize("name", LONG)
@pytest.mark.parametrize("length", [8, 10, 12, 16, 20, 24, 32])
def test_cut_digests_are_known(name: str, length: int) -> None:
    text = ALGORITHMS[name].digest(RAW).hex()[:length]
    whole = length == 2 * ALGORITHMS[name].size
    form = "hexadecimal, whole" if whole else f"hexadecimal, the first {length} characters"
    assert (name, form) in known(text)


@pytest.mark.parametrize("name", LONG)
def test_base32_and_base64_with_and_without_padding(name: str) -> None:
    digest = ALGORITHMS[name].digest(RAW)
    for encode, form in (
        (b64encode, "base64"),
        (urlsafe_b64encode, "base64"),
        (b32encode, "base32"),
    ):
        text = encode(digest).decode()
        assert (name, f"{form}, whole") in known(text)
        assert (name, f"{form}, whole") in known(text.rstrip("="))
    assert (name, "base32, the first 24 characters") in known(b32encode(digest).decode()[:24])


def test_long_base64_may_be_without_a_digit() -> None:
    texts = (b64encode(hashlib.sha256(b"%d" % number).digest()).decode() for number in range(9999))
    raw, text = next(
        (b"%d" % number, text)
        for number, text in enumerate(texts)
        if not any(map(str.isdigit, text))
    )
    assert ("SHA-256", "base64, whole") in known(text, raw)


@pytest.mark.parametrize("name", ["MD5", "SHA-1", "SHA-256", "SHA-512"])
def test_decimals_whole_and_cut(name: str) -> None:
    for raw in (b"%d" % number for number in range(40)):
        text = str(int.from_bytes(ALGORITHMS[name].digest(raw), "big"))
        assert (name, "decimal, whole") in known(text, raw)
        for length in (10, 16, 24):
            found = known(text[:length], raw)
            assert (name, f"decimal, the first {length} characters") in found


def test_uids_of_pydicom_and_of_ctp() -> None:
    for prefix in ("1.2.826.0.1.3680043.8.498.", "1.2.3."):
        uid = generate_uid(prefix, entropy_srcs=["4711"])
        assert known(uid) == {("SHA-512", "decimal, in a UID")}
        assert {one.known_as for one in leads(0, uid) if one.algorithm == "SHA-512"} == {
            "as generate_uid of pydicom does it"
        }
    number = int(hashlib.md5(RAW, usedforsecurity=False).hexdigest(), 16)
    assert known(f"1.2.840.99999.{number}"[:64]) == {("MD5", "decimal, in a UID")}


def test_resources_of_orthanc() -> None:
    digest = hashlib.sha1(RAW, usedforsecurity=False).hexdigest()
    text = "-".join(digest[start : start + 8] for start in range(0, 40, 8))
    assert known(text) == {("SHA-1", "hexadecimal, whole")}


def test_uuids_made_from_names() -> None:
    by_name = uuid.uuid5(uuid.NAMESPACE_DNS, "4711")
    name = "UUID of version 5 in the namespace DNS"
    assert known(str(by_name)) == {(name, "as a UUID")}
    assert known(f"2.25.{by_name.int}") == {(name, "decimal, in a UID below 2.25")}
    digest = hashlib.sha256(RAW).digest()[:16]
    assert ("SHA-256", "as a UUID") in known(str(uuid.UUID(bytes=digest)))
    assert ("SHA-256", "decimal, in a UID below 2.25") in known(
        f"2.25.{uuid.UUID(bytes=digest).int}"
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "S-017",
        "Zebrinsky^Anna",
        "1234567",
        "ZEBRINSKYANNA",
        "CHESTXRAYPA",
        "3f2a41c09",
        str(uuid.UUID(int=123456789 << 64, version=4)),
        f"2.25.{uuid.UUID(int=123456789 << 64, version=4).int}",
        "1.2.840.113619.2.55.3.604688119.971.1234567890.123",
        "1.3.12.2.1107.5.2.30.25245.30000005061512170359000000",
        "1.2.826.0.1.3680043.8.498.0",
    ],
)
def test_what_does_not_look_like_a_digest_gives_no_lead(text: str) -> None:
    assert list(leads(0, text)) == []


def test_record_numbers_are_ordinary() -> None:
    assert all(lead.ordinary for lead in leads(0, "1234567890"))
    assert not any(lead.ordinary for lead in leads(0, hashlib.sha256(RAW).hexdigest()))


@pytest.mark.parametrize("text", ["1234567890", "9999999999999999", "deadbeef", "4294967295"])
def test_shares_are_those_of_the_heads(text: str) -> None:
    for lead in leads(0, text):
        assert 0 < lead.share <= len(lead.heads) / 2**32


@pytest.mark.parametrize("name", ALGORITHMS)
def test_many_digests_begin_as_each_does(name: str) -> None:
    texts = [b"", b"0", b"MUSTERMANN^ERIKA", bytes(range(256))]
    algorithm = ALGORITHMS[name]
    assert algorithm.heads(texts) == [algorithm.digest(text)[:4] for text in texts]
    assert {len(algorithm.digest(text)) for text in texts} == {algorithm.size}
