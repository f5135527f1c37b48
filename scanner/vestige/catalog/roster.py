"""A site's own list of people, as keyed digests: no name is in it, and without the key no use.

The file is one line of JSON behind a mark, then for each form its digests of eight bytes, in order.
"""

import hashlib
import json
import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from vestige.identity import Form, Mark
from vestige.model import UsageError

_MAGIC = b"# Vestige roster 1 "
_HEAD = 4_096
_WIDTH = 8
_CHECKED = b"vestige roster"


@dataclass(frozen=True, slots=True, eq=False)
class Roster:
    """The marks of so many people; `near` tells whether words at one edit count as well."""

    people: int
    near: bool
    digests: Mapping[Form, "array[int]"] = field(repr=False)

    def __contains__(self, mark: Mark) -> bool:
        found = self.digests.get(mark.form)
        if found is None:
            return False
        wanted = int.from_bytes(mark.digest, "big")
        place = bisect_left(found, wanted)
        return place < len(found) and found[place] == wanted

    def __len__(self) -> int:
        return sum(map(len, self.digests.values()))

    @property
    def digest(self) -> str:
        """What tells this roster from others, for a scan that is resumed."""
        found = hashlib.blake2b(digest_size=_WIDTH)
        for form, digests in self.digests.items():
            found.update(form.name.encode() + digests.tobytes())
        return found.hexdigest()

    def marks(self) -> Iterator[Mark]:
        """All marks, by form and digest."""
        for form, found in self.digests.items():
            for digest in found:
                yield Mark(form, digest.to_bytes(_WIDTH, "big"))


def collected(people: Iterable[Iterable[Mark]], *, near: bool) -> Roster:
    """The roster of people, each given by their marks; whose a mark was is lost."""
    found: dict[Form, set[int]] = {form: set() for form in Form}
    count = 0
    for marks in people:
        count += 1
        for mark in marks:
            found[mark.form].add(int.from_bytes(mark.digest, "big"))
    digests = {form: array("Q", sorted(kept)) for form, kept in found.items() if kept}
    return Roster(count, near, digests)


def packed(roster: Roster, key: bytes) -> bytes:
    """The file of a roster that was made under `key`."""
    about = {
        "people": roster.people,
        "near": roster.near,
        "key": _check(key),
        "forms": {form.name: len(found) for form, found in roster.digests.items()},
    }
    line = _MAGIC + json.dumps(about, sort_keys=True).encode() + b"\n"
    return line + b"".join(_swapped(roster.digests[Form[name]]) for name in sorted(_names(about)))


def is_roster(raw: bytes) -> bool:
    """Whether the bytes of a file claim to be a roster."""
    return raw.startswith(_MAGIC)


def parsed(raw: bytes, key: bytes) -> Roster:
    """The roster of the bytes of a file.

    UsageError if it is none, is damaged, or was made under another key.
    """
    line, _, body = raw.partition(b"\n")
    if not is_roster(line) or len(line) > _HEAD:
        raise UsageError("that is no roster; make one from a list of people: vestige roster")
    try:
        about = json.loads(line[len(_MAGIC) :])
        if about["key"] != _check(key):
            raise UsageError(
                "the roster was made under another key: give both commands the same --key"
            )
        return Roster(int(about["people"]), bool(about["near"]), _digests(_names(about), body))
    except (ValueError, KeyError, TypeError, AttributeError):
        raise UsageError("the roster is damaged; make it again: vestige roster") from None


def _names(about: Mapping[str, object]) -> dict[str, int]:
    forms = about["forms"]
    if not isinstance(forms, dict):
        raise TypeError("forms")
    return {str(name): int(count) for name, count in forms.items()}


def _digests(counts: Mapping[str, int], body: bytes) -> dict[Form, "array[int]"]:
    if sum(counts.values()) * _WIDTH != len(body) or min(counts.values(), default=0) < 0:
        raise ValueError("length")
    found: dict[Form, array[int]] = {}
    start = 0
    for name in sorted(counts):
        end = start + counts[name] * _WIDTH
        one = array("Q")
        one.frombytes(body[start:end])
        found[Form[name]] = array("Q", _swapped(one)) if sys.byteorder == "little" else one
        start = end
    return found


def _swapped(digests: "array[int]") -> bytes:
    """The digests with the greatest byte first, or from there, on any machine."""
    turned = array("Q", digests)
    if sys.byteorder == "little":
        turned.byteswap()
    return turned.tobytes()


def _check(key: bytes) -> str:
    """What tells one key from another, and nothing of it."""
    return hashlib.blake2b(_CHECKED, key=key[:64], digest_size=_WIDTH).hexdigest()
