"""Extended: what is said of the attributes and the owner that a file system keeps of an entry."""

import os

from vestige.model import Entry, Kind, Place, Where
from vestige.read import extended, name, ways
from vestige.read.beside import paths
from vestige.read.ways import Way
from vestige.run.answers import Answers, Known

_CODECS = ("utf_8",)
_ATTRIBUTE = Place(Where.BESIDE, "extended attribute", vr="UT")
_OWNER = Place(Where.BESIDE, "owner of the file", vr="UT")


def has_attributes(target: int | bytes) -> bool:
    """Whether an open file, or the entry at a path, has attributes that somebody wrote.

    That is one question to the system. Labels of its own, as SELinux gives every file, are none.
    """
    if not extended.LISTS:
        return False
    try:
        names = os.listxattr(target) if isinstance(target, int) else extended.names(target)
    except OSError:
        return False
    return bool(names) and any(map(extended.is_users, names))


class Extended:
    """Judges attributes and owners; one lives in each worker."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers
        self._attribute = answers.alone(Way(ways.text, _ATTRIBUTE, _CODECS))
        self._owner = answers.alone(Way(ways.text, _OWNER, _CODECS))
        self._path = answers.alone(Way(name.read, paths.PATH, _CODECS))
        self._owners: dict[int, tuple[int, ...]] = {}

    def of_file(self, descriptor: int, user: int) -> tuple[int, ...]:
        """The causes in the attributes of an open file, and in the name of its owner."""
        return (*self._of_attributes(descriptor), *self._of_owner(user))

    def of_entry(self, entry: Entry) -> tuple[int, ...]:
        """The causes in the attributes of a directory, and in the name of its owner."""
        return self.of_folder(entry.path) if entry.kind is Kind.DIRECTORY else ()

    def of_folder(self, path: bytes, user: int | None = None) -> tuple[int, ...]:
        """The causes in the attributes of the directory at a path, and in the name of its owner.

        The system is asked who that is if nobody tells the number of the `user`.
        """
        if not extended.LISTS:
            return ()
        try:
            user = os.lstat(path).st_uid if user is None else user
        except OSError:
            return ()
        return (*self._of_attributes(path), *self._of_owner(user))

    def _of_attributes(self, target: int | bytes) -> tuple[int, ...]:
        if not has_attributes(target):
            return ()
        found: dict[int, None] = {}
        for text in extended.told(target):
            found.update(dict.fromkeys(self._of_text(self._attribute, text)))
            for told in paths.told((text,)):
                for one in told.texts:
                    found.update(dict.fromkeys(self._of_text(self._path, one)))
        return tuple(found)

    def _of_owner(self, user: int) -> tuple[int, ...]:
        causes = self._owners.get(user)
        if causes is None:
            full = extended.owner(user)
            causes = self._owners[user] = self._of_text(self._owner, full) if full else ()
        return causes

    def _of_text(self, known: Known, text: str) -> tuple[int, ...]:
        known.forget()
        return self._answers.to(known, text.encode("utf-8", "replace")).causes
