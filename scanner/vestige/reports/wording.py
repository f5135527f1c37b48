"""Numbers, times, places and codes in the plain words of a report."""

import re
from collections.abc import Iterator, Mapping
from functools import partial
from types import ModuleType, SimpleNamespace

from vestige.model import Band, Certainty, Where
from vestige.reports import amounts
from vestige.reports.language import ENGLISH, Language
from vestige.reports.language import marked as _
from vestige.review import Coverage, Hunt, Outcome, Since, SoftwareTrees

PLACES = {
    Where.PATH: "Name of a folder or file",
    Where.GHOST: "Name of a folder or file of which another file still tells",
    Where.HEADER: "Image header",
    Where.PRIVATE: "Private field of the manufacturer in the image header",
    Where.META: "Technical header at the start of the file",
    Where.PREAMBLE: "First 128 bytes of the file, before the header",
    Where.TABLE: "Table of persons",
    Where.BESIDE: "File beside the images: side-car, table, document, archive or picture",
    Where.PIXELS: "Text drawn into the picture, as far as it was read",
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
    "document-unread": "A document inside it cannot be read; it may be encrypted or damaged",
    "document-without-text": "A document inside it has pages without text, as scans have; look at "
    "them",
    "member-unread": "It holds a file of a kind that nothing here reads, as archives do",
    "archive-budget": "The files inside it are more, larger or deeper than are read of one file",
    "text-budget": "It holds more text than is read of one file of its kind",
    "protected": "It, or a file inside it, is encrypted or asks for a password",
    "damaged": "It, or a file inside it, is damaged; what stands behind the damage was not read",
    "not-installed": "What reads its kind is not installed",
    "structure-lost": "It is too long to be read by its keys, and was read as lines from there on",
    "form-unread": "Something in it is written in a form that nothing here reads",
    "ocr-budget": "There was no time left to read text in its picture",
    "ocr-coarse": "Its picture is so large that it was made smaller: small letters were not read",
    "ocr-undecoded": "Its picture could not be decoded; no text was read in it",
    "timeout": "A rule took too long on this text",
    "time-limit": "Reading it took longer than Vestige allows for one file",
    "memory-limit": "Reading it took more memory than Vestige allows for one file",
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
    "software-code": "Source code in a tree of software; its name was judged, its content was not",
    "no-reader": "No reader for this kind of content: only texts near its ends were judged",
}

CUT_SHORT = frozenset(
    (
        *("budget", "hunt-budget", "time-limit", "timeout", "nesting-too-deep", "long-tail"),
        *(
            "memory-limit",
            "too-many-elements",
            "too-many-fragments",
            "deflate-bomb",
            "path-too-long",
        ),
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


def texts(module: ModuleType) -> Iterator[str]:
    """Every text of the tables of a module, which stand in capitals, in their order."""
    for table in tables(vars(module)).values():
        yield from _texts(table)


def tables(names: Mapping[str, object]) -> dict[str, object]:
    """What stands in capitals among names, and is no one's own."""
    return {name: value for name, value in names.items() if name.isupper() and name[0] != "_"}


def spoken(language: Language) -> SimpleNamespace:
    """The tables and sentences of this module in a language, by their names here."""
    here = {name: _in(language, table) for name, table in tables(globals()).items()}
    sentences = {
        one.__name__: partial(one, language=language) for one in (in_software, carried_over, hunted)
    }
    return SimpleNamespace(**here, **sentences)


def _texts(table: object) -> Iterator[str]:
    if isinstance(table, str):
        yield re.sub(r"\{(\w+):,\}", r"{\1}", table)
    elif isinstance(table, Mapping):
        yield from table.values()
    elif isinstance(table, tuple):
        yield from (text for _, text in table)


def _in(language: Language, table: object) -> object:
    if isinstance(table, Mapping):
        return {key: language.gettext(text) for key, text in table.items()}
    if isinstance(table, tuple):
        return tuple((key, language.gettext(text)) for key, text in table)
    return language.gettext(table) if isinstance(table, str) else table


def in_software(trees: SoftwareTrees, language: Language = ENGLISH) -> str:
    """How many entries were judged as software, as the coverage says it."""
    said = language.ngettext(
        "{count} entry lies in {trees} ({kinds}): names judged by the expectation of software",
        "{count} entries lie in {trees} ({kinds}): names judged by the expectation of software",
        trees.entries,
    )
    return said.format(
        count=amounts.number(language, trees.entries),
        trees=amounts.counted(language, trees.trees, "software tree"),
        kinds=", ".join(trees.kinds),
    )


def hunted(hunt: Hunt, language: Language = ENGLISH) -> str:
    """What was searched for known persons, in a sentence."""
    return language.gettext(
        "{files} files, {bytes} bytes were hunted through for {persons} known persons; that is no "
        "reading of them."
    ).format(
        files=amounts.number(language, hunt.files),
        bytes=amounts.number(language, hunt.bytes),
        persons=amounts.number(language, hunt.persons),
    )


def number(value: int) -> str:
    """The number with commas between thousands, as 12,345."""
    return amounts.number(ENGLISH, value)


def counted(value: int, one: str, many: str = "") -> str:
    """The number with its noun, as 1 file or 12,345 files."""
    return amounts.counted(ENGLISH, value, one, many)


def size(value: int) -> str:
    """Bytes in decimal units with one decimal at most, as 1.2 GB."""
    return amounts.size(ENGLISH, value)


def part(value: int, whole: int) -> str:
    """How much of the whole it is, in per cent rounded down, so that 100 % means all of it."""
    return amounts.part(ENGLISH, value, whole)


def percent(fraction: float) -> str:
    """A fraction of one in whole per cent, as 97 %."""
    return amounts.percent(ENGLISH, fraction)


def carried_over(coverage: Coverage, since: Since, language: Language = ENGLISH) -> str:
    """What was carried over from an earlier scan and what was read now, in a sentence."""
    now = coverage.seen - coverage.carried
    if since.anew:
        said = _("Everything was read anew, for {begun} cannot serve: {why}.")
    elif not now:
        return none_changed(coverage.seen, since, language)
    elif since.by_digest:
        said = _(
            "Since {begun}: {carried} entries have not changed, by the digests of their contents, "
            "and are carried over, {now} were looked at now. All names were judged, and all is "
            "concluded anew."
        )
    else:
        said = _(
            "Since {begun}: {carried} entries have not changed and are carried over, {now} were "
            "looked at now. All names were judged, and all is concluded anew."
        )
    return language.gettext(said).format(
        begun=_begun(since, language),
        why=since.anew,
        carried=amounts.number(language, coverage.carried),
        now=amounts.number(language, now),
    )


def none_changed(seen: int, since: Since, language: Language = ENGLISH) -> str:
    """What is said where nothing has changed since an earlier scan."""
    return language.gettext(
        "Nothing has changed since {begun}: all {seen} entries were looked at now, and what was "
        "found in them is carried over."
    ).format(begun=_begun(since, language), seen=amounts.number(language, seen))


def _begun(since: Since, language: Language) -> str:
    begun = amounts.moment(language, since.started)
    return language.gettext("the scan {scan} of {begun}").format(scan=since.scan, begun=begun)


def moment(text: str) -> str:
    """An ISO 8601 time in UTC as 21 November 2026, 06:05 UTC; what is no such time as it is."""
    return amounts.moment(ENGLISH, text)


def day(nanoseconds: int) -> str:
    """Nanoseconds since 1970 UTC as 3 March 2019; 0 and what no calendar holds is not known."""
    return amounts.day(ENGLISH, nanoseconds)
