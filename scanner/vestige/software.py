"""Trees of software: where they begin, told from what lies in a directory, never from its name.

Programs bring names of people with them: of authors, of packages, of places. Where a directory
holds what only software holds, names are judged by another expectation; where a folder is merely
called node_modules, they are not. Names of entries are bytes, as the system gives them.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from vestige.text import TokenKind, tokens

Asks = Callable[[bytes], bool]
"""Whether a file or folder stands at a path below the directory."""

Parts = tuple[bytes, ...]
"""A path below a directory, name by name."""


class Software(StrEnum):
    """What kind of tree it is, in the words of reports."""

    SITE_PACKAGES = "site-packages"
    NODE_MODULES = "node_modules"
    REPOSITORY = "repository"
    CONDA = "conda environment"
    PACKAGE_CACHE = "package cache"
    PYTHON = "Python environment"
    LIBRARY = "standard library"
    R = "R library"
    MAVEN = "Maven repository"
    CARGO = "cargo registry"
    GO = "Go modules"
    RUBY = "Ruby gems"
    TEX = "TeX tree"
    SYSTEM = "operating system"
    LAYER = "container layer"


class Begun(NamedTuple):
    """A tree that begins at a directory: all of it, or only what lies at some `paths` below it."""

    kind: Software
    paths: tuple[Parts, ...] | None = None


@dataclass(frozen=True, slots=True)
class Sign:
    """What must stand in a directory; a mark that ends in a slash is a folder.

    All of `every`, at least `least` of `some`, and one of the paths below it that are `asked`.
    """

    kind: Software
    every: frozenset[bytes] = frozenset()
    some: frozenset[bytes] = frozenset()
    least: int = 0
    asked: tuple[bytes, ...] = ()
    paths: tuple[Parts, ...] | None = None

    def shown(self, marks: frozenset[bytes], has: Asks) -> bool:
        """Whether a directory with these marks is what the sign stands for."""
        there = self.every <= marks and len(self.some & marks) >= self.least
        return there and (not self.asked or any(map(has, self.asked)))


def _marks(text: str) -> frozenset[bytes]:
    return frozenset(text.encode().split())


def _below(text: str, above: str = "") -> tuple[Parts, ...]:
    return tuple(tuple(f"{above}{path}".encode().split(b"/")) for path in text.split())


_ENVIRONMENT = _below("bin lib lib64 include share etc man Scripts Lib Include")
_CONDA = _ENVIRONMENT + _below(
    "conda-meta pkgs envs condabin libexec sbin ssl var Library DLLs Tools tcl fonts doc docs "
    "mkspecs plugins resources translations qml shell compiler_compat sysroot "
    "x86_64-conda-linux-gnu"
)
_SYSTEM = (
    "usr/bin usr/lib usr/lib32 usr/lib64 usr/libx32 usr/libexec usr/sbin usr/share usr/include "
    "usr/games usr/local/bin usr/local/lib usr/local/share/man bin sbin lib lib32 lib64 libx32 etc "
    "boot var/lib/dpkg var/lib/apt var/lib/rpm var/cache/apt var/cache/debconf"
)
"""Where an operating system keeps its own; what lies beside these is anybody's."""

_JAVA = tuple(
    f"{group}".encode()
    for group in (
        *("org/apache", "org/codehaus", "org/junit", "org/slf4j", "org/springframework", "org/ow2"),
        *("com/google", "com/fasterxml", "com/sun", "io/netty", "commons-io", "junit/junit"),
    )
)

