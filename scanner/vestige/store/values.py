"""Distinct values of findings as the scan file keeps them: masks, keyed digests, and no more."""

import sqlite3
from functools import cached_property

VALUES_KEPT = 1_000
"""Distinct values kept for one finding; beyond, the count says "at least"."""

_MORE = ""
"""The digest of what stands for all values of a finding that were not counted."""


class Values:
    """The values of an open scan file, each kept once for a finding."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._db = database

    @cached_property
    def _numbers(self) -> dict[tuple[int, str], int]:
        rows = self._db.execute("SELECT finding, digest, id FROM value")
        return {(row[0], row[1]): row[2] for row in rows}

    @cached_property
    def _counts(self) -> dict[int, int]:
        query = "SELECT finding, count(*) FROM value WHERE digest <> ? GROUP BY finding"
        return dict(self._db.execute(query, (_MORE,)))

    def keep(self, finding: int, digest: str, masked: str, explanation: str = "") -> int:
        """The number of one value of a finding, new or known; 0 if it is not counted any more."""
        number = self._numbers.get((finding, digest), 0)
        if number or digest == _MORE or self._counts.get(finding, 0) >= VALUES_KEPT:
            return number
        self._counts[finding] = self._counts.get(finding, 0) + 1
        return self._added(finding, digest, masked, explanation)

    def more(self, finding: int) -> int:
        """The number of what stands for all values that are not counted."""
        number = self._numbers.get((finding, _MORE), 0)
        return number or self._added(finding, _MORE, "", "")

    def shown(self, finding: int, limit: int) -> tuple[int, list[str]]:
        """How many distinct values a finding has, and the first of them, masked."""
        if not limit:
            return self._counts.get(finding, 0), []
        query = (
            "SELECT DISTINCT masked FROM value WHERE finding = ? AND digest <> ''"
            " ORDER BY masked LIMIT ?"
        )
        shown = [row[0] for row in self._db.execute(query, (finding, limit))]
        return self._counts.get(finding, 0), shown

    def _added(self, finding: int, digest: str, masked: str, explanation: str) -> int:
        row = (finding, digest, masked, explanation)
        done = self._db.execute("INSERT INTO value VALUES (NULL, ?, ?, ?, ?)", row)
        number = self._numbers[finding, digest] = int(done.lastrowid or 0)
        return number
