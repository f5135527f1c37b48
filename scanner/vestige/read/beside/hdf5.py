"""HDF5: names and texts of attributes and of small datasets; MINC 2, ISMRMRD, NWB, MATLAB 7.3.

Read by h5py where the extra `hdf5` is installed. Only what a hard link of the file itself leads to
is read, each object once; datasets in other files, virtual ones and references are left alone.
Names of fields as of MINC 2.0 ("patient:full_name"), NWB 2 (general/subject), the ISMRMRD header
(subjectInformation) and MATLAB's -v7.3 (MATLAB_class, characters as numbers of 16 bits).
"""

from collections.abc import Iterator
from math import prod
from typing import TYPE_CHECKING, Any

from vestige.read.beside.keyed import of_pairs, text_of, told
from vestige.read.beside.minc import OWN, key_of
from vestige.read.beside.parts import Bounds, Lost, Part, Readable, as_file

if TYPE_CHECKING:
    import h5py
    import numpy as np

SIGN = b"\x89HDF\r\n\x1a\n"
_BLOCKS = (512, 1024, 2048)
"""Where a file may begin that a block of its user precedes (HDF5 specification, II.A)."""

MOST_OBJECTS = 20_000
MOST_ATTRIBUTES = 100_000
MOST_TEXT = 1 << 20
"""Bytes of one attribute or dataset that may be text."""

MOST_STRINGS = 10_000
"""Strings of one attribute or dataset."""

_FEW, _MOST_MEMORY = 64, 1 << 30
_CHARACTERS = ("char", b"char")
_BROKEN = (
    *(OSError, RuntimeError, ValueError, KeyError, TypeError, OverflowError, MemoryError),
    *(UnicodeError, AttributeError, NotImplementedError, SystemError, IndexError),
)
"""What h5py says of damaged files."""

_OWN = {
    **OWN,
    "dateofbirth": 0x00100030,
    "patientbirthdate": 0x00100030,
    "sex": 0x00100040,
    "subjectid": 0x00100020,
    "experimenter": 0x00081070,
    "studydate": 0x00080020,
    "startdate": 0,
    "title": 0,
    "age": 0,
}
"""Patient's birth date, sex and ID; operator; study date."""


def is_behind_block(readable: Readable) -> bool:
    """Whether a file is HDF5 behind a block of its user, as those of MATLAB 7.3 are."""
    first = readable.first
    return SIGN[0] in first and any(first.startswith(SIGN, at) for at in _BLOCKS)


def read(readable: Readable, _bounds: Bounds) -> Iterator[Part]:
    """The texts of attributes and of datasets, by attribute of DICOM."""
    try:
        import h5py  # noqa: PLC0415 - an extra, and heavy
    except ImportError:
        yield Lost("not-installed", "hdf5")
        return
    walk = _Walk(readable.size)
    try:
        with h5py.File(as_file(readable), "r") as file:
            walk.through(file)
    except _BROKEN:
        walk.losses["damaged"] = None
    yield from of_pairs("HDF5", walk.texts, _OWN)
    if walk.names:
        yield told("HDF5 names", 0, *(one for one in walk.names if one))
    for code in walk.losses:
        yield Lost(code)


