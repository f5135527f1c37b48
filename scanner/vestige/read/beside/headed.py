"""Headed: the place of a value under a heading or a key, with the attribute that it announces."""

from functools import lru_cache

from vestige.columns import Role, role
from vestige.model import Place
from vestige.read.beside.parts import beside
from vestige.read.dictionary import label
from vestige.read.labels import label_of

_NAME, _NUMBER, _BIRTH = 0x00100010, 0x00100020, 0x00100030
_OF_ROLE = {
    Role.FAMILY: _NAME,
    Role.GIVEN: _NAME,
    Role.FULL: _NAME,
    Role.NUMBER: _NUMBER,
    Role.BIRTH: _BIRTH,
}
"""The attribute of what a column holds; a code, and anything called a name, may be nobody's."""


@lru_cache(maxsize=1 << 14)
def place_of_heading(kind: str, heading: str) -> Place:
    """The place of values under a heading in such a `kind` of container, as "database column".

    The attribute that the heading announces is told by its keyword; the heading itself is not, for
    whoever chose it may have named a person.
    """
    tag = _OF_ROLE.get(role(heading), 0) or label_of(heading)
    if not tag:
        return beside(kind)
    _, vr, keyword = label(tag)
    return beside(f"{kind} {keyword}", tag, vr)
