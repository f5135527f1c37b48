"""The report of the demo in a real browser: its first screen, views, commands, print and access."""

import os
import re
import shlex
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Literal, NamedTuple
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from typer.testing import CliRunner

from vestige.cli.commands import app
from vestige.reports.html import html
from vestige.review import Review
from vestige.run import demo
from vestige.run.plan import Request, plan
from vestige.run.reported import reported
from vestige.run.scan import scan

DOCUMENT = Path(__file__).parents[2] / "docs" / "report.md"


class Site(NamedTuple):
    """The demo volume, and the folder of its scan."""

    volume: Path
    out: Path

    @property
    def report(self) -> Path:
        return self.out / "report.html"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demo, scanned under the key of a data folder of its own."""
    home = tmp_path_factory.mktemp("demo")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("XDG_DATA_HOME", os.fspath(home / "data"))
        volume = demo.plant(home)
        planned = plan(Request(roots=(volume,), out=home / "scan", jobs=1))
        reported(planned, scan(planned, lambda _: None))
        yield Site(volume, planned.out)


@pytest.fixture(scope="module")
def context(chromium: Browser) -> Iterator[BrowserContext]:
    made = chromium.new_context(viewport={"width": 1366, "height": 768})
    made.grant_permissions(["clipboard-read", "clipboard-write"])
    yield made
    made.close()


@pytest.fixture(scope="module")
def _page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def page(_page: Page, site: Site) -> Page:
    """The report, freshly opened in the one page of this module."""
    _page.goto("about:blank")
    _page.emulate_media(media="screen", color_scheme="light")
    _page.goto(site.report.as_uri())
    return _page


def visible(page: Page, what: str = ".finding") -> list[str]:
    return [str(one.get_attribute("id")) for one in page.locator(what).all() if one.is_visible()]


# --- the first screen ----------------------------------------------------------------------------

FIRST = (
    "#headline .lead .worst .concern .tallies .made #first-steps .steps>li:last-child "
    "#coverage .alarm .bar .sum .panel:last-child>.note:nth-of-type(3)"
)


@pytest.mark.parametrize("which", ["demo", "trending"])
def test_a_laptop_shows_the_first_screen_without_scrolling(
    page: Page, trending: Review, tmp_path: Path, which: str
) -> None:
    if which == "trending":
        (tmp_path / "r.html").write_text(html(trending), encoding="utf-8")
        page.goto((tmp_path / "r.html").as_uri())
        assert page.locator(".since-last").bounding_box()
    for selector in FIRST.split():
        box = page.locator(selector).first.bounding_box()
        assert box is not None, selector
        assert box["y"] + box["height"] <= 768, selector


def test_the_five_answers_stand_on_the_page(page: Page) -> None:
    said = re.findall(r"^> (.+)$", DOCUMENT.read_text(encoding="utf-8"), re.MULTILINE)
    page.emulate_media(media="print")
    shown = " ".join(page.locator("body").inner_text().split()).casefold()
    assert len(said) >= 10
    assert [words for words in said if words.strip("“”").casefold() not in shown] == []


# --- views ---------------------------------------------------------------------------------------


def test_facets_filter_and_the_address_keeps_the_view(page: Page) -> None:
    everything = page.locator(".finding").count()
    option = page.locator("#filter-folder option", has_text="volume/export_v1").inner_text()
    page.locator("#filter-folder").select_option(label=option)
    some = option.split("(")[1].rstrip(")")
    told = f"Showing {some} of {everything} on this page"
    assert page.locator("#filter-shown").inner_text() == told
    page.locator("#filter-folder").select_option("")
    page.locator("#filter-kind").select_option("staff")
    page.locator("#filter-text").fill("physician")
    page.get_by_label("Medium", exact=True).uncheck()
    page.locator("#filter-order").select_option("files")
    (cause,) = visible(page, ".cause")
    page.locator(f"#{cause} > details > summary").click()
    inside = visible(page)
    assert inside
    page.wait_for_function("location.hash.includes('open=')")
    assert parse_qs(page.url.partition("#?")[2]) == {
        "q": ["physician"],
        "without": ["medium"],
        "kind": ["staff"],
        "first": ["files"],
        "open": [cause],
    }
    shown = page.locator("#filter-shown").inner_text()
    page.reload()
    assert visible(page) == inside
    assert page.locator("#filter-shown").inner_text() == shown
    assert page.locator("#filter-order").input_value() == "files"
    page.locator("#filter-clear").click()
    page.locator(f"#{cause} > details > summary").click()
    page.wait_for_function("!location.hash")
    assert page.locator("#filter-shown").inner_text() == f"Showing all {everything} on this page"
    page.locator("#filter-rule").select_option("names/person-name")
    assert parse_qs(page.url.partition("#?")[2]) == {"rule": ["names/person-name"]}


def test_an_address_of_anybodys_making_breaks_nothing(page: Page, site: Site) -> None:
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    for bad in (
        "#?kind=x&rule=%3Cscript%3E&first=1&open=..&without=critical",
        "#%E0%A4%A",
        "#?&&=",
    ):
        page.goto("about:blank")
        page.goto(site.report.as_uri() + bad)
        assert page.locator("#findings").is_visible()
    assert said == []


@pytest.mark.parametrize("scripts", [True, False])
def test_a_link_opens_a_finding_in_its_cause(
    chromium: Browser,
    site: Site,
    scripts: bool,  # noqa: FBT001
) -> None:
    context = chromium.new_context(java_script_enabled=scripts)
    page = context.new_page()
    page.goto(site.report.as_uri())
    inner = page.locator(".cause .finding").first.get_attribute("id")
    page.goto(f"{site.report.as_uri()}#{inner}")
    page.locator(f"#{inner} summary").wait_for(state="visible")
    context.close()


def test_the_keyboard_goes_into_a_cause(page: Page) -> None:
    page.locator(".cause summary").first.focus()
    page.keyboard.press("Enter")
    page.locator(".cause .decide").first.wait_for()
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.cause .finding summary')"):
            break
    page.keyboard.press("Enter")
    assert page.locator(".cause .finding details[open] .more").first.is_visible()


def test_every_finding_is_on_the_page_in_order_of_bands(page: Page, site: Site) -> None:
    rows = (site.out / "findings.csv").read_text(encoding="utf-8").count("\n") - 1
    ranks = page.locator(".finding").evaluate_all("all => all.map(one => Number(one.dataset.rank))")
    assert sorted(ranks) == list(range(1, rows + 1))
    bands = page.locator(".finding").evaluate_all("all => all.map(one => one.dataset.band)")
    order = ["critical", "high", "medium", "low", "info"]
    assert bands == sorted(bands, key=order.index)


# --- commands ------------------------------------------------------------------------------------


def test_a_command_is_copied(page: Page) -> None:
    first = page.locator(".command").first
    button = first.get_by_role("button", name="Copy the command of step 1", exact=True)
    button.click()
    # The browser answers later whether it could be copied.
    first.locator("button [aria-hidden]", has_text="Copied").wait_for(timeout=10_000)
    assert page.evaluate("navigator.clipboard.readText()") == first.locator("code").inner_text()


def test_the_commands_on_the_page_do_what_they_say(
    page: Page, site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands = page.locator(".family").first.locator(".command code").all_inner_texts()
    monkeypatch.chdir(site.out)
    copy, codes = tmp_path / "copy", []
    shutil.copytree(site.volume / "export_v1", copy)
    for command in commands:
        if "record-deletion" in command:
            for named in (site.volume / "export_v1").iterdir():
                shutil.rmtree(named)
        words = command.replace("VOLUME", str(site.volume)).replace("COPY", str(copy))
        ran = CliRunner().invoke(app, shlex.split(words)[1:])
        assert ran.exception is None or isinstance(ran.exception, SystemExit), command
        codes.append(ran.exit_code)
    # The second scan still finds what was dirty from the start; nothing of it is new.
    assert codes == [0, 0, 0, 0, 0, 0, 1, codes[-1]]
    assert "gone" in ran.output


# --- print and access ----------------------------------------------------------------------------


def test_printing_opens_what_it_prints_and_closes_it_again(page: Page) -> None:
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".full > details:not([open])").count() == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator(".full > details[open]").count() == 0
    page.wait_for_timeout(100)
    assert page.evaluate("location.hash") == ""


def test_print_is_complete(page: Page) -> None:
    page.emulate_media(media="print")
    everything = page.locator(".finding").count()
    assert len(visible(page)) == everything
    counting = page.locator(".finding.full")
    assert 0 < counting.count() < everything
    assert all(one.locator(".more").is_visible() for one in counting.all())
    assert not page.locator(".finding:not(.full) .more").first.is_visible()
    assert not page.locator(".copy").first.is_visible()


AXE = os.environ.get("VESTIGE_AXE", "")
OPEN_ALL = "all => all.forEach(one => { one.open = true })"


@pytest.mark.skipif(not AXE, reason="VESTIGE_AXE names no axe.min.js: access is not examined")
@pytest.mark.parametrize(
    ("media", "scheme", "which"),
    [
        ("screen", "light", "demo"),
        ("screen", "dark", "trending"),
        ("print", "light", "trending"),
        ("screen", "light", "hostile"),
    ],
)
def test_axe_finds_no_serious_violation(
    page: Page,
    request: pytest.FixtureRequest,
    tmp_path: Path,
    media: Literal["screen", "print"],
    scheme: Literal["light", "dark"],
    which: str,
) -> None:
    if which != "demo":
        review = replace(request.getfixturevalue(which), revealed=which == "hostile")
        (tmp_path / "r.html").write_text(html(review), encoding="utf-8")
        page.goto((tmp_path / "r.html").as_uri())
    page.emulate_media(media=media, color_scheme=scheme)
    page.locator("details").evaluate_all(OPEN_ALL)
    page.evaluate(Path(AXE).read_text(encoding="utf-8"))
    found = page.evaluate("axe.run({ resultTypes: ['violations'] })")
    told = [
        (one["id"], node["target"], node["failureSummary"][:200])
        for one in found["violations"]
        if one["impact"] in {"serious", "critical"}
        for node in one["nodes"][:2]
    ]
    assert told == []


def test_text_has_contrast_in_greyscale_and_bands_have_words_and_shapes(page: Page) -> None:
    page.locator("details").evaluate_all(OPEN_ALL)
    assert page.evaluate(GREY) == []
    marks = page.locator(".tallies li").evaluate_all(
        "all => all.map(one => [one.querySelector('use').getAttribute('href'), one.textContent])"
    )
    assert len({shape for shape, _ in marks}) == 5
    assert all(re.search("[a-z]+$", text.strip()) for _, text in marks)


GREY = """() => {
  const grey = ([r, g, b]) => .2126 * r + .7152 * g + .0722 * b;
  const light = (c) => (c /= 255, c <= .03928 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4);
  const parse = (css) => (css.match(/[\\d.]+/g) || []).map(Number);
  const ground = (element) => {
    for (; element; element = element.parentElement) {
      const colour = parse(getComputedStyle(element).backgroundColor);
      if (colour.length === 3 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  const poor = new Set();
  for (const element of document.body.querySelectorAll("*")) {
    const own = [...element.childNodes].some((one) => one.nodeType === 3 && one.data.trim());
    if (!own || element.closest("svg") || !element.checkVisibility()) continue;
    const [a, b] = [getComputedStyle(element).color, null];
    const [x, y] = [light(grey(parse(a))), light(grey(ground(element)))];
    if ((Math.max(x, y) + .05) / (Math.min(x, y) + .05) < 4.5) poor.add(element.className);
  }
  return [...poor];
}"""
