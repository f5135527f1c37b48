"""The cases of the planting: which identifier goes where, and which harmless value."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from benchmarks import phrases
from benchmarks.bases import new_uid
from benchmarks.encodings import (
    asccconv,
    asciis,
    based,
    big,
    cda,
    deflated,
    jsons,
    little,
    pdf,
    pdf_packed,
    xml,
    xml_bytes,
    zipped,
)
from benchmarks.identities import Identity
from benchmarks.places import (
    Place,
    document,
    element,
    meta,
    padding,
    preamble,
    private,
    slack,
    sr_item,
    trailing,
    unsaid,
    wrapped,
)
from vestige.planting.chance import pick

Value = Callable[[Identity, str], str]
"""The value for a person; the text is what chance hangs on."""


@dataclass(frozen=True, slots=True)
class Case:
    """One place and kind of value; `bare` cases stand only where no option permits the element."""

    id: str
    category: str
    put: Place
    dirty: Value
    clean: Value
    bare: bool = False


# --- values ------------------------------------------------------------------------------------


def person_name(of: Identity, _key: str) -> str:
    """Surname and given name as VR PN has them."""
    return f"{of.family}^{of.given}"


def doctor_name(of: Identity, _key: str) -> str:
    """The name of a physician, as VR PN has it."""
    return f"{of.doctor[1]}^{of.doctor[0]}"


def spoken(of: Identity, _key: str) -> str:
    """Given name and surname."""
    return f"{of.given} {of.family}"


def day(of: Identity, key: str) -> str:
    """A birth date or that of a study, YYYYMMDD."""
    return f"{pick((of.born, of.studied), key, 'day'):%Y%m%d}"


def moment(of: Identity, _key: str) -> str:
    """When the image was taken, to the second."""
    return f"{of.studied:%Y%m%d}101500.000000"


def told(attribute: str) -> Value:
    """One fact of a person."""
    return lambda of, _key: str(getattr(of, attribute))


def instance(of: Identity, key: str) -> str:
    """A UID with serial number and time, as a scanner makes it."""
    return f"{of.vendor}.{len(key)}"[:64]


def fresh(_of: Identity, key: str) -> str:
    """A UID that was made anew."""
    return new_uid("clean", key)


def always(value: str) -> Value:
    """That value."""
    return lambda _of, _key: value


def one_of(values: tuple[str, ...]) -> Value:
    """One of these."""
    return lambda _of, key: pick(values, key, "one")


def filled(templates: tuple[str, ...]) -> Value:
    """One of the templates with a person in it."""

    def value(of: Identity, key: str) -> str:
        return fill(pick(templates, key, "template"), of)

    return value


def fill(template: str, of: Identity) -> str:
    """The template with what it asks for."""
    when: date = of.born if any(mark in template for mark in _BIRTH) else of.studied
    return template.format(
        given=of.given,
        family=of.family,
        GIVEN=of.given.upper(),
        FAMILY=of.family.upper(),
        doctor=of.doctor[1],
        iso=f"{when:%Y-%m-%d}",
        dotted=f"{when:%d.%m.%Y}",
        us=f"{when:%m/%d/%Y}",
        worded=f"{when.day} {_MONTHS[when.month - 1]} {when.year}",
        plain=f"{when:%Y%m%d}",
        mrn=of.mrn,
        accession=of.accession,
        phone=of.phone,
        email=of.email,
    )


_BIRTH = ("geb.", "DOB", "born", "*{")
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()

# --- the cases ---------------------------------------------------------------------------------

UNKNOWN = "ACME PRIVATE 7"

_nobody = always("ANONYMIZED")
_code = one_of(phrases.CODE_WORDS)
_plain = one_of(phrases.PLAIN)
_technical = one_of(phrases.TECHNICAL)
_named = filled(phrases.NAMES)
_dated = filled(phrases.DATES)
_numbered = filled(phrases.NUMBERS)
_reachable = filled(phrases.CONTACTS)


def _direct() -> Iterator[Case]:
    names = {
        "patient-name": 0x00100010,
        "other-names": 0x00101001,
        "birth-name": 0x00101005,
        "mother": 0x00101060,
        "responsible": 0x00102297,
        "person-name": 0x0040A123,
        "unlisted-name": 0x00180FF2,
    }
    for word, tag in names.items():
        yield Case(word, "direct", element("PN", tag), person_name, _nobody)
    staff = {"referring": 0x00080090, "performing": 0x00081050, "operator": 0x00081070}
    for word, tag in staff.items():
        yield Case(word, "direct", element("PN", tag), doctor_name, _nobody)
    yield Case("patient-id", "direct", element("LO", 0x00100020), told("mrn"), _code)
    yield Case("other-id", "direct", element("LO", 0x00101000), told("mrn"), _code)
    yield Case("accession", "direct", element("SH", 0x00080050), told("accession"), _nobody)
    yield Case("admission", "direct", element("LO", 0x00380010), told("mrn"), _nobody)
    yield Case("address", "direct", element("LO", 0x00101040), told("street"), _nobody)
    yield Case("telephone", "direct", element("SH", 0x00102154), told("phone"), _nobody)
    yield Case("insurance", "direct", element("LO", 0x00101050), told("mrn"), _nobody)


def _dates() -> Iterator[Case]:
    empty = always("19000101")
    tags = {
        "birth": 0x00100030,
        "study": 0x00080020,
        "series": 0x00080021,
        "acquisition": 0x00080022,
        "content": 0x00080023,
        "admitting": 0x00380020,
        "performed": 0x00400244,
    }
    for word, tag in tags.items():
        bare = word != "birth"
        yield Case(f"date-{word}", "dates", element("DA", tag), day, empty, bare)
    silent = always("19000101000000")
    taken = element("DT", 0x0008002A)
    yield Case("datetime", "dates", taken, moment, silent, bare=True)
    started = element("DA", 0x00400275, 0x00400002)
    yield Case("date-nested", "dates", started, day, empty, bare=True)
    yield Case("date-private", "dates", private("DA", 0x0011, 0x21, UNKNOWN), day, empty, bare=True)
    deep = private("DA", 0x0011, 0x22, UNKNOWN, inside=(0x00081140,))
    yield Case("date-private-nested", "dates", deep, day, empty, bare=True)


def _sites() -> Iterator[Case]:
    gone = always("REMOVED")
    yield Case("institution", "sites", element("LO", 0x00080080), told("institution"), gone)
    yield Case("institution-address", "sites", element("ST", 0x00080081), told("town"), gone)
    yield Case("department", "sites", element("LO", 0x00081040), told("institution"), gone)
    yield Case("station", "sites", element("SH", 0x00081010), told("station"), gone)
    yield Case("serial", "sites", element("LO", 0x00181000), told("serial"), gone)
    yield Case("gantry", "sites", element("LO", 0x00181008), told("serial"), gone)
    deep = element("LO", 0x00400275, 0x00080080)
    yield Case("institution-nested", "sites", deep, told("institution"), gone)


def _uids() -> Iterator[Case]:
    tags = {"study": 0x0020000D, "series": 0x0020000E, "frame": 0x00200052}
    for word, tag in tags.items():
        yield Case(f"uid-{word}", "uids", element("UI", tag), instance, fresh)
    nested = element("UI", 0x00081140, 0x00081155)
    yield Case("uid-referenced", "uids", nested, instance, fresh)
    yield Case("uid-irradiation", "uids", element("UI", 0x00083010), instance, fresh)


_TEXTS = {
    "study-description": ("LO", 0x00081030),
    "series-description": ("LO", 0x0008103E),
    "protocol-name": ("LO", 0x00181030),
    "alerts": ("LO", 0x00102000),
    "history": ("LT", 0x001021B0),
    "patient-comments": ("LT", 0x00104000),
    "procedure": ("LO", 0x00321060),
    "study-comments": ("LT", 0x00324000),
    "image-comments": ("LT", 0x00204000),
    "derivation": ("ST", 0x00082111),
    "performed": ("LO", 0x00400254),
    "request-comments": ("LT", 0x00401400),
    "reason": ("LO", 0x00401002),
    "unlisted-text": ("LO", 0x00180FF0),
}


def _texts() -> Iterator[Case]:
    for word, (vr, tag) in _TEXTS.items():
        put, clean = element(vr, tag), always("NONE") if word == "alerts" else _plain
        yield Case(f"{word}-name", "text", put, _named, clean)
        yield Case(f"{word}-date", "text", put, _dated, clean)
        yield Case(f"{word}-number", "text", put, _numbered, clean)
        yield Case(f"{word}-contact", "text", put, _reachable, clean)
    yield Case("trial", "text", element("LO", 0x00120020), _named, always("PROTO-17"))


def _privates() -> Iterator[Case]:
    places = {
        "unknown-lo": private("LO", 0x0011, 0x01, UNKNOWN),
        "unknown-lt": private("LT", 0x0011, 0x02, UNKNOWN),
        "unknown-un": private("UN", 0x0011, 0x03, UNKNOWN, str.encode),
        "unknown-nested": private("LO", 0x0013, 0x04, UNKNOWN, inside=(0x00081140,)),
        "no-creator": private("LO", 0x0015, 0x05, ""),
        "after-pixels": private("LO", 0x7FE1, 0x06, UNKNOWN),
    }
    for word, put in places.items():
        yield Case(f"{word}-name", "private", put, _named, _technical)
        yield Case(f"{word}-date", "private", put, _dated, _technical)
        yield Case(f"{word}-number", "private", put, _numbered, _technical)
        yield Case(f"{word}-whole", "private", put, person_name, _technical)
        yield Case(f"{word}-contact", "private", put, _reachable, _technical)
    yield Case("unknown-pn", "private", private("PN", 0x0011, 0x07, UNKNOWN), person_name, _nobody)
    known = private("LO", 0x0009, 0x04, "ACUSON:1.2.840.113680.1.0:0910")
    yield Case("known", "private", known, spoken, _nobody)
    wrap = wrapped(0x0011, 0x08, UNKNOWN)
    yield Case("wrapped", "private", wrap, person_name, _nobody)


def _blobs() -> Iterator[Case]:
    encodings: dict[str, tuple[str, Callable[[str], bytes | str]]] = {
        "ascii": ("OB", asciis),
        "utf16le": ("OB", little),
        "utf16be": ("OB", big),
        "asccconv": ("OB", asccconv),
        "gzip": ("OB", zipped),
        "zlib": ("OB", deflated),
        "xml-ut": ("UT", xml),
        "xml-ob": ("OB", xml_bytes),
        "base64": ("UT", based),
        "json": ("UT", jsons),
    }
    for number, (word, (vr, encode)) in enumerate(encodings.items(), 0x40):
        put = private(vr, 0x0011, number, UNKNOWN, encode)
        yield Case(f"{word}-name", "blob", put, person_name, _technical)
        yield Case(f"{word}-spoken", "blob", put, _named, _technical)
        yield Case(f"{word}-date", "blob", put, _dated, _technical)
        yield Case(f"{word}-number", "blob", put, _numbered, _technical)


def _nested() -> Iterator[Case]:
    original = (0x04000561, 0x04000550)
    name, number = element("PN", *original, 0x00100010), element("LO", *original, 0x00100020)
    yield Case("original-name", "nested", name, person_name, _nobody)
    yield Case("original-id", "nested", number, told("mrn"), _code)
    other = element("LO", 0x00101002, 0x00100020)
    yield Case("other-id-item", "nested", other, told("mrn"), _code)
    asked = element("LO", 0x00400275, 0x00321060)
    yield Case("request-item", "text", asked, _named, _plain)
    role = element("PN", 0x0040A073, 0x0040A075)
    yield Case("verifier", "nested", role, doctor_name, _nobody)
    deep = (0x00081140, 0x0040A170, 0x00081199, 0x00089215)
    yield Case("deep-name", "nested", element("PN", *deep, 0x00100010), person_name, _nobody)
    yield Case("deep-text", "text", element("LO", *deep, 0x00081030), _named, _plain)
    yield Case("deep-birth", "nested", element("DA", *deep, 0x00100030), day, always("19000101"))
    inside = private("LO", 0x0011, 0x09, UNKNOWN, inside=deep)
    yield Case("deep-private", "private", inside, _named, _technical)


def _reports() -> Iterator[Case]:
    yield Case("sr-pname", "sr", sr_item("PNAME", 0x0040A123, "PN", 1), person_name, _nobody)
    for depth in (1, 3):
        put = sr_item("TEXT", 0x0040A160, "UT", depth)
        yield Case(f"sr-text-{depth}", "sr", put, _named, _plain)
        yield Case(f"sr-text-number-{depth}", "sr", put, _numbered, _plain)
        yield Case(f"sr-text-date-{depth}", "sr", put, _dated, _plain)
    html = sr_item("TEXT", 0x0040A160, "UT", 2)
    marked = _around("<html><body><p>Report of <b>", "</b></p></body></html>")
    clean = _around("<html><body><p>", "</p></body></html>", _plain)
    yield Case("sr-html", "sr", html, marked, clean)
    annotated = element("ST", 0x00700001, 0x00700008, 0x00700006)
    yield Case("pr-text", "sr", annotated, _named, _plain)


def _around(before: str, behind: str, value: Value = spoken) -> Value:
    return lambda of, key: f"{before}{value(of, key)}{behind}"


def _documents() -> Iterator[Case]:
    kinds: dict[str, tuple[str, Callable[[str], bytes]]] = {
        "pdf": ("application/pdf", pdf),
        "pdf-packed": ("application/pdf", pdf_packed),
        "cda": ("text/XML", cda),
    }
    for word, (kind, encode) in kinds.items():
        put = document(kind, encode)
        yield Case(f"{word}-name", "encapsulated", put, _latin(spoken), _plain)
        yield Case(f"{word}-text", "encapsulated", put, _latin(_named), _plain)
        yield Case(f"{word}-number", "encapsulated", put, _numbered, _plain)


def _latin(value: Value) -> Value:
    """The value if a page in Latin-1 can show it, else the record number with its label."""

    def told_so(of: Identity, key: str) -> str:
        text = value(of, key)
        return text if text.encode("cp1252", "ignore").decode("cp1252") == text else f"MRN {of.mrn}"

    return told_so


def _outside() -> Iterator[Case]:
    silent = always("")
    places: dict[str, Place] = {
        "preamble": preamble,
        "trailing": trailing,
        "padding": padding,
        "slack": slack,
        "meta-private": meta(0x00020102, "OB"),
        "overlay-comments": element("LT", 0x60004000),
        "overlay-label": element("LO", 0x60001500),
    }
    for word, put in places.items():
        clean = _technical if word.startswith("overlay") else silent
        yield Case(f"{word}-name", "outside", put, person_name, clean)
        yield Case(f"{word}-number", "outside", put, _numbered, clean)


def _pixels() -> Iterator[Case]:
    burned = element("CS", 0x00280301)
    yield Case("burned-in", "pixels", burned, always("YES"), always("NO"))
    face = element("CS", 0x00280302)
    yield Case("face", "pixels", face, always("YES"), always("NO"))
    kind = element("CS", 0x00080060)
    for modality in ("US", "ES", "XC"):
        put = unsaid(kind)
        yield Case(f"risk-{modality.lower()}", "pixels", put, always(modality), always("CT"))


def cases() -> tuple[Case, ...]:
    """All cases, in order; their ids are unique."""
    kinds = (_direct, _dates, _sites, _uids, _texts, _privates, _blobs, _nested, _reports)
    return tuple(case for kind in (*kinds, _documents, _outside, _pixels) for case in kind())