SIGNS = (
    Sign(Software.REPOSITORY, _marks("HEAD config objects/ refs/")),
    Sign(Software.REPOSITORY, _marks("requires store/ 00changelog.i")),
    Sign(Software.REPOSITORY, _marks("wc.db pristine/ entries format")),
    Sign(
        Software.CONDA,
        _marks("conda-meta/"),
        asked=(b"conda-meta/history", b"conda-meta/pixi", b"conda-meta/pixi_env_prefix"),
        paths=_CONDA,
    ),
    Sign(Software.PACKAGE_CACHE, _marks("urls urls.txt")),
    Sign(Software.PACKAGE_CACHE, _marks("content-v2/ index-v5/")),
    Sign(Software.PYTHON, _marks("pyvenv.cfg"), _marks("lib/ Lib/"), 1, paths=_ENVIRONMENT),
    Sign(Software.LIBRARY, _marks("os.py site.py codecs.py encodings/")),
    Sign(Software.LIBRARY, _marks("strict.pm warnings.pm")),
    Sign(Software.LIBRARY, _marks("VERSION src/ pkg/"), asked=(b"src/runtime/proc.go",)),
    Sign(Software.LIBRARY, _marks("release lib/"), asked=(b"lib/modules", b"lib/rt.jar")),
    Sign(Software.R, _marks("base/ stats/ utils/ methods/"), asked=(b"base/DESCRIPTION",)),
    Sign(Software.R, _marks("DESCRIPTION NAMESPACE INDEX Meta/")),
    Sign(Software.MAVEN, some=_marks("org/ com/ io/ javax/ junit/"), least=2, asked=_JAVA),
    Sign(Software.MAVEN, _marks("modules-2/"), asked=(b"modules-2/files-2.1",)),
    Sign(Software.MAVEN, _marks("_remote.repositories")),
    Sign(
        Software.CARGO,
        _marks("index/ cache/"),
        asked=(
            *(b"index/index.crates.io-1949cf8c6b5b557f", b"index/index.crates.io-6f17d22bba15001f"),
            b"index/github.com-1ecc6299db9ec823",
        ),
    ),
    Sign(Software.CARGO, _marks("Cargo.toml"), _marks(".cargo-ok .cargo_vcs_info.json"), 1),
    Sign(Software.CARGO, _marks(".rustc_info.json CACHEDIR.TAG")),
    Sign(Software.GO, _marks("cache/ github.com/"), asked=(b"cache/download",)),
    Sign(Software.RUBY, _marks("gems/ specifications/ cache/")),
    Sign(Software.TEX, _marks("tex/"), _marks("ls-R fonts/ bibtex/ web2c/ metafont/ dvips/"), 2),
    Sign(
        Software.SYSTEM,
        _marks("etc/ usr/ var/"),
        asked=(b"etc/passwd",),
        paths=_below(_SYSTEM),
    ),
    Sign(
        Software.LAYER,
        _marks("diff/ link"),
        _marks("lower work/ committed"),
        1,
        paths=_below(_SYSTEM, "diff/"),
    ),
    Sign(
        Software.SYSTEM,
        some=_marks(
            "zoneinfo/ terminfo/ doc-base/ common-licenses/ licenses/ base-files/ i18n/ perl5/ "
            "man-db/ debconf/ info/ misc/ pkgconfig/ bash-completion/ libc-bin/ X11/ groff/ pam/"
        ),
        least=4,
    ),
    Sign(
        Software.SYSTEM,
        some=_marks(
            "systemd/ udev/ dpkg/ apt/ rpm/ firmware/ modprobe.d/ modules-load.d/ sysctl.d/ "
            "sysusers.d/ tmpfiles.d/ binfmt.d/ x86_64-linux-gnu/ aarch64-linux-gnu/ locale/"
        ),
        least=4,
    ),
    Sign(
        Software.SYSTEM,
        some=_marks("passwd group hosts fstab ld.so.conf nsswitch.conf shells services protocols"),
        least=5,
    ),
    Sign(Software.SYSTEM, some=_marks("man1/ man3/ man5/ man7/ man8/"), least=3),
    Sign(
        Software.SYSTEM,
        _marks("Etc/ Europe/ America/ Asia/"),
        _marks("zone.tab tzdata.zi UTC GMT"),
        1,
    ),
    Sign(
        Software.SYSTEM,
        some=_marks("x/ v/ s/ d/ 78/ 76/ 73/"),
        least=3,
        asked=(b"x/xterm", b"78/xterm", b"v/vt100", b"76/vt100"),
    ),
    Sign(Software.SYSTEM, some=_marks("libc.so.6 libm.so.6 libdl.so.2 libpthread.so.0"), least=2),
    Sign(Software.SYSTEM, _marks("modules.dep modules.order")),
    Sign(Software.SYSTEM, _marks("status available info/ alternatives/")),
    Sign(Software.SYSTEM, _marks("System32/ WinSxS/")),
)
"""What shows a tree of software, the surest first."""

