"""Unpickled: the plain values of a pickle, put together from its opcodes; nothing is ever loaded.

What a pickle would import and call stands for nothing but what it is given: a list of that.
"""

from collections.abc import Callable, Mapping

_MARK = object()
_OPCODES = 4_000_000

Stack = list[object]


class Built(list[object]):
    """What a program would build: what it is built of."""


class Unpickled:
    """The values of one pickle, opcode by opcode."""

    def __init__(self) -> None:
        self._stack: Stack = []
        self._memo: dict[int, object] = {}
        self._heard = 0

    @property
    def value(self) -> object:
        """The value that was put together so far; None if there is none."""
        return self._stack[-1] if self._stack else None

    def hear(self, name: str, argument: object) -> None:
        """The next opcode, as `pickletools.genops` gives it."""
        self._heard += 1
        if self._heard <= _OPCODES:
            self._do(name, argument)

    def _do(self, name: str, argument: object) -> None:
        if name in _PUTS:
            self._memo[_number(argument, len(self._memo))] = self.value
        elif name in _GETS:
            self._stack.append(self._memo.get(_number(argument, -1)))
        elif name in _EMPTY:
            self._stack.append(_EMPTY[name]())
        elif name == "MARK":
            self._stack.append(_MARK)
        elif name in _FROM_MARK:
            self._gather(name)
        elif name in _TAKES:
            self._take(name)
        elif name not in _SILENT:
            self._stack.append(_plain(name, argument))

    def _pop(self) -> object:
        return self._stack.pop() if self._stack else None

    def _since_mark(self) -> list[object]:
        found: list[object] = []
        while self._stack:
            one = self._stack.pop()
            if one is _MARK:
                break
            found.append(one)
        return found[::-1]

    def _gather(self, name: str) -> None:
        """An opcode that takes all since the mark."""
        given = self._since_mark()
        if name in {"APPENDS", "ADDITEMS"}:
            _extend(self.value, given)
        elif name == "SETITEMS":
            _set(self.value, given)
        elif name == "DICT":
            made: dict[object, object] = {}
            _set(made, given)
            self._stack.append(made)
        elif name == "TUPLE":
            self._stack.append(tuple(given))
        elif name != "POP_MARK":
            self._stack.append(list(given) if name == "LIST" else Built(given))

    def _take(self, name: str) -> None:
        """An opcode that takes so many from the top."""
        given = [self._pop() for _ in range(_TAKES[name])][::-1]
        if name in {"APPEND", "BUILD"}:
            _extend(self.value, given)
        elif name == "SETITEM":
            _set(self.value, given)
        elif name == "STACK_GLOBAL":
            self._stack.append(None)
        elif name.startswith("TUPLE"):
            self._stack.append(tuple(given))
        elif name == "DUP":
            self._stack += [given[0], given[0]]
        elif name not in {"POP", "BINPERSID"}:
            self._stack.append(Built(one for one in given if one is not None))


def _extend(held: object, given: list[object]) -> None:
    if isinstance(held, list):
        held.extend(given)


def _set(held: object, given: list[object]) -> None:
    items = zip(given[::2], given[1::2], strict=False)
    plain = {key: value for key, value in items if isinstance(key, str)}
    if isinstance(held, dict):
        held.update(plain)
    elif isinstance(held, list):
        held.append(plain)


def _number(argument: object, otherwise: int) -> int:
    try:
        return int(str(argument))
    except ValueError:
        return otherwise


def _plain(name: str, argument: object) -> object:
    """A text or a number as it is written, or bytes; None for what is none of them."""
    if name in {"NONE", "GLOBAL", "EXT1", "EXT2", "EXT4"}:
        return None
    if name in {"NEWTRUE", "NEWFALSE"}:
        return name == "NEWTRUE"
    if isinstance(argument, bool):
        return argument
    if isinstance(argument, int):
        return str(argument)
    return argument if isinstance(argument, str | bytes | bytearray) else None


_PUTS = frozenset({"MEMOIZE", "PUT", "BINPUT", "LONG_BINPUT"})
_GETS = frozenset({"GET", "BINGET", "LONG_BINGET"})
_EMPTY: Mapping[str, Callable[[], object]] = {
    "EMPTY_DICT": dict,
    "EMPTY_LIST": list,
    "EMPTY_TUPLE": tuple,
    "EMPTY_SET": list,
}
_FROM_MARK = frozenset(
    {"APPENDS", "ADDITEMS", "SETITEMS", "DICT", "TUPLE", "LIST", "FROZENSET", "INST", "OBJ"}
    | {"POP_MARK"}
)
_TAKES = {
    "APPEND": 1,
    "SETITEM": 2,
    "BUILD": 1,
    "TUPLE1": 1,
    "TUPLE2": 2,
    "TUPLE3": 3,
    "DUP": 1,
    "POP": 1,
    "BINPERSID": 1,
    "STACK_GLOBAL": 2,
    "REDUCE": 2,
    "NEWOBJ": 2,
    "NEWOBJ_EX": 3,
}
_SILENT = frozenset({"PROTO", "FRAME", "STOP", "NEXT_BUFFER", "READONLY_BUFFER"})
