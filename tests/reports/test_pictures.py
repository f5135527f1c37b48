"""Pictures laid out: parts inside what holds them, as large as their share; and on the page."""

import random
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.pictured import folder, part, pictures
from tests.reports.conftest import claim, ranked
from vestige.model import Band
from vestige.picture import Bin, Part, Pictures, Shape, Timeline, Unit
from vestige.reports.html import html
from vestige.reports.pictures import (
    BOXES,
    ROWS,
    Box,
    Map,
    drawn,
    places,
    subjects,
    volume_map,
)
from vestige.review import Review

_ROUNDED = 0.02
_BANDS = (None, *Band)


def grown(chance: random.Random, depth: int, name: str = "top") -> Part:
    """A folder of parts of all shapes, at random."""
    shapes = (Shape.MEMBERS, Shape.FILES, Shape.REST)
    parts = [
        part(
            chance.choice(shapes),
            int(10 ** (chance.random() * 5)),
            chance.choice(_BANDS),
            f"F{chance.randint(1, 99)}",
        )
        for _ in range(chance.randint(0, 4))
    ]
    if depth:
        parts += [
            grown(chance, depth - 1, f"{name}/{number}") for number in range(chance.randint(1, 12))
        ]
    return folder(name.rpartition("/")[2], name, *parts)


@pytest.fixture(scope="module", params=["entries", "bytes"])
def maps(request: pytest.FixtureRequest) -> list[tuple[tuple[Part, ...], Map]]:
    chance = random.Random(11)  # noqa: S311 - a test, no secret
    made = []
    for _ in range(12):
        roots = tuple(grown(chance, chance.randint(0, 3)) for _ in range(chance.randint(1, 3)))
        made.append((roots, volume_map(roots, request.param)))
    return made


def holder(boxes: tuple[Box, ...], at: int) -> Box | None:
    """The box that holds another one: the last of less depth before it."""
    return next((one for one in reversed(boxes[:at]) if one.depth < boxes[at].depth), None)


def inside(part: Part) -> Iterator[Part]:
    yield part
    for one in part.parts:
        yield from inside(one)


def test_boxes_lie_in_what_holds_them_and_touch_no_other(
    maps: list[tuple[tuple[Part, ...], Map]],
) -> None:
    for _, made in maps:
        ends: dict[int, float] = {}
        for at, box in enumerate(made.boxes):
            above = holder(made.boxes, at)
            top, bottom = (above.y, above.y + above.height) if above else (0.0, made.height)
            assert top - _ROUNDED <= box.y
            assert box.y + box.height <= bottom + _ROUNDED
            assert box.x == pytest.approx(box.depth * box.width, abs=_ROUNDED)
            assert box.x + box.width <= made.width + _ROUNDED
            assert box.y >= ends.get(box.depth, 0.0) - _ROUNDED
            ends[box.depth] = box.y + box.height


def test_heights_are_shares_of_the_volume(maps: list[tuple[tuple[Part, ...], Map]]) -> None:
    for roots, made in maps:
        sizes = [getattr(one, made.measure) for one in roots]
        unit = made.height / sum(sizes) if sum(sizes) else 0
        for box in made.boxes:
            share = getattr(box.part, made.measure) * unit
            assert box.height == pytest.approx(share, abs=_ROUNDED)


def test_boxes_are_few_and_those_with_findings_are_named(
    maps: list[tuple[tuple[Part, ...], Map]],
) -> None:
    for _, made in maps:
        assert len(made.boxes) <= BOXES
        for box in made.boxes:
            if not box.lines and box.part.band is not None:
                told = any(one in made.small for one in inside(box.part))
                # Folders told together stand there one by one.
                gathered = box.part.shape is Shape.REST and box.part.count > 1
                assert told or (gathered and box.part.band in {one.band for one in made.small})
        assert [one.band for one in made.small] == sorted(
            (one.band for one in made.small), key=lambda band: 1 if band is None else -band
        )


def test_ten_thousand_folders_are_a_few_boxes() -> None:
    many = (folder(f"f{n}", f"f{n}", part(Shape.FILES, 3, _BANDS[n % 6])) for n in range(10_000))
    made = volume_map((folder("top", "top", *many),), "entries")
    assert [box.part.count for box in made.boxes[1:]] == [1666, 1666, 1667, 1667, 1667, 1667]
    bands = [box.part.band for box in made.boxes[1:]]
    assert bands == [*sorted(Band, reverse=True), None]


