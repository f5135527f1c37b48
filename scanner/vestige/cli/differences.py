"""What verifications and deletions print: every count, the first differences, names masked."""

import os
from collections.abc import Iterator

from vestige.cli.screen import safe
from vestige.evidence import Apart, Comparison, Deletion, Difference
from vestige.run.exhibits import NATURE
from vestige.sensitive import Sensitive


def comparison_lines(found: Comparison, *, reveal: bool) -> Iterator[str]:
    """A comparison, in the order of its steps."""
    (files_then, bytes_then), (files_now, bytes_now) = found.expected, found.found
    same = "the same" if found.expected == found.found else "NOT the same"
    yield (
        f"1 amounts: {files_then:,} files, {bytes_then:,} bytes sealed; {files_now:,} files, "
        f"{bytes_now:,} bytes here: {same}"
    )
    counts = found.counts
    yield f"2 completeness: {counts[Apart.MISSING]:,} missing, {counts[Apart.EXTRA]:,} extra"
    yield (
        f"3 digests: {found.compared:,} files read; {counts[Apart.CHANGED]:,} changed, "
        f"{counts[Apart.UNREADABLE]:,} unreadable; {counts[Apart.ATTRIBUTES]:,} with other "
        "attributes"
    )
    if found.sample is not None:
        yield found.sample.says()
    for one in found.first:
        yield f"  {_difference(one, reveal=reveal)}"
    if found.differing > len(found.first):
        yield f"  … and {found.differing - len(found.first):,} more; the record has all"
    yield "As it was sealed." if found.holds else "NOT as it was sealed."


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
            if held.counts[Apart.UNLINKED]:
                yield (
                    f"  {held.counts[Apart.UNLINKED]:,} of its files had other names among what "
                    "was deleted: that alone changed them"
                )
    seen = found.witness
    yield (
        f"open files: {seen.open_handles:,} ({seen.processes_unseen:,} processes could not be "
        f"looked into); files with other names elsewhere: {seen.linked_elsewhere:,}"
    )
    for one in (*seen.other_mounts, *seen.snapshots):
        yield f"also: {one}"
    yield NATURE
