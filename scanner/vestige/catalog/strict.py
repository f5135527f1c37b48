"""Strict reading of TOML tables: every key known, of its type, and used."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Never, TypeVar

from vestige.model import Band, VestigeError

_T = TypeVar("_T")


class Fields:
    """The keys of one TOML table, taken one by one; `finish` refuses those that nobody took."""

    def __init__(
        self,
        file: str,
        table: Mapping[str, Any],
        error: type[VestigeError],
        path: str = "",
    ) -> None:
        self._file = file
        self._path = path
        self._table = table
        self._error = error
        self._taken: set[str] = set()

    def refuse(self, key: str, message: str) -> Never:
        """Raise the error of this kind of file, naming file and key."""
        raise self._error(f"{self._file}: {self._path}{key}: {message}")

    def finish(self) -> None:
        """Refuse keys that nobody asked for: a misspelt key must not be silently ignored."""
        unknown = sorted(self._table.keys() - self._taken)
        if unknown:
            self.refuse(unknown[0], "unknown key")

    def has(self, key: str) -> bool:
        """Whether the table has `key`."""
        return key in self._table

    def is_text(self, key: str) -> bool:
        """Whether a string stands at `key`."""
        return isinstance(self._table.get(key), str)

    def only_key(self, known: Sequence[str]) -> str:
        """The table's one key, which must be one of `known`."""
        found = [key for key in known if key in self._table]
        if len(found) != 1:
            self.refuse("", f"needs exactly one of {', '.join(known)}")
        return found[0]

    def text(self, key: str, default: str | None = None) -> str:
        """The string at `key`."""
        return self._take(key, str, default)

    def words(self, key: str) -> str:
        """The string at `key`, which must say something."""
        value = self.text(key)
        if not value.strip():
            self.refuse(key, "must not be empty")
        return value

    def texts(self, key: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """The list of strings at `key`."""
        value = self._take(key, list, None if default is None else list(default))
        if not all(isinstance(item, str) for item in value):
            self.refuse(key, "must be a list of strings")
        return tuple(value)

    def number(self, key: str, default: float | None = None) -> float:
        """The number at `key`; in the file it must be finite."""
        value: float | int
        if isinstance(self._table.get(key), int):
            value = self._take(key, int, None)
        else:
            value = self._take(key, float, default)
        if key in self._table and not abs(value) <= _LARGEST:
            self.refuse(key, "must be a finite number")
        return float(value)

    def whole(self, key: str) -> int:
        """The whole number from 0 to 1000 at `key`."""
        value = self._take(key, int, None)
        if not 0 <= value <= _MOST:
            self.refuse(key, f"must lie between 0 and {_MOST}")
        return value

    def flag(self, key: str) -> bool:
        """Whether `key` is true; a key that is absent is false."""
        self._taken.add(key)
        value = self._table.get(key, False)
        if not isinstance(value, bool):
            self.refuse(key, "must be true or false")
        return value

    def share(self, key: str) -> float:
        """The number from 0 to 1 at `key`."""
        value = self.number(key)
        if not 0 <= value <= 1:
            self.refuse(key, "must lie between 0 and 1")
        return value

    def choice(self, key: str, choices: Sequence[str]) -> str:
        """The string at `key`, which must be one of `choices`."""
        value = self.text(key)
        if value not in choices:
            self.refuse(key, f"{value!r} is not one of {', '.join(choices)}")
        return value

    def band(self, key: str) -> Band:
        """The band named at `key`."""
        try:
            return Band.of(self.text(key))
        except ValueError as error:
            self.refuse(key, str(error))

    def day(self, key: str) -> date:
        """The day at `key`, a date of TOML without a time."""
        value = self._take(key, date, None)
        if isinstance(value, datetime):
            self.refuse(key, "must be a date without a time, as 2030-01-31")
        return value

    def table(self, key: str) -> "Fields":
        """The table at `key`."""
        return Fields(self._file, self._take(key, dict, None), self._error, f"{self._path}{key}.")

    def tables(self, key: str) -> Iterator["Fields"]:
        """The tables of the array at `key`."""
        for number, item in enumerate(self._take(key, list, [])):
            if not isinstance(item, dict):
                self.refuse(key, "must be an array of tables")
            yield Fields(self._file, item, self._error, f"{self._path}{key}[{number}].")

    def mappings(self, key: str) -> tuple[Mapping[str, str], ...]:
        """The tables of strings in the array at `key`; none if it is absent."""
        return tuple(
            {name: fields.text(name) for name in fields.names()} for fields in self.tables(key)
        )

    def names(self) -> tuple[str, ...]:
        """The names of all keys, in their order."""
        return tuple(self._table)

    def _take(self, key: str, kind: type[_T], default: _T | None) -> _T:
        self._taken.add(key)
        if key not in self._table:
            if default is None:
                self.refuse(key, "is missing")
            return default
        value = self._table[key]
        if not isinstance(value, kind) or isinstance(value, bool):
            self.refuse(key, f"must be a {_WORDS[kind]}")
        return value


def reason(error: Exception) -> str:
    """Why a file is no TOML, in a line."""
    return str(error) if isinstance(error, ValueError) else "nested too deeply"


_LARGEST = 1e9
_MOST = 1000
_WORDS: Mapping[type, str] = {
    str: "string",
    list: "list",
    int: "whole number",
    float: "number",
    dict: "table",
    date: "date, as 2030-01-31 (without quotes)",
}
