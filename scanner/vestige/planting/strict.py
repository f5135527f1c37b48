"""Strict reading of TOML tables into dataclasses: every key known, and of its type."""

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, fields
from importlib.resources.abc import Traversable
from typing import Any, NoReturn, TypeVar, get_type_hints

from vestige.model import VestigeError
from vestige.planting.template import Template, template

_T = TypeVar("_T")


def toml(file: Traversable) -> dict[str, Any]:
    """The tables of a TOML file; VestigeError naming it if it cannot be read."""
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise VestigeError(f"{file.name}: cannot be read: {type(error).__name__}") from None
    except tomllib.TOMLDecodeError as error:
        raise VestigeError(f"{file.name}: {error}") from None


def refuse(where: str, message: str) -> NoReturn:
    """Raise the error of recipes; `where` names file and key."""
    raise VestigeError(f"{where}: {message}")


def known(where: str, table: Mapping[str, Any], *keys: Iterable[str]) -> None:
    """Refuse every key of `table` that is in none of `keys`."""
    unknown = sorted(set(table).difference(*keys))
    if unknown:
        refuse(f"{where}.{unknown[0]}", "unknown key")


def names(kind: type) -> tuple[str, ...]:
    """The keys from which a `kind` is read."""
    return tuple(field.name for field in fields(kind))


def read(kind: type[_T], where: str, table: Mapping[str, Any]) -> _T:
    """A dataclass from those keys of `table` that it knows."""
    hints = get_type_hints(kind)
    values: dict[str, Any] = {}
    for field in fields(kind):  # type: ignore[arg-type]  # every kind is a dataclass
        if field.name in table:
            values[field.name] = _value(f"{where}.{field.name}", hints[field.name], table)
        elif field.default is MISSING:
            refuse(f"{where}.{field.name}", "is missing")
    try:
        return kind(**values)
    except ValueError as error:
        refuse(where, str(error))


def tables(where: str, table: Mapping[str, Any], key: str) -> list[tuple[str, dict[str, Any]]]:
    """The tables of the array at `key`, each with its place in the file."""
    found = table.get(key, [])
    if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
        refuse(f"{where}.{key}", "must be an array of tables")
    return [(f"{where}.{key}[{number}]", item) for number, item in enumerate(found)]


def _value(where: str, hint: object, table: Mapping[str, Any]) -> object:
    value = table[where.rpartition(".")[2]]
    reader = _READERS.get(hint)
    if reader is None:
        raise TypeError(f"no reader for {hint}")
    try:
        return reader(value)
    except ValueError as error:
        refuse(where, str(error))


def _plain(kind: type, word: str) -> Callable[[object], object]:
    def reader(value: object) -> object:
        if type(value) is not kind:
            raise ValueError(f"must be {word}")
        return value

    return reader


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ValueError("must be a list of strings")
    return tuple(value)


def _template(value: object) -> Template:
    if not isinstance(value, str):
        raise ValueError("must be a string")  # noqa: TRY004 - all refusals are ValueError
    return template(value)


def _content(value: object) -> Template | tuple[int | float, ...]:
    if isinstance(value, str):
        return template(value)
    numbers = value if isinstance(value, list) else [value]
    if not all(type(number) in (int, float) for number in numbers):
        raise ValueError("must be a string, a number or a list of numbers")
    return tuple(numbers)


def _by_name(value: object) -> tuple[tuple[str, Template], ...]:
    if not isinstance(value, dict) or not all(isinstance(one, str) for one in value.values()):
        raise ValueError("must be a table of strings")
    return tuple((name, template(text)) for name, text in value.items())


_READERS: Mapping[object, Callable[[Any], object]] = {
    str: _plain(str, "a string"),
    int: _plain(int, "a whole number"),
    bool: _plain(bool, "true or false"),
    tuple[str, ...]: _texts,
    tuple[tuple[str, Template], ...]: _by_name,
    Template: _template,
    Template | None: _template,
    Template | tuple[int | float, ...]: _content,
}
