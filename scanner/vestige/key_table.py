"""What a table undoes that maps persons to the codes of a volume, in figures and words."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

PSEUDONYMISED = "the data set is pseudonymised at best (GDPR Art. 4(5), recital 26)"
"""What a key to codes of the volume makes of it."""

UNDONE = (
    "A table on this volume undoes its codes: the data set is pseudonymised at best (GDPR Art. "
    "4(5), recital 26)."
)
"""The same in a sentence of its own."""


@dataclass(frozen=True, slots=True)
class KeyTable:
    """What a table undoes: columns that tell persons, the column of codes, and how far it goes.

    `sides` are what it tells, as "names"; `linked` counts those of its codes that stand on the
    volume, `files` the files that lie under these; `sure` says that its columns are no guess, and
    `former` that they tell where something was before, and nothing of persons themselves.
    """

    sides: tuple[str, ...]
    columns: str
    codes: str
    linked: int
    of: int
    files: int
    sure: bool = True
    former: bool = False

    @property
    def undoes(self) -> bool:
        """Whether codes of this volume are undone by it without doubt."""
        return self.linked > 0 and self.sure

    @property
    def words(self) -> str:
        """What it undoes, in clauses, with nothing of what stands in it."""
        sides = " and ".join(self.sides)
        noun = "columns" if ", " in self.columns else "column"
        maps = f"it maps {sides} ({noun} {self.columns}) to codes (column {self.codes})"
        if not self.linked:
            return f"{maps}; none of its {self.of:,} codes was found on this volume"
        files = "1 file" if self.files == 1 else f"{self.files:,} files"
        whose = "codes" if self.former else "subjects"
        linked = (
            f"{self.linked:,} of its {self.of:,} {whose} are linked to this volume, with {files}"
        )
        return f"{maps}; {linked}; {PSEUDONYMISED}"

    def noted(self) -> dict[str, object]:
        """What is kept of it, as JSON can hold it."""
        return {**asdict(self), "sides": list(self.sides)}

    @classmethod
    def of_noted(cls, noted: Mapping[str, Any]) -> "KeyTable":
        """The key of which that was kept."""
        return cls(**{**noted, "sides": tuple(noted["sides"])})
