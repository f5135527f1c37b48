"""Real trees that name nobody, or hardly anybody: their names, and the folders they stand in.

The tree of the operating system, the packages of the running Python, a `node_modules` that npm
makes on the spot, and the lists of public names in --real (one a line).
"""

import os
import shutil
import subprocess
import sysconfig
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SYSTEM = ("/usr", "/etc", "/opt", "/var/lib", "/bin", "/lib")
_NODE = ("express", "eslint", "webpack", "jest", "lodash", "typescript")
_MINUTES = 180.0
_RUN = 200
"""Lines of a list of public names that are taken as siblings."""

SOFTWARE = ("packages of Python", "node_modules", "the operating system")
"""Trees in which a name at high is a false alarm, but for one in some hundreds: authors."""
IMAGING = ("SeriesDescription", "StudyDescription", "PatientID")
"""Lists of DICOM descriptions and of public subject IDs."""


@dataclass(frozen=True, slots=True)
class Tree:
    """The distinct names of a tree, and the names below each of its folders."""

    title: str
    names: frozenset[str]
    folders: tuple[tuple[str, ...], ...]


def trees(work: Path, lists: Path, *, quick: bool) -> Iterator[Tree]:
    """Every tree that is there; a quick look takes a part of the system and no node_modules."""
    yield walked("packages of Python", (Path(sysconfig.get_paths()["purelib"]),))
    roots = SYSTEM[1:4] if quick else SYSTEM
    yield walked("the operating system", tuple(map(Path, roots)))
    modules = None if quick else node_modules(work)
    if modules is not None:
        yield walked("node_modules", (modules,))
    for path in sorted(lists.glob("*.txt")) if lists.is_dir() else ():
        yield _listed(path)


def walked(title: str, roots: tuple[Path, ...]) -> Tree:
    """The tree below some folders; links are not followed, names that are no text are left out."""
    names: set[str] = set()
    folders: list[tuple[str, ...]] = []
    for root in roots:
        for folder, below, files in os.walk(root):
            below[:] = sorted(name for name in below if _wanted(folder, name))
            here = tuple(name for name in sorted((*below, *files)) if name.isprintable())
            names.update(here)
            folders.append(here)
    return Tree(title, frozenset(names), tuple(folder for folder in folders if folder))


def _wanted(folder: str, name: str) -> bool:
    """Packages of Python are a tree of their own; what is mounted or runs is none."""
    return name not in {"site-packages", "proc", "sys"} and not os.path.ismount(f"{folder}/{name}")


def node_modules(work: Path) -> Path | None:
    """The folder that npm makes for some well-known packages; None without npm or a registry."""
    if shutil.which("npm") is None:
        return None
    folder = work / "node"
    folder.mkdir(parents=True, exist_ok=True)
    command = ("npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--silent", *_NODE)
    try:
        subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=_MINUTES)
    except (OSError, subprocess.SubprocessError):
        return None
    return folder / "node_modules"


def _listed(path: Path) -> Tree:
    lines = sorted({line.strip() for line in path.read_text("utf-8").splitlines()} - {""})
    runs = (tuple(lines[at : at + _RUN]) for at in range(0, len(lines), _RUN))
    return Tree(path.stem, frozenset(lines), tuple(runs))


def skeleton(roots: tuple[Path, ...], below: Path) -> int:
    """The same folders and names, every file empty, below another folder; gives how many entries.

    What a scan says of names it says of these too, and the files' content costs no time.
    """
    count = 0
    for number, root in enumerate(roots):
        for folder, inner, files in os.walk(root):
            there = below / f"tree-{number}" / os.path.relpath(folder, root)
            there.mkdir(parents=True, exist_ok=True)
            for name in files:
                (there / name).touch()
            count += len(files) + len(inner)
    return count
