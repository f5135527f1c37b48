"""Paths: where entries and the files inside them lie, as reports may show it."""

from vestige.lexicon import Lexicon
from vestige.model import Where
from vestige.store import Row, Store
from vestige.text import readings, shown

_FOLDERS = 10_000
"""Paths of directories, and names, that are remembered while entries are listed."""


class Paths:
    """Masked paths of entries; words that technique alone uses stay readable.

    In names that identify somebody none does, nor in those of the entries `hidden`. A claim about
    a place says nothing of its name.
    """

    def __init__(self, store: Store, words: Lexicon, hidden: frozenset[int] = frozenset()) -> None:
        self._store = store
        self._hidden = hidden
        self._words = words
        self._folders: dict[int, str] = {}
        self._inside: tuple[int, frozenset[bytes]] = (0, frozenset())
        self._names: dict[tuple[bytes, bool], str] = {}
        self._members = store.outline.members() | store.between()
        self._named_sets = _with_findings(store, Where.PATH)
        self._told_sets = _with_findings(store, Where.GHOST)

    def component(self, row: Row) -> str:
        """The masked name of one entry."""
        hidden = row.id in self._members or row.finding_set in self._named_sets
        hidden = hidden or row.id in self._hidden
        found = self._names.get((row.name, hidden))
        if found is None:
            if len(self._names) > _FOLDERS:
                self._names.clear()
            words = _never if hidden else self._words.ordinary
            found = self._names[row.name, hidden] = shown(readings(row.name)[0], (), words)
        return found

    def path(self, number: int) -> str:
        """The masked path of an entry, from its root."""
        return self.of(self._store.row(number))

    def of(self, row: Row) -> str:
        """The masked path of an entry that was read from the store."""
        return self._folder(row.parent) + self.component(row)

    def within(self, number: int, way: bytes) -> str:
        """The masked path of a file inside an entry, to which a way leads from there."""
        if self._inside[0] != number:
            told = self._store.within.of(number)
            self._inside = number, frozenset(w for w, found in told if found in self._told_sets)
        hidden = self._inside[1]
        shown_parts, at = [self.path(number)], 0
        for part in way.split(b"/"):
            at += len(part) + 1
            name = part.removesuffix(b"!")
            is_hidden = number in self._hidden or way[: at - 1].removesuffix(b"!") in hidden
            known = _never if is_hidden else self._words.ordinary
            shown_parts.append(shown(readings(name)[0], (), known) + "!" * (name != part))
        return "/".join((shown_parts[0] + shown_parts[1], *shown_parts[2:]))

    def _folder(self, number: int) -> str:
        """The masked path of a directory, with a slash behind it."""
        if number == 0:
            return ""
        found = self._folders.get(number)
        if found is None:
            above: list[Row] = []
            while number and number not in self._folders:
                above.append(self._store.row(number))
                number = above[-1].parent
            found = self._folders.get(number, "")
            if len(self._folders) > _FOLDERS:
                self._folders.clear()
            for row in reversed(above):
                found = self._folders[row.id] = f"{found}{self.component(row)}/"
        return found

    def root(self, path: bytes) -> str:
        """The masked path of a root."""
        parts = (readings(part)[0] for part in path.split(b"/"))
        return "/".join(shown(part, (), self._words.ordinary) if part else "" for part in parts)


def _never(_word: str) -> bool:
    return False


def _with_findings(store: Store, where: Where) -> set[int]:
    """The sets with a finding that stands there, and tells more than what a place is."""
    findings = {
        f.id for f in store.findings() if f.where is where and f.claim.identifies != "claim"
    }
    return {number for number, members in store.sets().items() if findings & set(members)}
