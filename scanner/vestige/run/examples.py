"""Examples of objects: tables of values by place, as rules write them, to statements."""

import re
from collections.abc import Iterator, Mapping

from vestige.detect.claims import Said
from vestige.detect.elements import ElementRules, declaration
from vestige.model import Declaration, Observation, Place, Where
from vestige.read.dicom import vr_of
from vestige.read.stated import same_instance
from vestige.sensitive import Sensitive
from vestige.statement import OF_ONE_FILE, Statement, Tag

_STEP = re.compile(r"\(([0-9A-Fa-f]{4}),(?:xx)?([0-9A-Fa-f]{2,4})\)(?:\[\d+\])?(?: (.+))?")
_ITEM = re.compile(r"\[\d+\]")
_CODES = "(0012,0064)"
_SAFE = "(0008,0300)"
_META = 0x0002
_PIXELS = "/(7FE0,0010)"
_ICON = "(0088,0200)"


def stated(values: Mapping[str, str], rules: ElementRules) -> tuple[Statement, tuple[Said, ...]]:
    """What an object with these values states, and what the rules say of its elements.

    Places are written as "(0010,0010)", "(0400,0561)[0]/(0400,0550)[0]/(0010,0010)" and
    "(0029,xx10) SIEMENS CSA HEADER". (0012,0064) holds code values, (0008,0300) the group and the
    creator of a block that is called safe.
    """
    places = {key: _place(key) for key in values if key not in {_CODES, _SAFE}}
    top = {place.tag: values[key] for key, place in places.items() if "/" not in place.pointer}
    statement = Statement(
        values={tag: Sensitive(text) for tag, text in top.items() if text and tag in _TAGS},
        codes=frozenset(values.get(_CODES, "").split("\\")) - {""},
        creators=frozenset(place.creator for place in places.values()) - {""},
        safe=frozenset(_safe(values.get(_SAFE, ""))),
        holds=frozenset(_top(key) for key in values),
        pictures=frozenset(
            _top(key) for key in values if key.endswith(_PIXELS) and _ICON not in key
        ),
        same_instance=same_instance(*(top.get(tag, "").encode() for tag in sorted(OF_ONE_FILE))),
    )
    declared = declaration(
        statement.value(Tag.DEIDENTIFICATION_METHOD),
        statement.codes,
        statement.creators,
        statement.uid(Tag.SOP_INSTANCE_UID),
        (statement.value(Tag.PATIENT_ID), statement.value(Tag.PATIENT_NAME)),
    )
    said = (_said(place, values[key], rules, declared) for key, place in places.items())
    return statement, tuple(one for found in said for one in found)


_TAGS = frozenset(Tag)


def _said(place: Place, text: str, rules: ElementRules, declared: Declaration) -> Iterator[Said]:
    for hit in rules.hits(Observation(place, Sensitive(text)), declared):
        yield Said(hit.claim, place.pointer)


def _place(key: str) -> Place:
    """The place of a key; ValueError if it is none."""
    step = _STEP.fullmatch(key.rsplit("/", 1)[-1])
    if step is None:
        raise ValueError(f"{key!r} is no place of an element")
    group, number = int(step[1], 16), int(step[2], 16)
    tag = group << 16 | (0x1000 | number if step[3] else number)
    where = Where.PRIVATE if step[3] else Where.META if group == _META else Where.HEADER
    vr = "LO" if step[3] else vr_of(tag)
    return Place(where, _ITEM.sub("[*]", key), tag, vr, step[3] or "")


def _top(key: str) -> int:
    return _place(_ITEM.sub("", key.split("/", 1)[0])).tag


def _safe(written: str) -> Iterator[tuple[int, str]]:
    if written:
        group, creator = written.split(" ", 1)
        yield int(group, 16), creator
