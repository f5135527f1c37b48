"""A workspace: what is reviewed again and again, how, and where the results go."""

import os
import re
import string
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from vestige.catalog.policy import policies
from vestige.catalog.strict import Fields, reason
from vestige.model import Band, WorkspaceError

FORMATS = ("html", "csv", "json")
"""The formats of reports that a workspace may ask for."""

LANGUAGES = ("en", "es")
"""The languages of the report page that a workspace may ask for."""

PLACES = frozenset(
    "verdict code new gone critical high medium low info entries folder report summary".split()
)
"""What a notification command may be told: words, counts, and paths of the workspace's own."""

_SECONDS_A_DAY = 86_400
_KEPT, _KEPT_MOST = 12, 1_000
_NOTIFY_SECONDS, _NOTIFY_MOST = 60, 1_000
_NICEST = 19


@dataclass(frozen=True, slots=True)
class Notice:
    """A command that is told how a review ended: arguments, for which ends, and its time limit."""

    command: tuple[str, ...] = ()
    always: bool = True
    seconds: int = _NOTIFY_SECONDS


@dataclass(frozen=True, slots=True)
class FullRead:
    """When everything is read, whatever has changed: after so many reviews, or so many seconds.

    0 says that neither asks for it; a review without an earlier one reads everything anyway.
    """

    reviews: int = 0
    seconds: int = 0


@dataclass(frozen=True, slots=True)
class Workspace:
    """One review that repeats; paths are absolute, `config` is the file that states it."""

    config: Path
    folder: Path
    roots: tuple[Path, ...]
    policy: str = "gdpr"
    fail_on: Band | None = None
    rules: tuple[Path, ...] = ()
    roster: Path | None = None
    key: Path | None = None
    baseline: Path | None = None
    jobs: int = 0
    readers: int = 0
    hunt: bool = False
    paranoid: bool = False
    cross_file_systems: bool = False
    software_as_data: bool = False
    keep: int = _KEPT
    outputs: tuple[str, ...] = FORMATS
    full: FullRead = FullRead()
    notice: Notice = Notice()
    nice: int = _NICEST
    log_json: bool = False
    language: str = "en"
    csv_bom: bool = False


