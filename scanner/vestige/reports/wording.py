"""Numbers, times, places and codes in the plain words of a report."""

from datetime import UTC, datetime, timedelta

from vestige.model import Band, Certainty, Where
from vestige.review import Coverage, Outcome, Since, SoftwareTrees

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SIZES = ("kB", "MB", "GB", "TB", "PB", "EB")
_STEP = 1000
_NEXT_SIZE_FROM = 999.95
_NANOSECONDS = 1_000_000_000
_UNKNOWN = "not known"

PLACES = {
    Where.PATH: "Name of a folder or file",
    Where.GHOST: "Name of a folder or file of which another file still tells",
    Where.HEADER: "Image header",
    Where.PRIVATE: "Private field of the manufacturer in the image header",
    Where.META: "Technical header at the start of the file",
    Where.PREAMBLE: "First 128 bytes of the file, before the header",
    Where.TABLE: "Table of persons",
    Where.CONTENT: "Bytes that nobody reads otherwise, searched for known persons",
    Where.TRAILING: "Bytes after the end of the image",
}

IDENTIFIES = {
    "direct": "names a person outright",
    "quasi": "narrows down who it is, together with other facts",
    "pseudonym": "stands for one person; whoever holds the key can tell who",
    "device": "tells which machine, and so where and when",
    "site": "tells at which institution",
    "staff": "names or points to a member of staff",
    "free-text": "free text, in which anything may stand",
    "special": "tells what the law protects in particular, as health or belief",
    "claim": "a statement about the data that the data belies",
    "pixels": "what no header tells for sure: somebody must look, or listen",
}

KINDS = {
    "direct": "Names a person",
    "pseudonym": "Pseudonym or number",
    "quasi": "Fact of a person",
    "special": "Specially protected",
    "free-text": "Free text",
    "staff": "Staff",
    "site": "Institution",
    "device": "Device",
    "claim": "Claim that is not kept",
    "pixels": "Pictures to look at",
}
"""Kinds of findings in a word or two, for the filter; `IDENTIFIES` says them in full."""

FACTS = {
    "sex": "Sex",
    "age": "Age",
    "size": "Height",
    "weight": "Weight",
    "ethnic": "Ethnic group",
    "date": "Date of the study",
    "institution": "Institution",
    "station": "Name of the station",
    "serial": "Serial number of the device",
    "model": "Model of the device",
    "description": "Description of the study",
    "modality": "Kind of examination",
    "part": "Part of the body",
}

VERDICTS = {
    Certainty.CERTAIN: "These are names of people.",
    Certainty.LIKELY: "These are very probably names of people.",
    Certainty.REVIEW: "These may be names of people, or code words. Someone who knows the data "
    "must look.",
}

HEADERS = {
    "clean": "Clean: the images inside are emptied of names, their folders are not",
    "dirty": "Not clean: the images inside name people too",
    "mixed": "Partly clean: some of the images inside name people too",
    "none": "There are no images inside",
    "gone": "Not looked for: a file tells these names, and they need not stand here any more",
}

OUTCOMES = {
    Outcome.BLOCK: "Stop",
    Outcome.INCOMPLETE: "Incomplete",
    Outcome.PASS: "Passed",
}

BANDS = {
    Band.CRITICAL: "Act before anyone else opens this data",
    Band.HIGH: "Act before this data leaves",
    Band.MEDIUM: "Needs a decision",
    Band.LOW: "Worth knowing",
    Band.INFO: "For the record",
}

CODES = {
    "permission": "Vestige was not allowed to open it",
    "vanished": "It disappeared while the scan ran",
    "replaced": "Something else took its place while the scan ran",
    "changed": "It was written to while the scan ran",
    "added": "Something appeared in it after it had been listed",
    "io-error": "The storage reported an error",
    "path-too-long": "Its path is longer than the system can open",
    "loop": "It leads back to a folder above it",
    "no-file": "A root without a file, beside others that have some; it may not be mounted",
    "special-file": "A device, pipe or socket: it holds no data to read",
    "other-file-system": "It lies on another storage volume that is mounted here",
    "truncated": "The file ends before it should",
    "short-read": "The storage gave fewer bytes than the file should have",
    "length-beyond-end": "A field claims to be longer than what holds it",
    "unparsed": "A list of fields holds something that is no field",
    "nesting-too-deep": "Fields lie inside one another more deeply than Vestige follows",
    "too-many-elements": "The header has more fields than Vestige follows",
    "too-many-fragments": "The image is in more pieces than Vestige follows",
    "deflate-bomb": "The compressed header unpacks to more than Vestige accepts",
    "bad-deflate": "The compressed header cannot be unpacked",
    "long-tail": "More follows the compressed header than Vestige searches",
    "budget": "It holds more text than is searched in one file; the rest was not searched",
    "blob-unread": "A packed field of its header cannot be unpacked to its end",
    "table-partly": "A table of persons; of its other columns only codes were read",
    "document-unread": "A document inside it cannot be read; it may be encrypted or damaged",
    "document-without-text": "A document inside it has pages without text, as scans have; look at "
    "them",
    "timeout": "A rule took too long on this text",
    "time-limit": "Reading it took longer than Vestige allows for one file",
    "worker-died": "The process that read it ended; the file may be malformed",
    "internal-error": "Vestige made a mistake over it; please report the mistake",
    "names-unread": "Not all names of which it tells could be read: it is damaged or encrypted",
    "names-only": "The names of which it tells were judged, the rest of its content was not",
    "hunt-budget": "It holds more than is searched for known persons; the rest was not searched",
    "hunt-protected": "It holds something that is encrypted: no known person was looked for in it",
    "hunt-unopened": "It holds an archive that Vestige cannot open: nobody was looked for in it",
    "hunt-damaged": "It holds a damaged archive; known persons were looked for up to there",
    "unknown-class": "An object of a class that no table knows: nobody can say what it holds",
    "link": "It leads elsewhere; what it leads to was not judged by this name",
    "no-reader": "No reader for this kind of content; its name was judged, its content was not",
}

