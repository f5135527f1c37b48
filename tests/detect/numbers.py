"""Numbers of persons that nobody has, but that could have been issued: made by chance, seeded."""

import random
import re
from collections.abc import Iterator
from datetime import date, timedelta
from re import _constants as ops  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

from tests.detect.objects import CATALOG
from vestige.catalog import Identifier
from vestige.detect.check_digits import passes

KNOWN = CATALOG.tables.identifiers
BY_KEY = {kind.key: kind for kind in KNOWN.kinds}

BIRTHS = {
    "at_svnr": (4, "%d%m%y"),
    "be_nn": (0, "%y%m%d"),
    "bg_egn": (0, "%y%m%d"),
    "cn_ric": (6, "%Y%m%d"),
    "cz_rc": (0, "%y%m%d"),
    "sk_rc": (0, "%y%m%d"),
    "de_rvnr": (2, "%d%m%y"),
    "dk_cpr": (0, "%d%m%y"),
    "ee_ik": (1, "%y%m%d"),
    "es_cip_cat": (5, "%y%m%d"),
    "fi_hetu": (0, "%d%m%y"),
    "gb_chi": (0, "%d%m%y"),
    "gr_amka": (0, "%d%m%y"),
    "id_nik": (6, "%d%m%y"),
    "is_kt": (0, "%d%m%y"),
    "kr_rrn": (0, "%y%m%d"),
    "lt_ak": (1, "%y%m%d"),
    "lu_mat": (0, "%Y%m%d"),
    "lv_pk": (0, "%d%m%y"),
    "mx_curp": (4, "%y%m%d"),
    "my_nric": (0, "%y%m%d"),
    "no_fnr": (0, "%d%m%y"),
    "pl_pesel": (0, "%y%m%d"),
    "ro_cnp": (1, "%y%m%d"),
    "si_emso": (0, "%d%m"),
    "yu_jmbg": (0, "%d%m"),
    "ca_qc_ramq": (4, "%y%m%d"),
    "za_id": (0, "%y%m%d"),
}
"""Where a birth date stands in a number, and how."""

BEGINNINGS = {
    "cn_ric": "110105",
    "id_nik": "320324",
    "iban": "DE",
    "mrz": "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
}
"""What a register lists, and chance would hardly meet."""

IBAN = 22
"""Characters of a German account number."""


def number(kind: Identifier, chance: random.Random) -> str:
    """A number of this kind that passes its check, without marks and in capitals."""
    for _ in range(400_000):
        made = _sampled(kind, chance)
        if passes(kind.check, made):
            return made
    raise AssertionError(kind.key)


def _sampled(kind: Identifier, chance: random.Random) -> str:
    if kind.key == "mrz":
        return BEGINNINGS["mrz"]
    if kind.key == "iban":
        rest = "".join(chance.choice("0123456789") for _ in range(18))
        return f"DE{98 - int(rest + '131400') % 97:02}{rest}"
    made = sample(kind.compact, chance).upper()
    start, layout = BIRTHS.get(kind.key, (0, ""))
    born = date(1935, 1, 1) + timedelta(days=chance.randrange(23_000))
    written = born.strftime(layout) if layout else ""
    made = made[:start] + written + made[start + len(written) :]
    beginning = BEGINNINGS.get(kind.key, "")
    return beginning + made[len(beginning) :]


def formed(kind: Identifier, compact: str, chance: random.Random) -> Iterator[str]:
    """The number with the marks of each way of writing that has some."""
    for one in kind.forms:
        skeleton = sample(re.sub(r"\(\?<?!.*?\)(?=[(\[\\(]|$)", "", _inner(one.expression)), chance)
        letters = iter(compact)
        if sum(c.isalnum() for c in skeleton) == len(compact) and not skeleton.isalnum():
            yield "".join(next(letters) if c.isalnum() else c for c in skeleton)


def _inner(expression: str) -> str:
    """The expression of a form without its boundaries."""
    found = re.search(r"\(\?:(.*)\)\(\?!\[\^", expression)
    assert found is not None
    return found[1]


def sample(expression: str, chance: random.Random) -> str:
    """A text that a simple expression takes."""
    return "".join(_pieces(parser.parse(expression), chance))


def _pieces(tree: Any, chance: random.Random) -> Iterator[str]:  # noqa: ANN401 - a tree of the library's own
    for op, value in tree:
        if op is ops.LITERAL:
            yield chr(value)
        elif op is ops.IN:
            yield chance.choice(_members(value))
        elif op is ops.BRANCH:
            yield from _pieces(chance.choice(value[1]), chance)
        elif op is ops.SUBPATTERN:
            yield from _pieces(value[3], chance)
        elif op is ops.MAX_REPEAT:
            for _ in range(chance.randint(value[0], value[1])):
                yield from _pieces(value[2], chance)
        else:
            raise AssertionError(op)


def _members(items: Any) -> str:  # noqa: ANN401
    found = ""
    for op, value in items:
        if op is ops.LITERAL:
            found += chr(value)
        elif op is ops.RANGE:
            found += "".join(map(chr, range(value[0], value[1] + 1)))
        else:
            assert value is ops.CATEGORY_DIGIT
            found += "0123456789"
    return found
