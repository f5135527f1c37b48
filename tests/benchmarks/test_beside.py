"""The comparison beside the images: what a plant needs to be found, and what rings at a control."""

from pathlib import Path

from benchmarks.beside import Kind, Planted, Seen, compared, planted
from benchmarks.beside_plant import Field, Plant, written
from vestige.model import Band

NOTE = Kind("notes", Plant("note", Field.NAME, written("a.txt", lambda v, n: f"{n}: {v}\n")))
KEY = (
    Planted(NOTE, 0, "p000/k000/a.zip!/b", dirty=True),
    Planted(NOTE, 0, "c000/k000/a.zip!/b", dirty=False),
)
DIRTY, CLEAN = "p000/k000/a.zip", "c000/k000/a.zip"
INSIDE = Seen("names/x", "text", Band.MEDIUM, 1)


def test_a_plant_is_found_where_it_stands() -> None:
    found = compared(KEY, {DIRTY: (INSIDE,)})
    (figure,) = found.by_kind()
    assert (figure.name, figure.found, figure.plants, figure.alarmed) == ("notes: note", 1, 1, 0)
    outside = Seen("names/x", "text", Band.CRITICAL, 0)
    assert compared(KEY, {DIRTY: (outside,)}).missed == {"p000/k000/a.zip!/b"}
    assert compared(KEY, {"p001/k000/a.zip": (INSIDE,)}).all().found == 0


def test_what_the_control_says_too_tells_nothing() -> None:
    assert compared(KEY, {DIRTY: (INSIDE,), CLEAN: (INSIDE,)}).all().found == 0
    other = Seen("names/x", "label", Band.MEDIUM, 1)
    assert compared(KEY, {DIRTY: (INSIDE,), CLEAN: (other,)}).all().found == 1


def test_a_grave_finding_anywhere_beside_a_control_rings() -> None:
    grave = Seen("names/x", "name", Band.HIGH, 0)
    found = compared(KEY, {"c000/k000": (grave,), CLEAN: (INSIDE,)})
    assert found.alarms == {"c000/k000/a.zip!/b": ("names/x",)}


def test_every_file_is_about_somebody_else(tmp_path: Path) -> None:
    key = planted(tmp_path, (NOTE, NOTE), 1, ("de", "fi"), 4)
    texts = {(tmp_path / one.path).read_text(encoding="utf-8") for one in key}
    assert len(texts) == len(key) == 16