class _Walk:
    """The way through one file: the texts that were met, and what was not read."""

    def __init__(self, size: int) -> None:
        import h5py  # noqa: PLC0415 - see above

        self._h5 = h5py
        self._size = size
        self.texts: list[tuple[str, str]] = []
        self.names: dict[str, None] = {}
        self.losses: dict[str, None] = {}
        self._attributes = MOST_ATTRIBUTES

    def through(self, file: "h5py.File") -> None:
        """Goes through all objects, each once, however many links lead to it."""
        seen: set[object] = set()
        waiting: list[tuple[str, h5py.Group | h5py.Dataset | None]] = [("", file)]
        while waiting:
            name, one = waiting.pop()
            if one is None:
                continue
            key = self._h5.h5o.get_info(one.id).addr
            if key in seen:
                continue
            if len(seen) >= MOST_OBJECTS:
                self.losses["text-budget"] = None
                return
            seen.add(key)
            self._attributes_of(name, one)
            if isinstance(one, self._h5.Dataset):
                self._content(name, one)
            elif isinstance(one, self._h5.Group):
                waiting += self._children(one)

    def _children(
        self, group: "h5py.Group"
    ) -> Iterator[tuple[str, "h5py.Group | h5py.Dataset | None"]]:
        """What a group links to in this file, of links of other kinds the names and targets."""
        for number, name in enumerate(group):
            if number >= MOST_OBJECTS:
                self.losses["text-budget"] = None
                return
            self.names[_word(name)] = None
            raw = name.encode() if isinstance(name, str) else name
            try:
                if group.id.links.get_info(raw).type == self._h5.h5l.TYPE_HARD:
                    yield name, self._opened(group, raw)
                else:
                    target = group.id.links.get_val(raw)
                    parts = target if isinstance(target, tuple) else (target,)
                    self.names.update((_word(one), None) for one in parts)
            except _BROKEN:
                self.losses["damaged"] = None

    def _opened(self, group: "h5py.Group", raw: bytes) -> "h5py.Group | h5py.Dataset | None":
        """What a hard link leads to; by its bytes, which need not be UTF-8."""
        found = self._h5.h5o.open(group.id, raw)
        if isinstance(found, self._h5.h5g.GroupID):
            return self._h5.Group(found)
        return self._h5.Dataset(found) if isinstance(found, self._h5.h5d.DatasetID) else None

    def _attributes_of(self, above: str, one: "h5py.Group | h5py.Dataset") -> None:
        for name in one.attrs:
            self._attributes -= 1
            if self._attributes < 0:
                self.losses["text-budget"] = None
                return
            try:
                held = one.attrs.get_id(name)
                if self._is_told(held.dtype, prod(held.shape), held.get_storage_size()):
                    self._keep(key_of(_word(above), _word(name)), one.attrs[name])
            except _BROKEN:
                self.losses["damaged"] = None

    def _content(self, name: str, one: "h5py.Dataset") -> None:
        """The text of a dataset, unless it lies elsewhere or is longer than texts are."""
        try:
            signs = one.dtype.kind == "u" and one.attrs.get("MATLAB_class") in _CHARACTERS
            if one.external or one.is_virtual or one.shape is None:
                return
            if signs and one.nbytes <= MOST_TEXT:
                self._keep(_word(name), one[()].T.tobytes().decode("utf-16", "replace"))
            elif signs:
                self.losses["text-budget"] = None
            elif self._is_told(one.dtype, one.size, one.nbytes):
                self._keep(_word(name), one[()])
        except _BROKEN:
            self.losses["damaged"] = None

    def _is_told(self, dtype: "np.dtype[Any]", count: int, length: int) -> bool:
        """Whether values are strings that may be read; of those that are too long, the loss.

        Strings of any length stand elsewhere in the file, and many values may be the same one.
        """
        texts = self._texts_in(dtype)
        if not texts:
            return False
        fits = length <= MOST_TEXT
        if texts > 1:
            fits = fits and (count <= _FEW or count * self._size <= _MOST_MEMORY)
        if not fits:
            self.losses["text-budget"] = None
        return fits

    def _texts_in(self, dtype: "np.dtype[Any]") -> int:
        """0 if no strings are in values of a type, 1 for strings of one length, 2 for any."""
        if dtype.names:
            return max(self._texts_in(dtype[name]) for name in dtype.names)
        if dtype.kind == "S":
            return 1
        return 2 if self._h5.check_string_dtype(dtype) is not None else 0

    def _keep(self, name: str, value: object) -> None:
        """Keeps the strings in a value; those of structures by the names of their fields."""
        fields = getattr(getattr(value, "dtype", None), "names", None) or ()
        for field in fields:
            self._keep(field, value[field])  # type: ignore[index]
        if fields:
            return
        for number, text in enumerate(_strings(value)):
            if number >= MOST_STRINGS or len(text) > MOST_TEXT:
                self.losses["text-budget"] = None
            if number >= MOST_STRINGS or len(self.texts) >= MOST_ATTRIBUTES:
                return
            if text.strip():
                self.texts.append((name, text[:MOST_TEXT]))


def _word(name: str | bytes) -> str:
    """A name as text: those that are no UTF-8 are given as bytes."""
    return name if isinstance(name, str) else text_of(name)


def _strings(value: object) -> Iterator[str]:
    """The strings in a value of h5py, whatever it is."""
    if isinstance(value, bytes):
        yield text_of(value)
    elif isinstance(value, str):
        yield value
    elif hasattr(value, "tolist"):
        yield from _strings(value.tolist())
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _strings(one)
