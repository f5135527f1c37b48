"""The page as text: complete, bounded, escaped; and in a real browser, scripts on and off."""

import base64
import hashlib
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page

from vestige import shipped
from vestige.reports.environment import environment
from vestige.reports.html import FINDINGS, html, write_html
from vestige.reports.wording import FATES
from vestige.review import Review

LIMIT = 5_000_000
_VOID = {"meta", "input", "br", "link", "img"}


class Outline(HTMLParser):
    """Tags, headings, ids and link targets; fails where tags do not nest."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.levels: list[int] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.loads: list[str] = []
        self.handlers: list[str] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag not in _VOID:
            self.open.append(tag)
        if re.fullmatch(r"h\d", tag):
            self.levels.append(int(tag[1]))
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            elif name == "href":
                self.links.append(value or "")
            elif name in {"src", "srcset", "action", "data", "style"}:
                self.loads.append(name)
            elif name.startswith("on"):
                self.handlers.append(name)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def outline(text: str) -> Outline:
    made = Outline()
    made.feed(text)
    made.close()
    assert made.open == []
    assert {link[1:] for link in made.links} <= set(made.ids)
    return made


@pytest.fixture(params=["realistic", "clean", "empty", "incomplete", "hostile", "trending"])
def any_review(request: pytest.FixtureRequest) -> Review:
    made = request.getfixturevalue(request.param)
    assert isinstance(made, Review)
    return made


def test_the_page_is_sound(any_review: Review) -> None:
    text = html(any_review)
    assert "<!--" not in text
    made = outline(text)
    assert made.levels[0] == 1
    assert made.levels.count(1) == 1
    assert all(b - a <= 1 for a, b in zip(made.levels, made.levels[1:], strict=False))
    assert len(made.ids) == len(set(made.ids))
    assert all(link.startswith("#") for link in made.links)
    assert made.loads == []
    assert made.handlers == []
    assert {"main", "header", "nav", "footer"} <= made.tags


def test_the_policy_names_our_own_blocks_and_nothing_else(realistic: Review) -> None:
    text = html(realistic)
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', text)
    assert policy is not None
    for tag in ("style", "script"):
        (block,) = re.findall(f"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(block.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy[1]
    assert policy[1].startswith("default-src 'none';")
    assert "unsafe" not in policy[1]


def test_first_screen_of_a_block(realistic: Review) -> None:
    text = html(realistic)
    assert "Do not share this data yet: its folders still name people." in text
    assert "<strong>1,081</strong>" in text
    assert "<strong>312,900</strong>" in text
    assert "220 entries were not examined, or only in part" in text
    assert "The sum agrees: 411,990 + 21 + 222 = 412,233." in text
    assert text.index('id="first-steps"') < text.index('id="families"') < text.index('id="F11"')


def test_the_trend_is_a_picture_and_the_same_numbers(trending: Review) -> None:
    text = html(trending)
    section = text[text.index('<section id="trend"') :]
    section = section[: section.index("</section>")]
    assert section.count("<rect") == 3 + 5
    assert section.count("<tr>") == 1 + 3
    newest, gap, oldest = re.findall(r"<tr><th scope=\"row\">(.*?)</tr>", section)
    assert newest.startswith("21 November 2026, 03:00 UTC")
    assert re.findall(r'class="n">(\d+)<', newest) == ["2", "3", "2", "1", "1"]
    assert "Nothing could be scanned" in gap
    assert re.findall(r'class="n">(\d+)<', oldest) == ["1", "0", "2", "0", "5"]


def test_one_review_alone_has_no_trend(trending: Review, realistic: Review) -> None:
    assert 'id="trend"' not in html(realistic)
    assert 'id="trend"' not in html(replace(trending, trend=trending.trend[-1:]))


def test_phantom_directories_come_with_all_their_facts(realistic: Review) -> None:
    text = html(realistic)
    card = text[text.index('id="family-F11"') : text.index('id="family-F16"')]
    for fact in (
        "research/export_v1",
        "<strong>Certain.</strong>",
        "<strong>1,043</strong>",
        "<strong>1,039</strong>",
        "<strong>164.7 GB</strong>",
        "{word}_{uuid}",
        "Q*******_3f2a…",
        "and 1,038 more",
        "at least 97 %",
        "8 March 2019",
        "25 March 2019",
        "Clean: the images inside are emptied of names, their folders are not",
        "Emptying the headers",
        "Compare this folder",
    ):
        assert fact in re.sub("</?mark>", "", card), fact


def test_singling_out_is_a_picture_and_the_same_numbers(realistic: Review, clean: Review) -> None:
    text = html(realistic)
    assert "412" in text
    assert text.count('class="alone"') == 2 * 4
    assert '<rect class="alone" width="31.0" height="10"/>' in text
    assert '<rect class="cell-medium" x="381.1" width="361.7" height="26"/>' in text
    assert "<strong>391</strong> (36.1 %) like one to three others" in text
    assert "without date of the study 12 % stay unique" in text
    assert "412 groups of 1, 90 groups of 2" in text
    assert 'id="singling"' not in html(clean)


def test_clean_incomplete_and_empty(clean: Review, incomplete: Review, empty: Review) -> None:
    assert "Everything that was seen was examined in full." in html(clean)
    assert "No rule found anything" in html(clean)
    assert "5 entries were not examined" in html(incomplete)
    assert "Vestige was not allowed to open it" in html(incomplete)
    assert "Nothing was seen" in html(empty)
    assert "Everything that was seen" not in html(empty)
    assert "Scan again, to the end" in html(empty)


def test_the_page_never_promises_anonymity() -> None:
    for source in shipped.templates().iterdir():
        if source.name.endswith((".j2", ".js", ".css")):
            assert "anonym" not in source.read_text(encoding="utf-8").lower(), source.name


def test_a_template_that_forgets_to_clip_still_shows_what_cannot_be_seen() -> None:
    template = environment().from_string("{{ text }}|{{ count }}")
    assert template.render(text="<b>\x1b\u202e\udcff", count=3) == ("&lt;b&gt;\\x1b\\u202e\\xff|3")


def test_no_hostile_text_comes_through(hostile: Review, hostile_texts: tuple[str, ...]) -> None:
    text = html(hostile)
    text.encode()
    body = text[text.index("<body>") : text.rindex("<script>")]
    assert all(char.isprintable() or char == "\n" for char in body)
    for raw in ("<script>doc", "<img", "<svg onload", "</style><", '"><img'):
        assert raw not in body
    assert "&lt;script&gt;document.title" in body
    assert "{{ 7*7 }}" in body
    assert "&amp;lt;b&amp;gt;" in body
    assert len(hostile_texts) == 15


@pytest.mark.parametrize("text", ["Q***", "'\"<&>" * 400, "\U000e0041" * 3_000, "\x00" * 3_000])
def test_twenty_thousand_findings_stay_below_the_limit(
    huge: Callable[[str], Review], text: str
) -> None:
    review = huge(text)
    made = html(review)
    assert len(made.encode()) < LIMIT
    shown = made.count('<li class="finding')
    assert 20 <= shown <= FINDINGS
    assert f"worst <strong>{shown}</strong> of <strong>20,000</strong>" in made
    outline(made)


def test_a_cap_is_reached_and_said(huge: Callable[[str], Review]) -> None:
    made = html(huge("Q***"))
    assert made.count('<li class="finding') == FINDINGS
    assert "1,950 more stand in <code>families.csv</code>" in made
    assert "The first 100 problems" in made
    assert "500 findings of 20,000" in made


def test_same_review_same_bytes(any_review: Review) -> None:
    stream = io.StringIO()
    write_html(any_review, stream)
    assert stream.getvalue() == html(any_review)


# --- in a real browser -------------------------------------------------------------------------


@dataclass
class Opened:
    """A page in the browser, with what it said and what it asked for."""

    page: Page
    messages: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)


Open = Callable[..., Opened]


@pytest.fixture
def opened(chromium: Browser, tmp_path: Path) -> Iterator[Open]:
    contexts = []

    def open_page(
        review: Review,
        *,
        scripts: bool = True,
        width: int = 1280,
        scheme: Literal["light", "dark"] = "light",
        fragment: str = "",
    ) -> Opened:
        file = tmp_path / "report.html"
        file.write_text(html(review), encoding="utf-8")
        context = chromium.new_context(
            java_script_enabled=scripts,
            viewport={"width": width, "height": 800},
            color_scheme=scheme,
        )
        contexts.append(context)
        made = Opened(context.new_page())
        made.page.on("console", lambda message: made.messages.append(message.text))
        made.page.on("pageerror", lambda error: made.messages.append(str(error)))
        made.page.on("dialog", lambda dialog: made.messages.append(dialog.message))
        made.page.on("request", lambda request: made.requests.append(request.url))
        made.page.goto(file.as_uri() + fragment)
        return made

    yield open_page
    for context in contexts:
        context.close()


@pytest.mark.parametrize("scripts", [True, False])
def test_the_browser_has_nothing_to_say(
    opened: Open,
    any_review: Review,
    scripts: bool,  # noqa: FBT001
) -> None:
    made = opened(any_review, scripts=scripts)
    assert made.messages == []
    assert len(made.requests) == 1
    assert made.requests[0].startswith("file://")
    assert made.page.title().split(":")[0] in {"Stop", "Incomplete", "Passed"}
    assert made.page.locator("h1").is_visible()


def test_hostile_texts_execute_nothing(opened: Open, hostile: Review) -> None:
    made = opened(replace(hostile, revealed=True))
    made.page.locator("#filter-open").click()
    for name in ("rule", "folder"):
        values = made.page.locator(f"#filter-{name} option").evaluate_all(
            "all => all.map(one => one.value)"
        )
        for value in values[:4]:
            made.page.locator(f"#filter-{name}").select_option(value)
    made.page.reload()
    assert visible_findings(made.page)
    made.page.wait_for_timeout(100)
    assert made.messages == []
    assert made.page.locator("script").count() == 1
    assert made.page.locator("img").count() == 0
    assert made.page.evaluate("document.querySelectorAll('[onerror],[onload]').length") == 0
    assert "owned" not in made.page.title().split(":")[0]


def test_without_scripts_findings_open_and_no_dead_control_shows(
    opened: Open, realistic: Review
) -> None:
    page = opened(realistic, scripts=False).page
    assert not page.locator("#filter").is_visible()
    assert page.locator(".finding").count() == 9
    assert not page.locator("#F12 .more").is_visible()
    page.locator("#F12 summary").click()
    assert page.locator("#F12 .more").is_visible()


def visible_findings(page: Page) -> list[str | None]:
    return [
        item.get_attribute("id") for item in page.locator(".finding").all() if item.is_visible()
    ]


def test_filter_by_text_and_band(opened: Open, realistic: Review) -> None:
    page = opened(realistic).page
    assert page.locator("#filter-shown").inner_text() == "Showing all 9 on this page"
    page.locator("#filter-text").fill("  MANUFACTURER private ")
    assert visible_findings(page) == ["F14"]
    assert page.locator("#filter-shown").inner_text() == "Showing 1 of 9 on this page"
    page.locator("#filter-text").fill("nothing of this kind")
    assert visible_findings(page) == []
    page.locator("#filter-text").fill("")
    page.get_by_label("Critical", exact=True).uncheck()
    page.get_by_label("High", exact=True).uncheck()
    assert visible_findings(page) == ["F16", "F17", "F18", "F19"]
    assert not page.locator("#band-critical").is_visible()


def test_sort_within_bands_and_back(opened: Open, realistic: Review) -> None:
    page = opened(realistic).page
    page.locator("#filter-order").select_option("files")
    assert visible_findings(page) == ["F11", "F12", "F14", "F13", "F15", "F17", "F16", "F18", "F19"]
    page.locator("#filter-order").select_option("people")
    assert visible_findings(page)[2:4] == ["F14", "F13"]
    page.locator("#filter-order").select_option("rank")
    assert visible_findings(page) == [f"F{n}" for n in range(11, 20)]


def test_open_all_and_close_all(opened: Open, realistic: Review) -> None:
    page = opened(realistic).page
    button = page.locator("#filter-open")
    button.click()
    assert page.locator(".finding details[open]").count() == 9
    page.wait_for_function("document.getElementById('filter-open').textContent === 'Close all'")
    button.click()
    assert page.locator(".finding details[open]").count() == 0


def test_a_link_opens_its_finding_even_if_filtered_away(opened: Open, realistic: Review) -> None:
    page = opened(realistic, fragment="#F14").page
    assert page.locator("#F14 .more").is_visible()
    page.locator("#filter-text").fill("nothing of this kind")
    page.locator(".steps a", has_text="F12").click()
    page.locator("#F12 .more").wait_for(state="visible")


def test_the_keyboard_reaches_and_opens_a_finding(opened: Open, realistic: Review) -> None:
    page = opened(realistic).page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.locator("#filter-clear").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.locator("#F11 .more").is_visible()


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_nothing_is_wider_than_the_screen(opened: Open, any_review: Review, width: int) -> None:
    page = opened(any_review, width=width).page
    page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true })")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


CONTRAST = """() => {
  const channel = (c) => (c /= 255, c <= .03928 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4);
  const parse = (css) => (css.match(/[\\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => .2126 * channel(r) + .7152 * channel(g) + .0722 * channel(b);
  const ground = (element) => {
    for (; element; element = element.parentElement) {
      const colour = parse(getComputedStyle(element).backgroundColor);
      if (colour.length === 3 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  const poor = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    if (!texts.currentNode.data.trim() || !element.checkVisibility()) continue;
    const [a, b] = [light(parse(getComputedStyle(element).color)), light(ground(element))];
    const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    if (ratio < 4.5) poor.push([element.className || element.tagName, ratio.toFixed(2)].join(" "));
  }
  return [...new Set(poor)];
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_has_contrast(
    opened: Open, realistic: Review, scheme: Literal["light", "dark"]
) -> None:
    page = opened(realistic, scheme=scheme).page
    page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true })")
    assert page.evaluate(CONTRAST) == []


def test_tables_and_controls_are_labelled(opened: Open, realistic: Review) -> None:
    page = opened(realistic).page
    assert page.locator("th:not([scope])").count() == 0
    assert page.evaluate(
        "[...document.querySelectorAll('input, select')].every(one => one.labels.length === 1)"
    )
    unnamed = page.evaluate(
        "[...document.querySelectorAll('section[aria-labelledby], article[aria-labelledby]')]"
        ".filter(one => !document.getElementById(one.getAttribute('aria-labelledby'))).length"
    )
    assert unnamed == 0


def test_print_opens_what_weighs_most_and_hides_controls(opened: Open, realistic: Review) -> None:
    page = opened(realistic).page
    page.emulate_media(media="print")
    assert page.locator("#F11 .more").is_visible()
    assert page.locator("#F13 .more").is_visible()
    assert not page.locator("#F18 .more").is_visible()
    assert not page.locator("#filter").is_visible()
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")


def test_the_page_says_what_became_of_the_bytes_of_image_files(
    clean: Review, empty: Review
) -> None:
    made = html(clean)
    for _, words in FATES:
        assert words in made
    assert "580 MB" in made
    assert "Inside image files" not in html(empty)


def test_software_and_explanations_stand_on_the_page(realistic: Review, clean: Review) -> None:
    page = html(realistic)
    said = "12,345 entries lie in 3 software trees (site-packages, node_modules)"
    assert f"{said}: names judged by the expectation of software" in page
    assert "r*******/lib/site-packages" in page
    assert "What it was judged by" in page
    assert "software trees" not in html(clean)
