"""Plants in texts and tables."""

from pathlib import Path

from benchmarks.beside_plant import Field, Plant


def _csv(folder: Path, value: str, number: int) -> str:
    rows = "".join(f"sub-{n:03},{20 + n},{value if n == number % 9 else ''}\n" for n in range(9))
    (folder / "people.csv").write_text(f"participant_id,age,apellidos\n{rows}")
    return "people.csv"


PLANTS = (Plant("csv-column", Field.FAMILY, _csv),)
"""All plants of this module."""
