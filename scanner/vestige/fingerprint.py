"""Fingerprints: by what a finding is known again in another scan of the same volume.

A fingerprint is of the rule, the place and the keyed digest of the value: it holds no text of a
volume, and is the same from scan to scan as long as the key is. In names the digest is of what the
name says, of a family of its template and the way to its directory; in content a place has no
digest, and all values at one place are one finding.
"""

import hashlib

from vestige.model import Finding

_BYTES = 16


def fingerprint(finding: Finding) -> str:
    """The fingerprint of a finding, 32 hexadecimal digits."""
    parts = (finding.claim.rule, finding.where.value, finding.place, finding.digest)
    told = b"\0".join(part.encode("utf-8", "surrogatepass") for part in parts)
    return hashlib.blake2b(told, digest_size=_BYTES, person=b"vestige finding").hexdigest()