_MARKS = frozenset().union(*(sign.every | sign.some for sign in SIGNS))
_FILES = frozenset(mark for mark in _MARKS if not mark.endswith(b"/"))
_FOLDERS = frozenset(mark[:-1] for mark in _MARKS if mark.endswith(b"/"))

# --- what is shown by most of what a directory holds ----------------------------------------------

_SAMPLE = 8
"""Folders that are asked what they hold."""
_MOST = 0.75
"""Share of them that must hold what packages hold."""
_DISTRIBUTIONS = 6
"""Of so many folders of site-packages at least one is the description of a distribution."""
_METADATA = (b"METADATA", b"PKG-INFO", b"RECORD")
_LAID_OUT = {
    b"node_modules": (Software.NODE_MODULES, (b"package.json",)),
    b"nodejs": (Software.NODE_MODULES, (b"package.json",)),
    b"library": (Software.R, (b"DESCRIPTION",)),
    b"site-library": (Software.R, (b"DESCRIPTION",)),
    b"pkgs": (Software.PACKAGE_CACHE, (b"info/index.json",)),
    b"locale": (Software.SYSTEM, (b"LC_MESSAGES",)),
    b"doc": (Software.SYSTEM, (b"copyright", b"changelog.gz", b"changelog.Debian.gz")),
}
"""By the name that a folder often has: what its own folders then hold. The name asks, they tell."""


def begins(
    name: bytes, others: Sequence[bytes], folders: Sequence[bytes], has: Asks
) -> Begun | None:
    """The tree of software that begins at a directory, by its listing in order; None if none does.

    `has` is asked only where the listing itself speaks for software, or the name suggests it.
    """
    if not folders and not _there(others, _FILES):
        return None
    marks = frozenset((*_there(others, _FILES), *(m + b"/" for m in _there(folders, _FOLDERS))))
    if marks:
        for sign in SIGNS:
            if sign.shown(marks, has):
                return Begun(sign.kind, sign.paths)
    if _distributions(others, folders, has):
        return Begun(Software.SITE_PACKAGES)
    laid_out = _LAID_OUT.get(name)
    if laid_out is not None and _hold(folders, laid_out[1], has):
        return Begun(laid_out[0])
    return None


def _there(names: Sequence[bytes], wanted: frozenset[bytes]) -> frozenset[bytes]:
    """Which of the `wanted` stand among `names`, which are in order and may be very many."""
    if len(names) <= len(wanted) * 8:
        return wanted.intersection(names)
    return frozenset(name for name in wanted if _holds(names, name))


def _holds(names: Sequence[bytes], name: bytes) -> bool:
    at = bisect_left(names, name)
    return at < len(names) and names[at] == name


def _distributions(others: Sequence[bytes], folders: Sequence[bytes], has: Asks) -> bool:
    """Whether installed distributions are described here, and are a good part of what is."""
    new = [name for name in folders if name.endswith(b".dist-info")]
    old = [name for name in folders if name.endswith(b".egg-info")]
    if old:
        old += [name for name in others if name.endswith(b".egg-info")]
    if not new and len(old) < 2:  # noqa: PLR2004 - one alone lies beside any project
        return False
    if (len(new) + len(old)) * _DISTRIBUTIONS < len(folders):
        return False
    return any(has(b"%b/%b" % (one, file)) for one in (*new, *old)[:_SAMPLE] for file in _METADATA)


