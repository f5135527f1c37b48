"""The names of the steps, and what is asked of Vestige beside them."""

from collections.abc import Iterator, Sequence

from benchmarks.outcome import Step, Target

FLOOR = "floor: open, read 8 KiB, close"
LEAST = "least: status, read, cut, row"
SCAN, SCAN_2 = "vestige scan, --jobs 1", "vestige scan, --jobs 2"
FIND = "find -printf"
PYDICOM, GDCM, DICOMSDL, DICOMQC = (
    "pydicom, all values",
    "GDCM Scanner, seven tags",
    "dicomsdl, all values",
    "dicomqc scan, no reports",
)
FEW, MANY = 10_000, 1_000_000
"""Files, or entries, for which cost and memory are compared."""

_MEGABYTES = 400
_RISE = 10


def targets(steps: Sequence[Step]) -> Iterator[Target]:
    """What is asked of Vestige, each with what was measured."""
    found = {(step.tree, step.name): step.each for step in steps}

    def ratio(tree: str, over: str, under: str) -> float | None:
        above, below = found.get((tree, over)), found.get((tree, under))
        return above / below if above and below else None

    yield Target("series: scan / floor", ratio("series", SCAN, FLOOR), "<=", 4, "x")
    for peer, bound in ((GDCM, 10), (PYDICOM, 40), (DICOMQC, 40)):
        yield Target(f"series: {peer} / scan", ratio("series", peer, SCAN), ">=", bound, "x")
    yield Target("series: one worker / two", ratio("series", SCAN, SCAN_2), ">=", 1.7, "x")
    yield Target("interleaved: scan / floor", ratio("interleaved", SCAN, FLOOR), "<=", 10, "x")
    yield Target("names: scan / find", ratio("names", SCAN, FIND), "<=", 4, "x")
    yield _memory("names", steps)
    yield _memory("growth", steps)
    yield _rise(steps)


def _memory(tree: str, steps: Sequence[Step]) -> Target:
    """The greatest process of a scan with one worker; a target of a million entries alone."""
    scans = _scans(tree, steps)
    what = f"{tree}: memory of {MANY:,} entries"
    if not scans:
        return Target(what, None, "<=", _MEGABYTES, "MB")
    files, peak = scans[-1].files, scans[-1].peak
    note = f"{peak:.0f} MB at {files:,}" if files < MANY else ""
    return Target(what, None if note else peak, "<=", _MEGABYTES, "MB", note)


def _rise(steps: Sequence[Step]) -> Target:
    """By how much many files cost more, each, than few, beside which the start-up is not small."""
    what = f"growth: cost a file, {MANY:,} beside {FEW:,}"
    scans = _scans("growth", steps)
    starts = [step.seconds for step in steps if step.tree == "start-up"]
    if len(scans) < 2:  # noqa: PLR2004 - few and many
        return Target(what, None, "<=", _RISE, "% more")
    few, many = ((step.seconds - min(starts)) / step.files for step in (scans[0], scans[-1]))
    rise = (many / few - 1) * 100
    sizes = (scans[0].files, scans[-1].files)
    note = f"start-up of {min(starts):.2f} s taken off"
    if sizes != (FEW, MANY):
        note = f"{rise:.0f} % at {sizes[1]:,} beside {sizes[0]:,}, {note}"
    return Target(what, rise if sizes == (FEW, MANY) else None, "<=", _RISE, "% more", note)


def _scans(tree: str, steps: Sequence[Step]) -> list[Step]:
    """The scans with one worker of a kind of tree, the smallest first."""
    found = (step for step in steps if step.name == SCAN and step.tree.split()[0] == tree)
    return sorted(found, key=lambda step: step.files)
