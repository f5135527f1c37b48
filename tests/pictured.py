"""Parts of a volume and a timeline made by hand, for tests of pictures."""

from vestige.model import Band
from vestige.picture import Bin, Part, Pictures, Shape, Span, Timeline, Unit


def folder(name: str, path: str, *parts: Part, own: int = 1) -> Part:
    """A folder of what lies in it, with the worst finding of that."""
    worst = max(parts, key=lambda one: -1 if one.band is None else one.band, default=None)
    return Part(
        shape=Shape.FOLDER,
        name=name,
        path=path,
        count=1,
        entries=own + sum(one.entries for one in parts),
        files=sum(one.files for one in parts),
        bytes=sum(one.bytes for one in parts),
        found=sum(one.found for one in parts),
        band=worst.band if worst else None,
        finding=worst.finding if worst else "",
        parts=parts,
    )


def part(
    shape: Shape, files: int, band: Band | None = None, finding: str = "", count: int = 1
) -> Part:
    """A part without parts in it."""
    return Part(
        shape=shape,
        path="research",
        count=count,
        entries=files + count,
        files=files,
        bytes=files * 526_336,
        found=files if band is not None and band >= Band.MEDIUM else 0,
        band=band,
        finding=finding,
        family=finding if shape is Shape.MEMBERS else "",
    )


def pictures() -> Pictures:
    """The volume of the founding story: a phantom directory, dirty headers, a clean release."""
    phantom = part(Shape.MEMBERS, 312_900, Band.CRITICAL, "F11", 1_043)
    late = part(Shape.FILES, 412, Band.CRITICAL, "F12", 412)
    clean = part(Shape.REST, 80_000, None, "", 900)
    dates = part(Shape.REST, 4_000, Band.MEDIUM, "F17", 40)
    root = folder(
        "research",
        "research",
        folder("export_v1", "research/export_v1", phantom),
        folder("import/late", "research/import/late", late),
        folder("release", "research/release", clean, dates),
    )
    bins = (
        Bin(17_897, 17_928, ((Band.CRITICAL, 312_000), (Band.MEDIUM, 40))),
        Bin(17_928, 17_956, ()),
        Bin(17_956, 17_987, ((Band.HIGH, 412),)),
    )
    spans = (Span("F11", "research/export_v1", Band.CRITICAL, 17_900, 17_960),)
    return Pictures((root,), Timeline(Unit.MONTH, bins, spans, undated=3))


def hostile(texts: tuple[str, ...]) -> Pictures:
    """The same with bad texts for all names."""
    parts = tuple(folder(text, text, part(Shape.FILES, 9, Band.HIGH, text, 9)) for text in texts)
    made = pictures()
    assert made.timeline is not None
    spans = tuple(Span(text, text, Band.HIGH, 17_900, 17_960) for text in texts)
    timeline = Timeline(Unit.MONTH, made.timeline.bins, spans, 0)
    return Pictures((folder(texts[0], texts[1], *parts),), timeline)