def workspace(file: Path) -> Workspace:
    """The workspace that a TOML file states; WorkspaceError names the file and the key.

    Relative paths are meant from the folder of the file; `~` is the home of who runs it.
    """
    try:
        raw = file.read_bytes()
    except OSError as error:
        raise WorkspaceError(f"{file.name}: cannot be read ({error.strerror})") from None
    try:
        table = tomllib.loads(raw.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise WorkspaceError(f"{file.name}: not valid TOML: {reason(error)}") from None
    fields = Fields(file.name, table, WorkspaceError)
    paths = _Paths(fields, Path(os.path.abspath(file)).parent)
    stated = Workspace(
        config=Path(os.path.abspath(file)),
        folder=paths.one("workspace"),
        roots=paths.several("roots", least=1),
        policy=_policy(fields, paths),
        fail_on=fields.band("fail-on") if fields.has("fail-on") else None,
        rules=paths.there("rules", folders=True),
        roster=paths.file("roster"),
        key=paths.file("key"),
        baseline=paths.file("baseline"),
        jobs=_whole(fields, "jobs", 0),
        readers=_whole(fields, "readers", 0, most=64),
        hunt=fields.flag("hunt"),
        paranoid=fields.flag("paranoid"),
        cross_file_systems=fields.flag("cross-file-systems"),
        software_as_data=fields.flag("software-as-data"),
        keep=_whole(fields, "keep", _KEPT, least=1, most=_KEPT_MOST),
        outputs=_outputs(fields),
        full=_full(fields),
        notice=_notice(fields),
        nice=_whole(fields, "nice", _NICEST, most=_NICEST),
        language=fields.choice("language", LANGUAGES) if fields.has("language") else "en",
        csv_bom=fields.flag("csv-bom"),
        log_json=fields.has("log") and fields.choice("log", ("text", "json")) == "json",
    )
    fields.finish()
    _demand_apart(fields, stated)
    return stated


class _Paths:
    """The paths of a description, from the folder in which it lies."""

    def __init__(self, fields: Fields, folder: Path) -> None:
        self._fields = fields
        self._folder = folder

    def one(self, key: str) -> Path:
        """The path at `key`."""
        return self._path(key, self._fields.words(key))

    def several(self, key: str, least: int = 0) -> tuple[Path, ...]:
        """The paths in the list at `key`."""
        found = self._fields.texts(key, default=() if not least else None)
        if len(found) < least:
            self._fields.refuse(key, "must not be empty")
        paths = tuple(self._path(key, one) for one in found)
        if len(set(paths)) < len(paths):
            self._fields.refuse(key, "names one folder twice")
        return paths

    def there(self, key: str, *, folders: bool = False) -> tuple[Path, ...]:
        """The paths in the list at `key`, which must be there."""
        found = self.several(key)
        for path in found:
            if not (path.is_dir() if folders else path.is_file()):
                self._fields.refuse(key, f"there is no {'folder' if folders else 'file'} there")
        return found

    def file(self, key: str) -> Path | None:
        """The file at `key`, which must be there; None if there is no such key."""
        if not self._fields.has(key):
            return None
        path = self.one(key)
        if not path.is_file():
            self._fields.refuse(key, "there is no file there")
        return path

    def _path(self, key: str, text: str) -> Path:
        if not text.strip() or not text.isprintable():
            self._fields.refuse(key, "is no path: it is empty or holds a control character")
        return Path(os.path.normpath(self._folder / os.path.expanduser(text)))


def _policy(fields: Fields, paths: _Paths) -> str:
    """A policy's name, or the path of its file."""
    if not fields.has("policy"):
        return "gdpr"
    named = fields.words("policy")
    if named in policies():
        return named
    if paths.file("policy") is None:
        fields.refuse("policy", "is missing")
    return os.fspath(paths.one("policy"))


def _whole(fields: Fields, key: str, default: int, least: int = 0, most: int = 1000) -> int:
    if not fields.has(key):
        return default
    value = fields.whole(key)
    if not least <= value <= most:
        fields.refuse(key, f"must lie between {least} and {most}")
    return value


def _outputs(fields: Fields) -> tuple[str, ...]:
    found = fields.texts("outputs", default=FORMATS)
    unknown = [one for one in found if one not in FORMATS]
    if unknown:
        fields.refuse("outputs", f"{unknown[0]!r} is not one of {', '.join(FORMATS)}")
    return tuple(one for one in FORMATS if one in found)


_DAYS = re.compile(r"([1-9]\d{0,3}) days?")


def _full(fields: Fields) -> FullRead:
    """Every so many reviews, as 10, or every so many days, as "30 days"."""
    if not fields.has("full-every"):
        return FullRead()
    if fields.is_text("full-every"):
        days = _DAYS.fullmatch(fields.text("full-every"))
        if days is None:
            fields.refuse("full-every", 'must be a number of reviews, or as "30 days"')
        return FullRead(seconds=int(days[1]) * _SECONDS_A_DAY)
    return FullRead(reviews=_whole(fields, "full-every", 0, least=1))


def _notice(fields: Fields) -> Notice:
    """The command of a notification: its arguments may ask for `PLACES` in braces alone."""
    command = fields.texts("notify", default=())
    if fields.has("notify") and not (command and command[0].strip()):
        fields.refuse("notify", "must name a command")
    for argument in command:
        _demand_known_places(fields, argument)
    when = "always"
    if fields.has("notify-when"):
        when = fields.choice("notify-when", ("always", "not-clean"))
    seconds = _whole(fields, "notify-seconds", _NOTIFY_SECONDS, least=1, most=_NOTIFY_MOST)
    return Notice(command, when == "always", seconds)


def _demand_known_places(fields: Fields, argument: str) -> None:
    if not argument.isprintable():
        fields.refuse("notify", "an argument holds a control character")
    try:
        names = [(name, form) for _, name, form, _ in string.Formatter().parse(argument)]
    except ValueError:
        fields.refuse("notify", "braces are not paired; write {{ and }} for braces themselves")
    for name, form in names:
        if name is not None and (name not in PLACES or form):
            fields.refuse("notify", f"{{{name}}} is not one of {', '.join(sorted(PLACES))}")


def _demand_apart(fields: Fields, stated: Workspace) -> None:
    """Refuse a workspace inside a root or around one, and roots inside one another."""
    folder = os.path.realpath(stated.folder)
    roots = [os.path.realpath(root) for root in stated.roots]
    for root in roots:
        if inside(folder, root):
            fields.refuse("workspace", "lies inside a root, which must not be changed")
        if inside(root, folder):
            fields.refuse("workspace", "holds a root; keep results and data apart")
    if any(inside(one, other) for one in roots for other in roots if one is not other):
        fields.refuse("roots", "one lies inside another; give each volume once")


def inside(path: str, folder: str) -> bool:
    """Whether a real path is a folder or lies in it."""
    return os.path.commonpath((path, folder)) == folder


def filled(arguments: Sequence[str], facts: dict[str, str]) -> list[str]:
    """Arguments of a notification with `PLACES` filled in, each as one argument."""
    return [argument.format_map(facts) for argument in arguments]
