"""Hand-made reviews: a clean volume, a realistic one, one of hostile texts and one too large."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

import pytest
from playwright.sync_api import Browser, Error, sync_playwright

from tests import pictured
from vestige.account import Account
from vestige.anonymity import Attribute, Removal, SinglingOut
from vestige.model import Band, Certainty, Claim, Family, Finding, Stage, Where
from vestige.review import (
    Coverage,
    Occurrence,
    Outcome,
    Point,
    Ranked,
    Reach,
    Review,
    Risk,
    Scan,
    ScanState,
    SoftwareTree,
    SoftwareTrees,
    Trouble,
    Verdict,
)

HOSTILE = (
    '<script>document.title="owned";console.log("owned")</script>',
    '"><img src=x onerror="console.log(\'owned\')">',
    "'--></style></script><svg onload=console.log(1)>",
    "line one\nline two\r\ttabbed",
    "nul\x00 bell\x07 escape \x1b[31mred\x1b[0m",
    "right-to-left \u202egnp.exe\u202c and \u2066isolate\u2069 and zero\u200bwidth",
    "surrogates \udcff\udc80 and \ud800",
    '=cmd|" /C calc"!A1',
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "{{ 7*7 }}{% raw %}",
    "&lt;b&gt; ]]> \ufffe \U000e0041",
    "javascript:alert(1)",
    "very long " + "x" * 4000,
)

_WHY_TREE = (
    "Emptying the headers of images does not rename the folders they lie in. Whoever lists this "
    "folder reads who was examined, without opening a single image."
)
_DO_TREE = (
    "Compare this folder with the copy you keep. If it is a forgotten first pass, seal a list of "
    "its contents and delete it; if it is needed, export it again under neutral names."
)
_WHY_HEADER = "The name stands in the image header, where every viewer shows it."
_DO_HEADER = "Run the de-identification again on these series, and check why they were left out."
_WHY_PRIVATE = "Manufacturers copy names into fields of their own, which many tools leave alone."
_DO_PRIVATE = (
    "Remove the fields of the manufacturer that are not known to be safe, then scan again."
)
_JUDGED_BY = "shape: two words with a caret between them; score 8.1; medium from 3, high from 5"
_DO_DATE = "Shift the dates by one offset for each person, or empty them."


def claim(
    rule: str, title: str, severity: Band, certainty: float = 0.9, identifies: str = "direct"
) -> Claim:
    return Claim(rule, title, severity, certainty, identifies, ("GDPR Art. 4(1)", "45 CFR 164.514"))


def ranked(rank: int, about: Claim, **changes: object) -> Ranked:
    """A finding of the band of its claim; `changes` replace fields of the Ranked."""
    made = Ranked(
        rank=rank,
        finding=Finding(
            rank + 10, about, Where.HEADER, "(0010,0010)", "Q*******^I***", "", _JUDGED_BY
        ),
        risk=Risk(20.0 * about.severity, about.severity, ("it stands in 3 files",)),
        reach=Reach(entries=3, files=3, bytes=1_572_864, subjects=1),
        distinct=1,
        values=("Q*******^I***",),
        paths=("volume/import/S001/0001.dcm",),
        why=_WHY_HEADER,
        remedy=_DO_HEADER,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def placed(item: Ranked, where: Where, place: str, masked: str) -> Ranked:
    """The finding at another place, with another evidence."""
    return replace(item, finding=replace(item.finding, where=where, place=place, masked=masked))


COMPLETE = Coverage(
    seen=1_200,
    read=1_150,
    partly=0,
    unreadable=0,
    skipped=50,
    unexamined=0,
    files=1_150,
    directories=50,
    bytes=600_000_000,
    account=Account(parsed=9_000_000, searched=1_200_000, pixels=580_000_000, opaque=0),
)


def scan(coverage: Coverage = COMPLETE) -> Scan:
    return Scan(
        id="0b6f0c8e-8a53-4c1e-9d5e-3f1c7a2b9e10",
        roots=("/data/r*******",),
        started="2026-11-21T05:12:40Z",
        finished="2026-11-21T06:05:21Z",
        version="0.1.0",
        catalog_digest="6b1f" * 16,
        rules=214,
        policy="gdpr",
        fail_on=Band.MEDIUM,
        state=ScanState.COMPLETE,
        coverage=coverage,
        limits=("Archives are not opened: the names of archives are judged, their members not.",),
    )


def review(outcome: Outcome, findings: tuple[Ranked, ...] = ()) -> Review:
    """A review of a complete scan with one reason for its verdict."""
    return Review(
        scan=scan(),
        verdict=Verdict(outcome, ("the policy says so",)),
        findings=findings,
        problems=(),
        problem_counts=(),
        skipped_counts=(),
        subjects=len(findings) or None,
    )


def phantom(members: int, files: int) -> Family:
    return Family(
        parent=17,
        template="{word}_{uuid}",
        verdict=Certainty.CERTAIN,
        members=members,
        distinct=members - 4,
        share=0.97,
        files=files,
        bytes=files * 526_336,
        subjects=members - 4,
        first_written=1_552_003_200_000_000_000,
        last_written=1_553_500_800_000_000_000,
        headers="clean",
        examples=(
            "Q*******_3f2a…",
            "V**********_9c04…",
            "D* L* C***_b71e…",
            "M*****-L***********_02dd…",
            "T**********_e5a8…",
        ),
    )


def _phantoms() -> tuple[Ranked, ...]:
    rule = claim("tree/phantom-directory", "Folders named after people", Band.CRITICAL, 0.98)
    certain = ranked(
        1,
        rule,
        risk=Risk(
            99.2,
            Band.CRITICAL,
            (
                "1,043 folders side by side follow one pattern, and 97 % of them bear a surname",
                "the headers inside are clean, so that nobody looks here any more",
                "312,900 files lie below it",
            ),
        ),
        reach=Reach(1_043, 312_900, 312_900 * 526_336, 1_039),
        distinct=1_039,
        paths=("research/export_v1",),
        why=_WHY_TREE,
        remedy=_DO_TREE,
        family=phantom(1_043, 312_900),
    )
    doubtful = ranked(
        6,
        claim("tree/phantom-directory", "Folders that may be named after people", Band.MEDIUM, 0.5),
        reach=Reach(38, 4_180, 2_200_146_688, 38),
        distinct=38,
        paths=("research/cohort_b/raw",),
        why=_WHY_TREE,
        remedy="Ask the owner of the study whether these are code words. If they are, accept the "
        "finding and say why.",
        family=replace(
            phantom(42, 4_180),
            template="{word}{number}",
            verdict=Certainty.REVIEW,
            share=0.31,
            headers="mixed",
            examples=("H*****12", "O***07", "B******3"),
        ),
    )
    return (
        placed(certain, Where.PATH, "{word}_{uuid}", "Q*******_3f2a…"),
        placed(doubtful, Where.PATH, "{word}{number}", "H*****12"),
    )


SINGLED = SinglingOut(
    subjects=1_081,
    unique=412,
    below_five=803,
    smallest=((1, 412), (2, 90), (3, 37), (4, 25), (5, 11)),
    attributes=(
        Attribute("date", 0.31, 0.12),
        Attribute("age", 0.04, 0.22),
        Attribute("serial", 0.01, 0.37),
        Attribute("sex", 0.0, 0.36),
    ),
    removals=(Removal("date", 0.12), Removal("age", 0.01)),
)


def _others() -> tuple[Ranked, ...]:
    reach = Reach(412, 412, 216_850_432, 3)
    name = ranked(
        2,
        claim(
            "elements/direct-identifier", "Name of the patient in the header", Band.CRITICAL, 0.99
        ),
        reach=reach,
        distinct=3,
        values=("Q*******^I***", "O****^M*****", "T**^L**"),
        paths=tuple(f"research/import/late/S{i:03}/0001.dcm" for i in range(1, 5)),
        remedy=_DO_HEADER,
    )
    birth = ranked(
        3,
        claim("dates/birth-date", "Date of birth in the header", Band.HIGH, 0.99, "quasi"),
        reach=reach,
        distinct=3,
        remedy=_DO_HEADER,
    )
    private = ranked(
        4,
        claim(
            "private/identifying", "A name in a private field of the manufacturer", Band.HIGH, 0.8
        ),
        reach=Reach(1_204, 1_204, 633_708_544, 12),
        distinct=12,
        why=_WHY_PRIVATE,
        remedy=_DO_PRIVATE,
    )
    text = ranked(
        5,
        claim("names/person-name", "A name in a description", Band.HIGH, 0.75),
        reach=Reach(96, 96, 50_528_256, None),
        remedy="Empty the description, or replace it by one of a fixed list.",
    )
    dates = ranked(
        7,
        claim("dates/date", "Dates of examination", Band.MEDIUM, 0.95, "quasi"),
        reach=Reach(48_210, 48_210, 25_374_658_560, 530),
        distinct=498,
        remedy=_DO_DATE,
    )
    device = ranked(
        8,
        claim("elements/device", "Serial number of the scanner", Band.LOW, 0.95, "device"),
        reach=Reach(300, 300, 157_900_800, None),
    )
    station = ranked(
        9, claim("elements/site", "Name of the station", Band.INFO, 0.9, "site"), remedy=""
    )
    csa = "(0029,xx10) SIEMENS CSA HEADER"
    nested = "(0040,0275)[*]/(0040,0007)"
    return (
        name,
        placed(birth, Where.HEADER, "(0010,0030)", "########"),
        placed(private, Where.PRIVATE, csa, "V**********^K*****"),
        placed(text, Where.HEADER, nested, "XR CHEST for D****** D*******"),
        placed(dates, Where.HEADER, "(0008,0020)", "########"),
        placed(device, Where.HEADER, "(0018,1000)", "#####"),
        placed(station, Where.HEADER, "(0008,1010)", "M****"),
    )


def realistic() -> Review:
    """The founding story: a forgotten first pass, clean headers, names in the tree."""
    findings = tuple(sorted((*_phantoms(), *_others()), key=lambda item: item.rank))
    coverage = Coverage(
        seen=412_233,
        read=411_990,
        partly=12,
        unreadable=21,
        skipped=222,
        unexamined=187,
        files=398_112,
        directories=14_121,
        bytes=209_540_000_000,
    )
    problems = tuple(
        Trouble(f"research/import/late/S{i:03}/00{i:02}.dcm", Stage.READ, code, detail)
        for i, (code, detail) in enumerate(
            [("permission", "EACCES")] * 14
            + [("io-error", "EIO")] * 7
            + [("truncated", "ends at byte 41,318 of 526,336")] * 12,
            start=1,
        )
    )
    return Review(
        scan=scan(coverage),
        verdict=Verdict(
            Outcome.BLOCK,
            (
                "7 findings of band medium or worse, the worst critical",
                "220 entries were not examined, or only in part",
            ),
        ),
        findings=findings,
        problems=problems,
        troubles=problems,
        problem_counts=(("permission", 14), ("truncated", 12), ("io-error", 7)),
        skipped_counts=(("no-reader", 187), ("link", 31), ("empty", 4)),
        subjects=1_081,
        occurrences=(
            Occurrence("F11", 18, "research/export_v1/Q*******_3f2a…", "name"),
            Occurrence("F12", 400_001, "research/import/late/S001/0001.dcm", "(0010,0010)"),
        ),
        singling_out=SINGLED,
        software=SoftwareTrees(
            entries=12_345,
            trees=3,
            kinds=("site-packages", "node_modules"),
            widest=(SoftwareTree("site-packages", "r*******/lib/site-packages", 12_000),),
        ),
        pictures=pictured.pictures,
    )


def hostile() -> Review:
    """Every text that a volume, a rule or a system could bring, as bad as it can be."""
    findings = tuple(
        placed(
            ranked(
                index,
                Claim(text, text, Band.CRITICAL, 0.9, text, ("a basis", text)),
                values=(text,),
                paths=(text,),
                why=text,
                remedy=text,
                risk=Risk(90.0, Band.CRITICAL, (text,)),
                family=replace(phantom(9, 9), template=text, headers=text, examples=(text,)),
            ),
            Where.PATH,
            text,
            text,
        )
        for index, text in enumerate(HOSTILE, start=1)
    )
    texts = HOSTILE
    made = review(Outcome.BLOCK, findings)
    return replace(
        made,
        scan=replace(
            made.scan,
            id=texts[0],
            roots=texts,
            started=texts[1],
            finished=texts[5],
            version=texts[2],
            catalog_digest=texts[0],
            policy=texts[4],
            state=ScanState.COMPLETE,
            limits=texts,
        ),
        verdict=Verdict(Outcome.BLOCK, texts),
        problems=tuple(Trouble(text, Stage.WALK, text, text) for text in texts),
        troubles=tuple(Trouble(text, Stage.WALK, text, text) for text in texts),
        problem_counts=tuple((text, 1) for text in texts),
        skipped_counts=tuple((text, 1) for text in texts),
        occurrences=tuple(Occurrence("F1", 1, text, text) for text in texts),
        singling_out=SINGLED._replace(
            attributes=tuple(Attribute(text, 1.0, 1.0) for text in texts)
        ),
        pictures=partial(pictured.hostile, texts),
    )


def huge(text: str, findings: int = 20_000) -> Review:
    """A review of so many findings and families, each with this text wherever one can stand."""
    about = Claim("names/person-name", text, Band.HIGH, 0.9, "direct", (text,) * 50)
    one = ranked(
        1,
        about,
        values=(text,) * 50,
        paths=(text,) * 50,
        why=text,
        remedy=text,
        risk=Risk(80.0, Band.HIGH, (text,) * 50),
    )
    family = replace(phantom(9, 9), examples=(text,) * 50)
    items = tuple(
        replace(
            one,
            rank=rank,
            finding=replace(one.finding, id=rank),
            family=family if rank % 10 == 0 else None,
        )
        for rank in range(1, findings + 1)
    )
    made = review(Outcome.BLOCK, items)
    return replace(
        made,
        scan=replace(made.scan, roots=(text,) * 10_000, limits=(text,) * 10_000),
        verdict=Verdict(Outcome.BLOCK, (text,) * 10_000),
        problems=(Trouble(text, Stage.READ, text, text),) * 10_000,
        troubles=(Trouble(text, Stage.READ, text, text),) * 10_000,
        problem_counts=((text, 1),) * 10_000,
        skipped_counts=((text, 1),) * 10_000,
    )


@pytest.fixture(name="realistic")
def realistic_fixture() -> Review:
    return realistic()


@pytest.fixture(name="hostile")
def hostile_fixture() -> Review:
    return hostile()


@pytest.fixture
def clean() -> Review:
    return review(Outcome.PASS)


@pytest.fixture
def empty() -> Review:
    """A scan of an empty folder: nothing seen is no pass."""
    nothing = Coverage(0, 0, 0, 0, 0, 0, 0, 0, 0)
    return replace(review(Outcome.INCOMPLETE), scan=scan(nothing))


@pytest.fixture
def incomplete() -> Review:
    made = review(Outcome.INCOMPLETE)
    coverage = replace(COMPLETE, read=1_147, unreadable=3, partly=2)
    return replace(
        made,
        scan=replace(made.scan, coverage=coverage),
        problems=(Trouble("volume/S001", Stage.WALK, "permission", "permission denied"),) * 3,
        troubles=(Trouble("volume/S001", Stage.WALK, "permission", "permission denied"),) * 3,
        problem_counts=(("permission", 3), ("truncated", 2)),
    )


@pytest.fixture(name="huge")
def huge_fixture() -> Callable[[str], Review]:
    return huge


@pytest.fixture
def hostile_texts() -> tuple[str, ...]:
    return HOSTILE


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A real browser, once for all tests; they skip where there is none."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.skip("no chromium on this machine: the page cannot be tried in a real browser")
    arguments = [
        *("--no-sandbox", "--disable-gpu", "--disable-background-networking"),
        *("--disable-component-update", "--disable-sync", "--no-first-run"),
    ]
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=path, args=arguments)
        except Error as error:
            pytest.skip(f"chromium does not start here: {error.message.splitlines()[0]}")
        yield browser
        browser.close()


@pytest.fixture
def trending(realistic: Review) -> Review:
    """The realistic review as the third of its workspace; before it nothing could be scanned."""
    bands = sorted(Band, reverse=True)
    before = tuple(zip(bands, (1, 0, 2, 0, 5), strict=True))
    now = tuple(zip(bands, (2, 3, 2, 1, 1), strict=True))
    points = (
        Point("2026-11-07T03:00:00Z", Outcome.BLOCK, before, complete=True),
        Point("2026-11-14T03:00:00Z", Outcome.INCOMPLETE, None, complete=False),
        Point("2026-11-21T03:00:00Z", Outcome.BLOCK, now, complete=False),
    )
    return replace(realistic, trend=points)