def _hold(folders: Sequence[bytes], files: Sequence[bytes], has: Asks) -> bool:
    """Whether most of some folders, taken evenly, hold one of the files."""
    plain = [name for name in folders if name[:1] not in b".@_"]
    asked = plain[:: -(-len(plain) // _SAMPLE) or 1]
    holding = sum(any(has(b"%b/%b" % (name, file)) for file in files) for name in asked)
    return bool(asked) and holding >= _MOST * len(asked)


# --- going down ---------------------------------------------------------------------------------


class Ahead(NamedTuple):
    """A place below at which a tree begins; `shown_by` is the directory that shows it."""

    kind: str
    shown_by: int
    parts: Parts


class Ground(NamedTuple):
    """What the entries of a directory lie in: a kind of software ("" for none), and what is ahead.

    `shown_by` is the number of the directory that shows it, 0 if that lies above the root.
    """

    kind: str = ""
    shown_by: int = 0
    ahead: tuple[Ahead, ...] = ()

    def below(self, name: bytes) -> "Ground":
        """What the entries of a folder lie in, as far as what is above it tells."""
        if self.kind or not self.ahead:
            return self
        nearer = tuple(
            one._replace(parts=one.parts[1:]) for one in self.ahead if one.parts[0] == name
        )
        begun = next((one for one in nearer if not one.parts), None)
        return Ground("", 0, nearer) if begun is None else Ground(begun.kind, begun.shown_by)

    def at(self, begun: Begun | None, number: int) -> "Ground":
        """The same with what the directory itself shows, whose number is `number`."""
        if begun is None:
            return self
        if begun.paths is None:
            return Ground(begun.kind, number)
        own = tuple(Ahead(begun.kind, number, parts) for parts in begun.paths)
        return Ground("", 0, own + self.ahead)


NOWHERE = Ground()

# --- what is no name of software anywhere ---------------------------------------------------------

_UNIQUE = frozenset({TokenKind.DATE, TokenKind.EMAIL, TokenKind.UID, TokenKind.UUID})
_FORMAL = re.compile(r"[^\W\d_](?:\^| ?[,;][ _]?)[^\W\d_]")
_DIGITS_OF_RECORD = 6
"""Digits from which a number is none of a version, an issue or a size."""


def is_telling(text: str) -> bool:
    """Whether a name holds what names of software do not.

    That is a date, a UUID, a number as long as those of records, a caret or comma between words.
    """
    return _FORMAL.search(text) is not None or any(
        piece.kind in _UNIQUE
        or (piece.kind is TokenKind.NUMBER and len(piece.text) >= _DIGITS_OF_RECORD)
        for piece in tokens(text)
    )


_CODE = frozenset(
    b"bat c cc cjs cmd coffee cpp cs css cu cuh cxx dart erl ex f f03 f90 fs go groovy h hh hpp hs"
    b" hxx inc java jl js jsx kt less lua m map mjs ml mm php pl pm proto ps1 pxd py pyi pyx rb rs"
    b" sass scala scss sh swift tcl ts tsx v vb vue".split()
)
"""Endings of source code."""


def is_code(name: bytes) -> bool:
    """Whether a name is that of source code, which in a tree of software strangers wrote."""
    stem, _, ending = name.rpartition(b".")
    return stem != b"" and ending.lower() in _CODE


_HOOK = re.compile(
    rb"/hooks/(?:applypatch-msg|commit-msg|fsmonitor-watchman|post-update|pre-applypatch|pre-commit|"
    rb"pre-merge-commit|pre-push|pre-rebase|pre-receive|prepare-commit-msg|push-to-checkout|"
    rb"sendemail-validate|update)\.sample\Z"
)


def is_sample_hook(path: bytes) -> bool:
    """Whether a file is one of the scripts that Git puts into every repository as examples."""
    return _HOOK.search(path) is not None
