"""Recall of keys: what tables of held-out people, in every form, undo of the codes of a volume.

    python benchmarks/keys.py [--seed 1] [--locale fi_FI ...] [--subjects 200]

writes tables of synthetic people to codes of six kinds, in all forms of `planting/sheet.py`, with
and without headings, four fifths of the codes standing on the volume, and counts those tables of
which columns, and at least nine tenths of the links, are told without doubt. No value is printed.
"""

import argparse
import hashlib
import random
import sys
import uuid
from collections import Counter
from collections.abc import Iterator
from itertools import product
from pathlib import Path

from faker import Faker

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.identities import HELD_OUT
from vestige import lexicon, shipped
from vestige.correlate.codes import codes_in, plain
from vestige.correlate.key_columns import columns
from vestige.correlate.keys import Key, key
from vestige.planting.sheet import FORMS, written
from vestige.read.beside.kinds import kind_of
from vestige.read.beside.parts import Bounds, Held, Inner, Listed, Readable
from vestige.read.mapping import clipped

LEXICON = lexicon.load(shipped.rules() / "lexicons")
CODES = ("sub", "anon", "uuid", "hash", "digits", "number")
SIDES = ("names", "caret", "comma", "mrn", "birth", "uid")
HEADLESS = frozenset(
    {"lines", "words", "arrows", "properties", "moves", "python", "r"}
    | {"json-pairs", "yaml", "pickled-pairs"}
)
"""Forms that pair two texts, and have no headings."""

HEADED = frozenset(
    {"xml", "json-records", "json-by-code", "json-lines", "sqlite", "pickle", "vectors"}
)
LENGTHS = frozenset(range(1, 60))
ENOUGH = 0.9


def codes(kind: str, count: int, chance: random.Random) -> list[str]:
    """So many codes of a kind."""
    if kind == "sub":
        return [f"sub-{number:03}" for number in range(1, count + 1)]
    if kind == "anon":
        return [f"ANON_{number:04}" for number in chance.sample(range(10_000), count)]
    if kind == "digits":
        return [f"{number:04}" for number in chance.sample(range(10_000), count)]
    if kind == "number":
        return [str(number) for number in chance.sample(range(10**6, 10**7), count)]
    drawn = [chance.getrandbits(128) for _ in range(count)]
    if kind == "uuid":
        return [str(uuid.UUID(int=one, version=4)) for one in drawn]
    return [hashlib.sha256(str(one).encode()).hexdigest()[:16] for one in drawn]


def told(kind: str, fake: Faker, chance: random.Random) -> str:
    """What a table tells of one person."""
    surname, given = fake.last_name(), fake.first_name()
    day = (chance.randrange(1930, 2010), chance.randrange(1, 13), chance.randrange(1, 29))
    parts = ".".join(str(chance.randrange(10**6)) for _ in range(4))
    return {
        "names": f"{given} {surname}",
        "caret": f"{surname}^{given}",
        "comma": f"{surname}, {given}",
        "mrn": str(chance.randrange(10**7, 10**8)),
        "birth": "{}-{:02}-{:02}".format(*day),
        "uid": f"1.2.840.113619.2.{parts}",
    }[kind]


HEADINGS = {"mrn": "MRN", "birth": "birth date", "uid": "original_uid"}


def tables(readable: Readable, bounds: Bounds) -> Iterator[Listed]:
    """The tables in a file, and in the files inside it."""
    kind = kind_of(readable)
    for part in kind.read(readable, bounds) if kind else ():
        if isinstance(part, Listed):
            yield part
        elif isinstance(part, Inner):
            yield from tables(part.content, bounds)


def undone(data: bytes, there: set[str]) -> Key | None:
    """What a file undoes of the codes that are there."""
    best: Key | None = None
    for table in tables(Held(data), Bounds(len(data))):
        found = columns(clipped(table.rows), LEXICON)
        hits = {one.number: sum(plain(code) in there for code in one.codes) for one in found}
        now = key(found, hits)
        if now is not None and now.linked and (best is None or now.linked > best.linked):
            best = now
    return best


def main() -> None:
    """Write, read, count, print."""
    options = _options()
    missed, tried = Counter[str](), Counter[str]()
    for locale in options.locale:
        fake, chance = Faker(locale), random.Random(f"{options.seed} {locale}")  # noqa: S311
        fake.seed_instance(options.seed)
        for form, code, side, headed in product(FORMS, CODES, SIDES, (False, True)):
            if form not in (HEADLESS if headed else HEADED):
                hidden = codes(code, options.subjects, chance)
                people = [told(side, fake, chance) for _ in hidden]
                good = is_found(form, headed, dict(zip(people, hidden, strict=True)), side)
                for what in ("all", f"form {form}", f"code {code}", f"side {side}", locale):
                    tried[what] += 1
                    missed[what] += not good
    for what, count in tried.items():
        if missed[what] or what == "all":
            print(f"{what}: {count - missed[what]} of {count}")


def is_found(form: str, headed: bool, people: dict[str, str], side: str) -> bool:  # noqa: FBT001
    """Whether a table in a form undoes the codes of which four fifths are on the volume."""
    rows = list(people.items())
    heads = (HEADINGS.get(side, "patient name"), "code") if headed else ()
    there = rows[: len(rows) * 4 // 5]
    volume = {each for _, one in there for each in codes_in(one, LENGTHS, folder=True)}
    found = undone(written(form, heads, rows), volume)
    return found is not None and found.sure and found.linked >= ENOUGH * len(there)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--seed", type=int, default=1)
    of_faker = [locale for locale in HELD_OUT if "_" in locale]
    parser.add_argument("--locale", nargs="+", default=of_faker, help="of Faker, as fi_FI")
    parser.add_argument("--subjects", type=int, default=200)
    return parser.parse_args()


if __name__ == "__main__":
    main()