def test_many_thin_parts_are_bounded() -> None:
    thin = tuple(
        folder(f"f{n}", f"f{n}", part(Shape.FILES, 5), part(Shape.FILES, 5)) for n in range(30)
    )
    for _ in range(5):
        thin = tuple(folder("x", "x", one, part(Shape.FILES, 2)) for one in thin)
    assert len(volume_map(thin, "entries").boxes) <= BOXES


def test_nothing_has_no_map() -> None:
    assert volume_map((), "entries").boxes == ()
    assert volume_map((folder("a", "a", part(Shape.FILES, 0)),), "bytes").boxes == ()


def test_rows_tell_of_findings_before_what_is_clean() -> None:
    clean = (folder(f"c{n}", f"c{n}", part(Shape.FILES, 900)) for n in range(60))
    bad = folder("bad", "bad", part(Shape.FILES, 1, Band.LOW, "F7"))
    rows = places((folder("top", "top", *clean, bad),))
    assert len(rows) == ROWS
    assert {"top", "bad"} <= {row.part.name for row in rows}
    assert rows[0].depth == 0
    assert max(row.depth for row in rows) <= 2


# --- findings by kind ------------------------------------------------------------------------


def test_subjects_come_with_the_worst_first() -> None:
    findings = (
        ranked(1, claim("tree/a", "A", Band.CRITICAL)),
        ranked(2, claim("names/a", "B", Band.HIGH)),
        ranked(3, claim("names/b", "C", Band.HIGH)),
        ranked(4, claim("names/b", "C", Band.LOW)),
    )
    made = subjects(findings)
    assert [(one.name, one.findings) for one in made] == [("tree", 1), ("names", 3)]
    assert [count for _, count in made[1].bands] == [0, 2, 0, 1, 0]


# --- on the page -----------------------------------------------------------------------------


def section(text: str, name: str) -> str:
    found = text[text.index(f'<section id="{name}"') :]
    return found[: found.index("</section>")]


def test_the_map_leads_to_findings_and_tells_in_words(realistic: Review) -> None:
    made = section(html(realistic), "map")
    assert made.count("<svg viewBox") == 2
    assert 'href="#family-F11"' in made
    assert "<title>Phantom directory: 1,043 names; 312,900 files" in made
    assert "export_v1" in made
    assert made.count("<tr>") == 1 + len(drawn(realistic).places)
    assert "Too small here for a label" in made
    assert 'style="' not in made


def test_the_timeline_is_a_picture_and_the_same_numbers(realistic: Review) -> None:
    made = section(html(realistic), "when")
    assert 'role="img"' in made
    assert made.count("<rect") == 3
    assert "312,040 of 312,452" in made
    assert '<th scope="row">2019-01</th><td class="n">312,000</td>' in made
    assert "3 more files bear no time of their own" in made


def test_findings_by_kind_are_a_table(realistic: Review) -> None:
    made = section(html(realistic), "kinds")
    assert 'Names of people</th><td class="n">–</td><td class="n cell-high">1</td>' in made
    assert made.count("<tr>") == 1 + len(subjects(realistic.findings))


def test_a_review_without_pictures_has_none(clean: Review) -> None:
    made = html(clean)
    assert not re.search('<section id="(map|when|kinds)"', made)


def test_one_time_is_said_and_not_drawn(realistic: Review) -> None:
    one = Timeline(Unit.DAY, (Bin(18_000, 18_001, ((Band.HIGH, 7),)),), (), 0)
    made = section(html(replace(realistic, pictures=lambda: Pictures((), one))), "when")
    assert "on 2019-04-14 (7 files)" in made
    assert "<svg" not in made


def test_pictures_need_no_script_and_break_no_policy(
    chromium: Browser, realistic: Review, tmp_path: Path
) -> None:
    page_file = tmp_path / "report.html"
    page_file.write_text(html(realistic), encoding="utf-8")
    context = chromium.new_context(java_script_enabled=False)
    page, told = context.new_page(), []
    page.on("console", lambda message: told.append(message.text))
    page.goto(page_file.as_uri())
    assert page.locator(".by-entries").is_visible()
    assert not page.locator(".by-bytes").is_visible()
    page.check("#map-bytes")
    assert page.locator(".by-bytes").is_visible()
    assert not page.locator(".by-entries").is_visible()
    phantom = page.locator(".by-bytes svg.phantom")
    drawn_box, whole = phantom.bounding_box(), page.locator(".by-bytes .wide > svg").bounding_box()
    assert drawn_box is not None
    assert whole is not None
    made = pictures().roots[0]
    share = made.parts[0].bytes / made.bytes
    assert drawn_box["height"] / whole["height"] == pytest.approx(share, abs=0.03)
    assert told == []
    context.close()
