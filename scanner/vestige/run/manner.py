"""Manner: how the files of a review are written for people."""

from dataclasses import dataclass

from vestige.reports.language import ENGLISH, Language


@dataclass(frozen=True, slots=True)
class Manner:
    """How files are written for people: the language of the page, and CSV with a byte order mark.

    What programs read (JSON, CSV, SARIF, JUnit) is English in every language.
    """

    language: Language = ENGLISH
    csv_bom: bool = False


PLAIN = Manner()
"""English, and no byte order mark."""