CUT_SHORT = frozenset(
    (
        *("budget", "hunt-budget", "time-limit", "timeout", "nesting-too-deep", "long-tail"),
        *("too-many-elements", "too-many-fragments", "deflate-bomb", "path-too-long"),
    )
)
"""Codes of problems where Vestige stopped at a limit of its own."""

FATES = (
    ("parsed", "Read field by field"),
    ("searched", "Searched for text: values of unknown kind, and bytes outside all fields"),
    ("pixels", "The pictures themselves, at which Vestige does not look"),
    ("opaque", "Not looked at: long values beyond the limit, and what could not be taken apart"),
)
"""What may become of the bytes of image files, as `Account` names it."""


def in_software(trees: SoftwareTrees) -> str:
    """How many entries were judged as software, as the coverage says it."""
    lie = "entry lies" if trees.entries == 1 else "entries lie"
    where = counted(trees.trees, "software tree")
    return (
        f"{trees.entries:,} {lie} in {where} ({', '.join(trees.kinds)}): "
        "names judged by the expectation of software"
    )


def number(value: int) -> str:
    """The number with commas between thousands, as 12,345."""
    return f"{value:,}"


def counted(value: int, one: str, many: str = "") -> str:
    """The number with its noun, as 1 file or 12,345 files."""
    return f"{value:,} {one if value == 1 else many or one + 's'}"


def size(value: int) -> str:
    """Bytes in decimal units with one decimal at most, as 1.2 GB."""
    if value < _STEP:
        return counted(value, "byte")
    amount, step = value / _STEP, 0
    while amount >= _NEXT_SIZE_FROM and step < len(_SIZES) - 1:
        amount, step = amount / _STEP, step + 1
    return f"{amount:,.1f}".removesuffix(".0") + f" {_SIZES[step]}"


def part(value: int, whole: int) -> str:
    """How much of the whole it is, in per cent rounded down, so that 100 % means all of it."""
    if whole <= 0:
        return "0 %"
    thousandths = value * _STEP // whole
    if value > 0 and thousandths == 0:
        return "less than 0.1 %"
    return f"{thousandths / 10:.1f}".removesuffix(".0") + " %"


def percent(fraction: float) -> str:
    """A fraction of one in whole per cent, as 97 %."""
    return f"{fraction * 100:.0f} %"


def carried_over(coverage: Coverage, since: Since) -> str:
    """What was carried over from an earlier scan and what was read now, in a sentence."""
    begun = f"the scan {since.scan} of {moment(since.started)}"
    if since.anew:
        return f"Everything was read anew, for {begun} cannot serve: {since.anew}."
    now = coverage.seen - coverage.carried
    if not now:
        return none_changed(coverage.seen, since)
    how = ", by the digests of their contents," if since.by_digest else ""
    return (
        f"Since {begun}: {coverage.carried:,} entries have not changed{how} and are carried over, "
        f"{now:,} were looked at now. All names were judged, and all is concluded anew."
    )


def none_changed(seen: int, since: Since) -> str:
    """What is said where nothing has changed since an earlier scan."""
    begun = f"the scan {since.scan} of {moment(since.started)}"
    return (
        f"Nothing has changed since {begun}: all {seen:,} entries were looked at now, and what was "
        "found in them is carried over."
    )


def moment(text: str) -> str:
    """An ISO 8601 time in UTC as 21 November 2026, 06:05 UTC; what is no such time as it is."""
    try:
        time = datetime.fromisoformat(text)
        time = time.astimezone(UTC) if time.tzinfo else time
    except (ValueError, OverflowError):
        return text or _UNKNOWN
    return f"{time.day} {time:%B %Y, %H:%M} UTC"


def day(nanoseconds: int) -> str:
    """Nanoseconds since 1970 UTC as 3 March 2019; 0 and what no calendar holds is not known."""
    if nanoseconds == 0:
        return _UNKNOWN
    try:
        time = _EPOCH + timedelta(seconds=nanoseconds // _NANOSECONDS)
    except OverflowError:
        return _UNKNOWN
    return f"{time.day} {time:%B %Y}"
