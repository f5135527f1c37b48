"""Headers: what the elements of a file are told in recipes, laid out once, filled for each file."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from vestige import shipped
from vestige.planting import strict
from vestige.planting.chance import noise
from vestige.planting.dicom import Element, Writing
from vestige.planting.pointer import Pointer, Step, pointer
from vestige.planting.template import Fields, Template
from vestige.planting.value import character_sets, encoded, packed

_FIRST_BLOCK = 0x10
_VR_BYTES = 2
_CHARACTER_SET = 0x00080005


@dataclass(frozen=True, slots=True)
class Told:
    """One element of a recipe.

    `value` is a text with fields, a number or numbers; `noise` and `zeros` are numbers of bytes
    instead. `charset` overrides that of the file, `length` the true length. `finds` are the
    rules that must hit here.
    """

    at: str
    vr: str
    value: Template | tuple[int | float, ...] = ()
    noise: int = 0
    zeros: int = 0
    length: int = -1
    charset: str = ""
    finds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Placed:
    """An element of a recipe with its way through the data set."""

    told: Told
    pointer: Pointer


@dataclass(frozen=True, slots=True)
class Leaf:
    """An element with its tag; `fixed` is its value, if that is the same in every file."""

    tag: int
    told: Told
    fixed: bytes | None


@dataclass(frozen=True, slots=True)
class Branch:
    """A sequence with its tag and what stands in its items."""

    tag: int
    items: "tuple[tuple[Leaf | Branch, ...], ...]"


@dataclass(frozen=True, slots=True)
class Headers:
    """The headers that recipes name: technical elements by kind of image, and who it is of."""

    kinds: Mapping[str, tuple[Placed, ...]]
    headers: Mapping[str, tuple[Placed, ...]]


def headers() -> Headers:
    """The headers that ship with Vestige; VestigeError if their file is broken."""
    file = shipped.fixtures() / "headers.toml"
    table = strict.toml(file)
    strict.known(file.name, table, ("kinds", "headers"))
    return Headers(
        kinds={name: _listed(file.name, table, "kinds", name) for name in table["kinds"]},
        headers={name: _listed(file.name, table, "headers", name) for name in table["headers"]},
    )


def placed(where: str, table: dict[str, Any]) -> Placed:
    """One element of a TOML table."""
    strict.known(where, table, strict.names(Told))
    told = strict.read(Told, where, table)
    if len(told.vr.encode()) != _VR_BYTES:
        strict.refuse(f"{where}.vr", "must be two letters")
    if told.charset not in character_sets():
        strict.refuse(f"{where}.charset", f"{told.charset!r} is no character set that we write")
    if (told.value != ()) + bool(told.noise) + bool(told.zeros) > 1:
        strict.refuse(where, "needs one of value, noise and zeros")
    try:
        return Placed(told, pointer(told.at))
    except ValueError as error:
        strict.refuse(f"{where}.at", str(error))


def layout(elements: Sequence[Placed], charset: str, writing: Writing) -> tuple[Leaf | Branch, ...]:
    """The elements in the order of their tags, later ones instead of earlier ones at one place."""
    last = {element.pointer.steps: element for element in elements}
    nodes = _level([(steps, last[steps].told) for steps in last], charset, writing)
    declared = Told("(0008,0005)", "CS", Template(charset, ()))
    if not charset or any(node.tag == _CHARACTER_SET for node in nodes):
        return nodes
    leaf = Leaf(_CHARACTER_SET, declared, charset.encode())
    return tuple(sorted((*nodes, leaf), key=lambda node: node.tag))


def elements(
    nodes: Sequence[Leaf | Branch], fields: Fields, charset: str, writing: Writing
) -> tuple[Element, ...]:
    """The elements of one file."""
    return tuple(_element(node, fields, charset, writing) for node in nodes)


def _element(node: Leaf | Branch, fields: Fields, charset: str, writing: Writing) -> Element:
    if isinstance(node, Branch):
        items = tuple(elements(item, fields, charset, writing) for item in node.items)
        return Element(node.tag, "SQ", items)
    told = node.told
    value = _value(told, fields, charset, writing) if node.fixed is None else node.fixed
    return Element(node.tag, told.vr, value, told.length)


def _value(told: Told, fields: Fields, charset: str, writing: Writing) -> bytes:
    if told.noise:
        return noise(told.noise, fields["uid"], told.at)
    if told.zeros:
        return bytes(told.zeros)
    if isinstance(told.value, tuple):
        return packed(told.value, told.vr, big=writing.big)
    return encoded(told.value.fill(fields), told.vr, told.charset or charset)


def _level(
    told: Sequence[tuple[tuple[Step, ...], Told]], charset: str, writing: Writing
) -> tuple[Leaf | Branch, ...]:
    """One data set, or one item: creators first take their blocks, then all have their tags."""
    blocks = _blocks([steps[0] for steps, _ in told])
    nodes: list[Leaf | Branch] = [
        _creator(group, creator, block) for (group, creator), block in blocks.items()
    ]
    items: dict[int, dict[int, list[tuple[tuple[Step, ...], Told]]]] = defaultdict(dict)
    for steps, what in told:
        tag = _tag(steps[0], blocks)
        if len(steps) == 1:
            nodes.append(_leaf(tag, what, charset, writing))
        else:
            items[tag].setdefault(steps[0].item, []).append((steps[1:], what))
    for tag, numbered in items.items():
        below = tuple(_level(numbered[item], charset, writing) for item in sorted(numbered))
        nodes.append(Branch(tag, below))
    return tuple(sorted(nodes, key=lambda node: node.tag))


def _blocks(steps: Sequence[Step]) -> dict[tuple[int, str], int]:
    """The block of every private creator of a data set, in the order of their coming."""
    blocks: dict[tuple[int, str], int] = {}
    for step in steps:
        if step.creator:
            taken = sum(group == step.group for group, _ in blocks)
            blocks.setdefault((step.group, step.creator), _FIRST_BLOCK + taken)
    return blocks


def _tag(step: Step, blocks: Mapping[tuple[int, str], int]) -> int:
    block = blocks[step.group, step.creator] << 8 if step.creator else 0
    return step.group << 16 | block | step.element


def _creator(group: int, creator: str, block: int) -> Leaf:
    told = Told(f"({group:04X},{block:04X})", "LO")
    return Leaf(group << 16 | block, told, creator.encode("ascii"))


def _leaf(tag: int, told: Told, charset: str, writing: Writing) -> Leaf:
    varies = bool(told.noise or told.zeros)
    varies = varies or (isinstance(told.value, Template) and bool(told.value.parts))
    return Leaf(tag, told, None if varies else _value(told, {}, charset, writing))


def _listed(file: str, table: dict[str, Any], part: str, name: str) -> tuple[Placed, ...]:
    where = f"{file}: {part}.{name}"
    strict.known(where, table[part][name], ("elements",))
    told = strict.tables(where, table[part][name], "elements")
    return tuple(placed(place, entry) for place, entry in told)
