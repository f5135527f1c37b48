"""Verifications and deletions are told in full, without a name of the volume unless asked for."""

from vestige.cli.differences import comparison_lines, deletion_lines
from vestige.evidence import Apart, Comparison, Deletion, Difference, Sample, Witness


def comparison(count: int, sample: Sample | None = None) -> Comparison:
    first = tuple(
        Difference(Apart.CHANGED, b"Zargothy/%d" % n, "its size") for n in range(min(count, 20))
    )
    counts = dict.fromkeys(Apart, 0) | {Apart.CHANGED: count, Apart.UNLINKED: 2}
    return Comparison((9, 90), (8, 80), 7, counts, first, in_place=True, sample=sample)


def test_amounts_completeness_digests_and_the_first_differences_are_told() -> None:
    lines = list(comparison_lines(comparison(25), reveal=False))
    assert lines[0].startswith("1 amounts: 9 files, 90 bytes sealed; 8 files, 80 bytes here: NOT")
    assert lines[2].startswith("3 digests: 7 files read; 25 changed")
    assert lines[-2] == "  … and 7 more; the record has all"
    assert lines[-1] == "NOT as it was sealed."
    assert "Zargothy" not in "".join(lines)
    assert "changed    Zargothy/0  its size" in "".join(
        comparison_lines(comparison(1), reveal=True)
    )


def test_a_sample_says_what_it_shows() -> None:
    sample = Sample(100, 1_000, "5eed")
    (line,) = (x for x in comparison_lines(comparison(0, sample), reveal=False) if "5eed" in x)
    assert f"{sample.detects(0.01):.1%}" in line
    assert list(comparison_lines(comparison(0), reveal=False))[-1] == "As it was sealed."


def test_a_deletion_names_what_may_still_hold_the_data() -> None:
    seen = Witness(2, 3, 4, ("ext4 on device 8:1",), ("btrfs can keep snapshots",))
    text = "\n".join(deletion_lines(Deletion("E1", 5, 1, None, comparison(1), seen)))
    for told in (
        "still there: 1",
        "not looked at",
        "NOT as it was sealed",
        "open files: 2 (3",
        "8:1",
        "2 of its files had other names",
    ):
        assert told in text
    assert "btrfs" in text
