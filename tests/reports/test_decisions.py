"""Decisions made on the page in a real browser: exported as a baseline, and read again."""

import json
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.accepted import FAMILY, KEY, MORE, NAME, SURNAMES, Site, found, reviewed, texts
from vestige.acceptance import Decision, Scope, Standing
from vestige.catalog.baseline import load
from vestige.run import outputs
from vestige.run.acceptance import Answering, today
from vestige.run.review import open_review

HOSTILE = "\"]]\\ = <script>alert(1)</script> \u202e 😀 it's fine"
CANARIES = (*SURNAMES, *MORE, "Zargothy", "Quillonia", "48291377")


@pytest.fixture(scope="module")
def scanned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A scan of a small volume, with its reports."""
    site = Site(tmp_path_factory.mktemp("site"))
    site.plant()
    file = site.scan()
    store, review = open_review(file, 0, Answering(KEY))
    outputs.write(review, file.parent)
    store.close()
    return file


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    made = chromium.new_context(accept_downloads=True)
    yield made
    made.close()


def opened(context: BrowserContext, file: Path) -> tuple[Page, list[str]]:
    page, messages = context.new_page(), list[str]()
    page.on("console", lambda message: messages.append(message.text))
    page.on("pageerror", lambda error: messages.append(str(error)))
    page.on("dialog", lambda dialog: messages.append(dialog.message))
    page.goto((file.parent / "report.html").as_uri())
    return page, messages


def unfold(page: Page, number: str) -> None:
    """Open a finding as a person does: first what it lies in, then itself."""
    card = page.locator(f"#{number}")
    if not card.is_visible():
        page.locator(f".cause:has(#{number}) > details > summary").click()
    if not card.locator(".more").is_visible():
        card.locator("summary").click()


def decide(page: Page, number: str, choice: str, because: str = "sealed", days: int = 30) -> None:
    card = page.locator(f"#{number}")
    unfold(page, number)
    card.locator(f".decide [value={choice}]").check()
    card.locator(".decide [name=by]").fill("DPO")
    card.locator(".decide [name=because]").fill(because)
    card.locator(".decide [name=until]").fill((today() + timedelta(days=days)).isoformat())
    card.locator(".decide [type=submit]").click()


def exported(page: Page, to: Path, button: str = "#decisions-export") -> Path:
    with page.expect_download() as download:
        page.locator(button).click()
    download.value.save_as(to)
    return to


def test_decide_export_scan_again(scanned: Path, context: BrowserContext, tmp_path: Path) -> None:
    before = reviewed(scanned, day=today())
    page, messages = opened(context, scanned)
    family, name = found(before, FAMILY), found(before, NAME, "(0010,0010)")
    counting = [one for one in before.findings if one.identity]
    for one in counting:
        choice = "false-alarm" if one is name else "accepted"
        decide(page, one.number, choice, HOSTILE if one is family else "sealed")
    file = exported(page, tmp_path / "b.toml")
    assert messages == []
    baseline = load(file, today())
    assert {grant.fingerprint for grant in baseline.grants} == {
        one.identity.fingerprint for one in counting if one.identity
    }
    by_scope = {grant.scope: grant for grant in baseline.grants}
    assert by_scope[Scope.FAMILY].because.startswith('"]]\\ = <script>alert(1)</script>')
    assert [g.decision for g in baseline.grants].count(Decision.FALSE_ALARM) == 1
    assert not [word for word in CANARIES if word.lower() in file.read_text().lower()]
    after = reviewed(scanned, baseline, today())
    assert {one.accepted.standing for one in after.findings if one.accepted} == {Standing.HOLDS}
    assert before.verdict.outcome.value == "block"
    assert after.verdict.outcome.value == "pass"


def test_decisions_live_in_the_tab_and_are_read_again(
    scanned: Path, context: BrowserContext, tmp_path: Path
) -> None:
    review = reviewed(scanned, day=today())
    one, other = (found(review, rule).number for rule in (FAMILY, NAME))
    page, messages = opened(context, scanned)
    decide(page, one, "accepted")
    decide(page, other, "confirmed")
    page.reload()
    assert (
        "1 accepted, 0 false alarms, 1 confirmed" in page.locator("#decisions-shown").inner_text()
    )
    file = exported(page, tmp_path / "b.toml")
    assert len(load(file, today()).grants) == 1
    fresh, _ = opened(context, scanned)
    assert "0 accepted" in fresh.locator("#decisions-shown").inner_text()
    fresh.locator("#decisions-import").set_input_files(file)
    fresh.locator("#decisions-shown", has_text="1 decisions were taken").wait_for()
    assert exported(fresh, tmp_path / "c.toml").read_bytes() == file.read_bytes()
    unfold(fresh, one)
    assert fresh.locator(f"#{one} [name=by]").input_value() == "DPO"
    fresh.locator(f"#{one} [name=undo]").click()
    assert load(exported(fresh, tmp_path / "d.toml"), today()).grants == ()
    assert messages == []


def test_one_decision_for_all_of_a_cause_and_a_log_of_all(
    scanned: Path, context: BrowserContext, tmp_path: Path
) -> None:
    page, messages = opened(context, scanned)
    cause = page.locator(".cause").first
    numbers = cause.locator(".finding").evaluate_all("all => all.map(one => one.id)")
    assert len(numbers) > 1
    cause.locator(":scope > details > summary").click()
    form = cause.locator(".shared .decide", has_text="Your decision on all")
    form.locator("[value=confirmed]").check()
    form.locator("[name=by]").fill("DPO")
    form.locator("[type=submit]").click()
    assert f"{len(numbers)} of {len(numbers)} decided" in cause.inner_text()
    family = found(reviewed(scanned, day=today()), FAMILY).number
    decide(page, family, "accepted", HOSTILE)
    rows = page.locator("#decisions-made tbody tr")
    assert rows.count() == len(numbers) + 1
    page.emulate_media(media="print")
    assert rows.first.is_visible()
    assert not page.locator("#decisions-export").is_visible()
    page.emulate_media(media="screen")
    log = exported(page, tmp_path / "log.json", "#decisions-log")
    told = json.loads(log.read_text(encoding="utf-8"))
    assert {one["finding"] for one in told["decisions"]} == {*numbers, family}
    assert {one["by"] for one in told["decisions"]} == {"DPO"}
    assert not [word for word in CANARIES if word.lower() in log.read_text().lower()]
    fresh, more = opened(context, scanned)
    fresh.locator("#decisions-import").set_input_files(log)
    fresh.locator(
        "#decisions-shown", has_text=f"{len(numbers) + 1} decisions were taken"
    ).wait_for()
    assert fresh.locator("#decisions-made tbody tr").count() == len(numbers) + 1
    again = json.loads(exported(fresh, tmp_path / "b.json", "#decisions-log").read_text("utf-8"))
    assert again["decisions"] == told["decisions"]
    assert messages == more == []


@pytest.mark.parametrize(
    "change", [{"decisions": [{"decision": "constructor"}]}, {"format": "x"}, {"key": "00"}]
)
def test_a_log_that_is_none_of_ours_is_refused(
    scanned: Path, context: BrowserContext, tmp_path: Path, change: dict[str, object]
) -> None:
    page, messages = opened(context, scanned)
    file = exported(page, tmp_path / "log.json", "#decisions-log")
    file.write_text(json.dumps(json.loads(file.read_text()) | change))
    page.locator("#decisions-import").set_input_files(file)
    page.locator("#decisions-shown", has_text="nothing was taken from it").wait_for()
    assert page.locator("#decisions-made tbody tr").count() == 0
    assert messages == []


def test_what_a_page_cannot_match_is_kept_as_it_is(
    scanned: Path, context: BrowserContext, tmp_path: Path
) -> None:
    review = reviewed(scanned, day=today())
    page, _ = opened(context, scanned)
    decide(page, found(review, FAMILY).number, "accepted")
    file = exported(page, tmp_path / "b.toml")
    text = file.read_text()
    below = text[text.index("[[accepted]]") :].replace('scope = "family"', 'scope = "below"')
    below = below[: below.index("fingerprint")] + 'directory = "' + "0e" * 16 + '"\n'
    file.write_text(text.replace("held = [", 'held = [\n    "ffffffffffffffff",', 1) + "\n" + below)
    kept = load(file, today()).grants
    fresh, _ = opened(context, scanned)
    fresh.locator("#decisions-import").set_input_files(file)
    fresh.locator("#decisions-shown", has_text="2 more of the opened baseline").wait_for()
    assert load(exported(fresh, tmp_path / "c.toml"), today()).grants == kept


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('key = "', 'key = "00', "made under another key"),
        ("version = 1", "version = 9", "that this page can read"),
        ("version = 1", "what is this", "that this page can read"),
    ],
)
def test_a_foreign_file_is_refused(
    scanned: Path, context: BrowserContext, tmp_path: Path, old: str, new: str, said: str
) -> None:
    page, messages = opened(context, scanned)
    file = exported(page, tmp_path / "b.toml")
    file.write_text(file.read_text().replace(old, new))
    page.locator("#decisions-import").set_input_files(file)
    page.locator("#decisions-shown", has_text=said).wait_for()
    assert messages == []


def test_what_is_missing_is_said(scanned: Path, context: BrowserContext, tmp_path: Path) -> None:
    number = found(reviewed(scanned, day=today()), FAMILY).number
    page, _ = opened(context, scanned)
    said = page.locator(f"#{number} .decide [role=status]")
    decide(page, number, "accepted", because="  ")
    assert said.inner_text() == "Say why."
    decide(page, number, "accepted", days=-1)
    assert "is over" in said.inner_text()
    decide(page, number, "accepted", days=800)
    assert "two years" in said.inner_text()
    assert load(exported(page, tmp_path / "b.toml"), today()).grants == ()


def test_storage_that_is_refused_stops_nothing(
    scanned: Path, context: BrowserContext, tmp_path: Path
) -> None:
    context.add_init_script(
        "Object.defineProperty(window, 'sessionStorage',"
        " { get() { throw new DOMException('no', 'SecurityError'); } });"
    )
    page, messages = opened(context, scanned)
    decide(page, found(reviewed(scanned, day=today()), FAMILY).number, "accepted")
    assert len(load(exported(page, tmp_path / "b.toml"), today()).grants) == 1
    assert messages == []


def test_without_scripts_and_on_paper_there_is_no_control(
    scanned: Path, chromium: Browser, context: BrowserContext
) -> None:
    plain = chromium.new_context(java_script_enabled=False)
    page, _ = opened(plain, scanned)
    assert not page.locator("#decisions").is_visible()
    assert page.locator(".finding .decide").count() == 0
    plain.close()
    page, _ = opened(context, scanned)
    assert page.locator("#decisions").is_visible()
    number = found(reviewed(scanned, day=today()), FAMILY).number
    unfold(page, number)
    page.locator(f"#{number} .decide").wait_for()
    page.emulate_media(media="print")
    assert not page.locator("#decisions").is_visible()
    assert not page.locator(f"#{number} .decide").is_visible()


def test_the_page_with_digests_names_nobody(scanned: Path, tmp_path: Path) -> None:
    shutil.copytree(scanned.parent, tmp_path / "out")
    told = texts(tmp_path / "out").lower()
    assert "data-fingerprint" in told
    assert not [word for word in CANARIES if word.lower() in told]
