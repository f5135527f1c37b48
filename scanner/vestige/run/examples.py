"""Examples of objects: tables of values by place, as rules write them, to statements."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence

from vestige.catalog import Catalog, Policy
from vestige.correlate.claims import Series, is_called_clean
from vestige.detect.claims import Said
from vestige.detect.declared import declaration
from vestige.detect.elements import ElementRules
from vestige.detect.judge import Judge
from vestige.model import Band, Declaration, Observation, Place, Where
from vestige.read.dicom import vr_of
from vestige.read.stated import same_instance
from vestige.run.causes import Causes
from vestige.run.linking import Name, Seen, Subjects
from vestige.run.objects import Objects
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
    places = {key: place(key) for key in values if key not in {_CODES, _SAFE}}
    top = {at.tag: values[key] for key, at in places.items() if "/" not in at.pointer}
    statement = Statement(
        values={tag: Sensitive(text) for tag, text in top.items() if text and tag in _TAGS},
        codes=frozenset(values.get(_CODES, "").split("\\")) - {""},
        creators=frozenset(at.creator for at in places.values()) - {""},
        filled=frozenset(at.creator for at in places.values()) - {""},
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
        statement.dates,
    )
    said = (_said(at, values[key], rules, declared) for key, at in places.items())
    return statement, tuple(one for found in said for one in found)


def volume(
    files: Sequence[Mapping[str, str]], catalog: Catalog, policy: Policy
) -> tuple[tuple[Series, ...], dict[int, list[str]]]:
    """The series of a volume with these files, and the paths of the files of each by number.

    Each file is a table as `stated` reads it, with its "path" beside.
    """
    objects = Objects(catalog, policy, Causes(_KEY))
    rules, judge = ElementRules(catalog, policy), Judge(catalog, policy)
    found: dict[tuple[str, Band, bool, bool], list[str]] = {}
    for file in files:
        path = file["path"]
        about, said = stated({key: text for key, text in file.items() if key != "path"}, rules)
        facts = objects.facts(about, objects.subject(about)).facts
        worst = max((one.claim.severity for one in said), default=Band.INFO)
        folders = path.split("/")[:-1]
        flags = (any(identifies(n, judge) for n in folders), any(map(is_called_clean, folders)))
        found.setdefault((facts, worst, *flags), []).append(path)
    numbered = list(enumerate(found.items(), 1))
    series = (
        Series(number, json.loads(facts), len(paths), worst, named, called)
        for number, ((facts, worst, named, called), paths) in numbered
    )
    return tuple(series), {number: paths for number, (_, paths) in numbered}


def subjects(files: Sequence[Mapping[str, str]], catalog: Catalog, policy: Policy) -> Subjects:
    """The subjects of a volume with these files, each a table as for `volume`."""
    objects, rules = Objects(catalog, policy, Causes(_KEY)), ElementRules(catalog, policy)
    made = Subjects(catalog)
    numbers: dict[str, int] = {}
    for number, file in enumerate(files, 1):
        about, _ = stated({key: text for key, text in file.items() if key != "path"}, rules)
        whose = objects.subject(about)
        subject = numbers.setdefault(whose, len(numbers) + 1) if whose else 0
        facts = json.loads(objects.facts(about, whose).facts)
        made.crowd.add(subject, facts)
        made.seen.append(Seen(number, subject, facts, about, frozenset({number})))
        made.names.extend(Name(number, part) for part in file["path"].split("/"))
    return made


def identifies(name: str, judge: Judge) -> bool:
    """Whether the name of an entry says who somebody is."""
    hits = judge.judge(Observation(_NAME, Sensitive(name)), Declaration()).hits
    return any(hit.claim.severity >= Band.HIGH for hit in hits)


_NAME = Place(Where.PATH, "name")
_KEY = b"an example is nobody's"
_TAGS = frozenset(Tag)


def _said(place: Place, text: str, rules: ElementRules, declared: Declaration) -> Iterator[Said]:
    for hit in rules.hits(Observation(place, Sensitive(text)), declared):
        yield Said(hit.claim, place.pointer)


def place(key: str) -> Place:
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
    return place(_ITEM.sub("", key.split("/", 1)[0])).tag


def _safe(written: str) -> Iterator[tuple[int, str]]:
    if written:
        group, creator = written.split(" ", 1)
        yield int(group, 16), creator
