"""Fingerprints: the same finding is known again, another is not."""

from dataclasses import replace

import pytest

from vestige.fingerprint import fingerprint
from vestige.model import Band, Claim, Finding, Where

CLAIM = Claim("names/surname", "A surname", Band.HIGH, 0.9, "direct", ("GDPR Art. 4(1)",))
FINDING = Finding(7, CLAIM, Where.PATH, "name", "M****", "ab" * 16, "two words")


def test_a_finding_is_known_again_whatever_its_number_and_its_words() -> None:
    title = replace(CLAIM, title="A surname, and 3 more", severity=Band.LOW, certainty=0.5)
    other = replace(FINDING, id=9, claim=title, masked="S****", explanation="")
    assert fingerprint(FINDING) == fingerprint(other)
    assert len(fingerprint(FINDING)) == 32
    assert int(fingerprint(FINDING), 16)


@pytest.mark.parametrize(
    "other",
    [
        replace(FINDING, claim=replace(CLAIM, rule="names/other")),
        replace(FINDING, where=Where.GHOST),
        replace(FINDING, place="(0010,0010)"),
        replace(FINDING, digest="cd" * 16),
        replace(FINDING, place="name\0x", digest=""),
    ],
)
def test_another_finding_has_another_fingerprint(other: Finding) -> None:
    assert fingerprint(FINDING) != fingerprint(other)
