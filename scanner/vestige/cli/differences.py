"""What verifications and deletions print: every count, the first differences, names masked."""

import os
from collections.abc import Iterator

from vestige.cli.screen import safe
from vestige.evidence import Comparison, Deletion, Difference
from vestige.run.exhibits import NATURE
from vestige.sensitive import Sensitive

_SHOWN = 20


def comparison_lines(found: Comparison, *, reveal: bool) -> Iterator[str]:
    """A comparison, in the order of its steps."""
    (files_then, bytes_then), (files_now, bytes_now) = found.expected, found.found
    same = "the same" if found.expected == found.found else "NOT the same"
    yield (
        f"1 amounts: {files_then:,} files, {bytes_then:,} bytes sealed; {files_now:,} files, "
        f"{bytes_now:,} bytes here: {same}"
    )
    counts = {kind: sum(d.apart == kind for d in found.differences) for kind in _KINDS}
    yield f"2 completeness: {counts['missing']:,} missing, {counts['extra']:,} extra"
    yield (
        f"3 digests: {found.compared:,} files read; {counts['changed']:,} changed, "
        f"{counts['unreadable']:,} unreadable; {counts['attributes']:,} with other attributes"
    )
    if found.sample is not None:
        yield _of_sample(found)
    for one in found.differences[:_SHOWN]:
        yield f"  {_difference(one, reveal=reveal)}"
    if len(found.differences) > _SHOWN:
        yield f"  … and {len(found.differences) - _SHOWN:,} more; the record has all"
    yield "As it was sealed." if found.holds else "NOT as it was sealed."


_KINDS = ("missing", "extra", "changed", "unreadable", "attributes")


def _of_sample(found: Comparison) -> str:
    sample = found.sample
    if sample is None:
        return ""
    return (
        f"a sample of {sample.files:,} of {sample.of:,} files, seed {sample.seed}: if one file in "
        f"a hundred had been altered, it would have shown it with a probability of "
        f"{sample.detects(0.01):.1%}; one in a thousand, {sample.detects(0.001):.1%}"
    )


def _difference(one: Difference, *, reveal: bool) -> str:
    text = os.fsdecode(one.path)
    shown = text if reveal else Sensitive(text).masked
    return safe(f"{one.apart.value:<11}{shown}  {one.what}".rstrip())


def deletion_lines(found: Deletion) -> Iterator[str]:
    """A deletion as it was witnessed."""
    yield f"listed before: {found.listed:,} entries; still there: {found.remaining:,}"
    for what, held in (("the rest of the folder above", found.rest), ("the copy", found.copy)):
        if held is None:
            yield f"{what}: not looked at"
        else:
            yield f"{what}: {'as it was sealed' if held.holds else 'NOT as it was sealed'}"
    seen = found.witness
    yield (
        f"open files: {seen.open_handles:,} ({seen.processes_unseen:,} processes could not be "
        f"looked into); files with other names elsewhere: {seen.linked_elsewhere:,}"
    )
    for one in (*seen.other_mounts, *seen.snapshots):
        yield f"also: {one}"
    yield NATURE
