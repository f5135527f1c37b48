"""Claims of de-identification that the volume belies: one series beside the others.

Each check gives the numbers of the series of which its claim holds. The numbers in the docstrings
are those of the consistency checks that docs/claims.md lists.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from vestige.model import Band


class Series(NamedTuple):
    """A series as the volume holds it: what is kept of it, how many files, how grave its headers.

    `facts` are keyed digests and code words by name. `is_named` says that a file of it lies at or
    below a name that identifies somebody, `is_called_clean` that it lies below one that says it was
    de-identified.
    """

    number: int
    facts: Mapping[str, str]
    files: int
    worst: Band
    is_named: bool = False
    is_called_clean: bool = False

    @property
    def is_dirty(self) -> bool:
        """Whether something in its headers names or numbers a person."""
        return self.worst >= Band.HIGH

    @property
    def is_clean(self) -> bool:
        """Whether nothing of weight was found in its headers."""
        return self.worst < Band.MEDIUM


Check = Callable[[Sequence[Series]], Iterator[int]]

_CALLED_CLEAN = re.compile(
    r"(?i)(?<![a-z])(?:anon(?:ym\w*|imi[sz]\w*|imo\w*)?|de-?_?ident\w*|de-?_?id(?:ed|'d)?"
    r"|pseudo\w*|scrubbed|redacted|cleaned|no-?_?phi|phi-?_?free)(?![a-z])"
)
"""Names of folders that say their content was de-identified."""

READ = frozenset(
    {
        *("study", "series", "patient", "name", "birth", "sex", "date", "weekday"),
        *("temporal", "codes", "removed"),
    }
)
"""The facts of a series that these checks read: whoever holds many series holds no others."""

_OF_A_PERSON = ("name", "birth", "sex")
_PATIENTS_OF_A_STUDY = 3
_STUDIES = 40
_WEEKDAYS = frozenset("01234")
_AT_WEEKENDS = 0.03
"""Share of studies on Saturdays and Sundays below which weekdays show through: two of seven days
would be 0.29, and hospitals that image at weekends have about a tenth."""

_MODIFIED = "113107"


def is_called_clean(name: str) -> bool:
    """Whether the name of a folder says that what lies in it was de-identified."""
    return _CALLED_CLEAN.search(name) is not None


def called_clean_but_real(volume: Sequence[Series]) -> Iterator[int]:
    """C02: real values, no claim in the object, and a path that says it was de-identified."""
    for series in volume:
        claimed = series.facts.get("removed") == "YES"
        if series.is_called_clean and series.is_dirty and not claimed:
            yield series.number


def one_number_two_people(volume: Sequence[Series]) -> Iterator[int]:
    """C15: one Patient ID with two names, birth dates or sexes."""
    for group in _by("patient", volume):
        values = ({one.facts[key] for one in group if key in one.facts} for key in _OF_A_PERSON)
        if any(len(found) > 1 for found in values):
            yield from (one.number for one in group)


def one_number_a_file(volume: Sequence[Series]) -> Iterator[int]:
    """C15: a study whose every file has a Patient ID of its own: nothing can be followed up."""
    for group in _by("study", volume):
        files = sum(one.files for one in group)
        patients = {one.facts.get("patient", "") for one in group}
        if len(patients) == files >= _PATIENTS_OF_A_STUDY:
            yield from (one.number for one in group)


def sibling_is_real(volume: Sequence[Series]) -> Iterator[int]:
    """C17: one series of a study is clean, another is as it left the scanner."""
    for group in _by("study", volume):
        kinds = {one.facts.get("series") for one in group}
        if len(kinds) > 1 and any(one.is_clean for one in group):
            yield from (one.number for one in group if one.is_dirty)


def raw_beside_clean(volume: Sequence[Series]) -> Iterator[int]:
    """C17: the same series lies on the volume twice, cleaned and as it left the scanner."""
    for group in _by("series", volume):
        if any(one.is_clean for one in group) and any(one.is_dirty for one in group):
            yield from (one.number for one in group)


def modified_as_in_copy(volume: Sequence[Series]) -> Iterator[int]:
    """C07: dates are said to be modified, and another copy of the series has the same one."""
    for group in _by("series", volume):
        dates = {one.facts["date"] for one in group if not _is_shifted(one) and "date" in one.facts}
        for one in group:
            if _is_shifted(one) and one.facts.get("date") in dates:
                yield one.number


def weekdays_show_through(volume: Sequence[Series]) -> Iterator[int]:
    """C18: dates are said to be shifted, and hardly one falls on a weekend: by whole weeks."""
    shifted = [one for one in volume if _is_shifted(one) and "weekday" in one.facts]
    studies = {(one.facts.get("patient"), one.facts.get("date")): one for one in shifted}
    at_weekends = sum(one.facts["weekday"] not in _WEEKDAYS for one in studies.values())
    if len(studies) >= _STUDIES and at_weekends < _AT_WEEKENDS * len(studies):
        yield from (one.number for one in shifted)


def named_path_clean_header(volume: Sequence[Series]) -> Iterator[int]:
    """C21: headers are clean, and the path says who it is."""
    yield from (one.number for one in volume if one.is_named and one.is_clean)


CHECKS: Mapping[str, Check] = {
    check.__name__.replace("_", "-"): check
    for check in (
        called_clean_but_real,
        one_number_two_people,
        one_number_a_file,
        sibling_is_real,
        raw_beside_clean,
        modified_as_in_copy,
        weekdays_show_through,
        named_path_clean_header,
    )
}
"""The checks of claims, by the names that rules give them."""


def _by(key: str, volume: Sequence[Series]) -> Iterator[Sequence[Series]]:
    """Groups of series that share a fact, those without it aside."""
    groups: dict[str, list[Series]] = defaultdict(list)
    for series in volume:
        if key in series.facts:
            groups[series.facts[key]].append(series)
    yield from groups.values()


def _is_shifted(series: Series) -> bool:
    codes = series.facts.get("codes", "").split()
    return series.facts.get("temporal") == "MODIFIED" or _MODIFIED in codes
