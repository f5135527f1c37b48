"""Ghosts: what is said of names that stand in no folder, but in a file that still tells of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from vestige.catalog import Catalog, FamilyMatch, Policy, Rule
from vestige.correlate.families import families
from vestige.correlate.reasons import of_family
from vestige.correlate.templates import FoundFamily, Sibling
from vestige.digits import form_of
from vestige.model import (
    GONE,
    Band,
    Certainty,
    Claim,
    Entry,
    Family,
    FamilyKind,
    Member,
    Place,
    Problem,
    Stage,
    Where,
)
from vestige.read import file_set, name
from vestige.read import ghosts as read
from vestige.read.charset import DEFAULT
from vestige.read.file import Source
from vestige.read.header import Header
from vestige.read.recorded import BUDGET, UNREAD, Folder
from vestige.read.standing import Standing
from vestige.read.ways import Way
from vestige.run.answers import Answers, Known
from vestige.run.causes import Cause, Causes
from vestige.run.objects import Content
from vestige.sensitive import Sensitive
from vestige.software import is_telling
from vestige.text import readings, shown

NAMES_ONLY = "names-only"
"""Reason of a file of which the names that it tells were judged, and the rest was not."""

_DETAILS = {
    BUDGET: "it tells of more names than are judged of one file",
    UNREAD: "it is damaged, encrypted or unknown in part: names in it may be missing",
}
_OVERRUN = "a rule ran past its time limit on a name, and said nothing of it"
_EXAMPLES = 5
_MOST = 0.8
"""Share of a family's names that must be telling in a tree of software for it to count fully."""

_ALONE = 3
"""Names in one folder at most of a record that tells of one entry: some spell its path twice."""

_FEWEST_FORMS = 3
"""Names that differ in more than their digits; a family of names of people has twice as many."""


class OfNames(NamedTuple):
    """What is said of names that a file tells, by cause; of each by its kind of place and itself.

    `families` are those among them, with their causes.
    """

    causes: tuple[int, ...]
    each: Mapping[tuple[str, bytes], tuple[int, ...]]
    families: tuple[tuple[int, Family], ...]
    problems: tuple[Problem, ...]


class Ghosts:
    """Judges the names that files tell; one lives in each worker."""

    def __init__(self, catalog: Catalog, policy: Policy, answers: Answers, causes: Causes) -> None:
        self._lexicon = catalog.lexicon
        self._answers = answers
        self._causes = causes
        self._known: dict[tuple[str, bool], Known] = {}
        self._reader = read.Reader()
        self._pool = _Pool()
        self._rules = {
            verdict: rule
            for rule in catalog.rules
            if isinstance(rule.match, FamilyMatch)
            and rule.where == {Where.GHOST}
            and policy.counts(rule.id)
            for verdict in rule.match.verdicts
        }

    def content(
        self,
        entry: Entry,
        source: Source,
        problems: list[Problem],
        families: list[tuple[int, Family]],
    ) -> Content | None:
        """What is said of the names that a file tells; None if nothing here knows its kind.

        What of it was not read goes to `problems`, families among the names to `families`.
        """
        told = self._reader.read(source, entry)
        if told is None:
            return None
        gone = list(_gone(told, entry))
        self._pool.add(entry, gone)
        said = self._said(entry, told, gone, b"")
        families.extend(said.families)
        problems.extend(said.problems)
        problems.extend(one for one in (source.problem, source.changed(entry)) if one is not None)
        reason = "" if told.whole else NAMES_ONLY
        return Content(said.causes, "", 0, dicom=False, reason=reason)

    def inside(self, entry: Entry, way: bytes, told: read.Ghosts) -> OfNames:
        """What is said of the names of all that a container holds; `way` leads there."""
        return self._said(entry, told, list(_gone(told, entry)), way)

    def _said(
        self,
        entry: Entry,
        told: read.Ghosts,
        gone: Sequence[tuple[Folder, list[bytes]]],
        way: bytes,
    ) -> OfNames:
        """What is said of names, in families or alone, each once."""
        found, covered = self._families(entry, gone, way)
        causes = dict.fromkeys(number for number, _ in found)
        each: dict[tuple[str, bytes], tuple[int, ...]]
        each = {key: (cause,) for key, cause in covered.items()}
        complete = True
        for folder, names in gone:
            known = self._of(folder.place, software=folder.software)
            for one in names:
                if (folder.place, one) not in each:
                    answer = self._answers.to(known, one)
                    each[folder.place, one] = answer.causes
                    causes.update(dict.fromkeys(answer.causes))
                    complete = complete and answer.complete
        problems = [Problem(entry.id, Stage.READ, code, _DETAILS[code]) for code in told.flaws]
        if not complete:
            problems.append(Problem(entry.id, Stage.DETECT, "timeout", _OVERRUN))
        telling = {key: numbers for key, numbers in each.items() if numbers}
        return OfNames(tuple(causes), telling, tuple(found), tuple(problems))

    def of_file_set(
        self, entry: Entry, header: Header, families: list[tuple[int, Family]]
    ) -> dict[int, None] | None:
        """What is said of the names that a DICOMDIR tells together; None if the file is none.

        Each name alone is judged as the element in which it stands.
        """
        if not file_set.is_directory(header):
            return None
        found, _ = self._families(entry, list(_gone(file_set.read(header), entry)))
        families.extend(found)
        return dict.fromkeys(number for number, _ in found)

    def pooled(self) -> list[tuple[int, Family]]:
        """Families among names of which the files of one folder tell one each, as in a trash can.

        They stand beside what is said of each name, for no file tells the family.
        """
        found: list[tuple[int, Family]] = []
        for entry, gone in self._pool.taken():
            found.extend(self._families(entry, gone)[0])
        return found

    def _of(self, place: str, *, software: bool) -> Known:
        """What is known of names at one kind of place."""
        known = self._known.get((place, software))
        if known is None:
            way = Way(name.read, Place(Where.GHOST, place, software=software), DEFAULT)
            known = self._known[place, software] = self._answers.alone(way)
        known.forget()
        return known

    def _families(
        self, entry: Entry, gone: Sequence[tuple[Folder, list[bytes]]], way: bytes = b""
    ) -> tuple[list[tuple[int, Family]], dict[tuple[str, bytes], int]]:
        """The families among names, by their causes, and the names that belong to one, with it.

        What still stands is company for the rest, but no member. Families of one template that are
        told of several folders are one.
        """
        merged: dict[tuple[str, str], _Told] = {}
        for folder, names in gone:
            for found in self._among(folder.names):
                family = _in_context(found, folder)
                left = _members(family, folder.names, frozenset(names))
                rule = self._rules.get(family.verdict)
                if not left or rule is None:
                    continue
                told = merged.setdefault((folder.place, family.template), _Told())
                told.add(family, rule, {folder.names[one.entry]: one for one in left})
        kept = [self._kept(entry, way, key, told) for key, told in merged.items()]
        covered = {
            (place, name): number
            for ((place, _), told), (number, _) in zip(merged.items(), kept, strict=True)
            for name in told.members
        }
        return kept, covered

    def _among(self, names: Sequence[bytes]) -> tuple[FoundFamily, ...]:
        """The families among the names in one folder."""
        if len({form_of(one) for one in names}) < _FEWEST_FORMS:
            return ()
        siblings = [Sibling(number, readings(one)[0]) for number, one in enumerate(names)]
        found = families(siblings, self._lexicon)
        return tuple(one for one in found if one.kind is FamilyKind.NAMES)

    def _kept(
        self, entry: Entry, way: bytes, key: tuple[str, str], told: "_Told"
    ) -> tuple[int, Family]:
        """The cause of a family, with its values, and the family itself."""
        place, template = key
        claim = _claim(told)
        scope = Sensitive(f"{template} in {readings(read.scope(entry) + way)[0]}")
        digest = self._causes.digest(scope)
        cause = Cause(claim, Where.GHOST, f"{place}: {template}", digest, told.explanation)
        number = self._causes.number(cause)
        for member in told.members.values():
            self._causes.keep(number, member.value)
        return number, told.family(entry, template)


class _Pool:
    """Names of which files tell one each, by the folder of these files and the kind of record."""

    def __init__(self) -> None:
        self._folders: dict[tuple[bytes, str], tuple[Entry, dict[bytes, None]]] = {}

    def add(self, entry: Entry, gone: Sequence[tuple[Folder, list[bytes]]]) -> None:
        """The names of one file, if it tells of one entry."""
        if any(len(folder.names) > _ALONE for folder, _ in gone):
            return
        for folder, names in gone:
            key = (entry.path[: len(entry.path) - len(entry.name)], folder.place)
            kept = self._folders.setdefault(key, (replace(entry, path=key[0]), {}))
            kept[1].update(dict.fromkeys(names))

    def taken(self) -> Iterator[tuple[Entry, list[tuple[Folder, list[bytes]]]]]:
        """The names of each folder and kind, as if the first file told all; they are forgotten."""
        folders, self._folders = self._folders, {}
        for (_, place), (entry, names) in folders.items():
            yield entry, [(Folder(place, None, tuple(names)), list(names))]


class _Told:
    """Families of one template that one file tells, as they are merged."""

    def __init__(self) -> None:
        self.members: dict[bytes, Member] = {}
        self.verdict = Certainty.REVIEW
        self.rule: Rule | None = None
        self.share = 0.0
        self.explanation = ""

    def add(self, found: FoundFamily, rule: Rule, members: dict[bytes, Member]) -> None:
        """One family more; the surest verdict counts for all."""
        ranks = tuple(Certainty)
        if self.rule is None or ranks.index(found.verdict) < ranks.index(self.verdict):
            self.verdict, self.rule = found.verdict, rule
            self.explanation = of_family(found)
        self.share = max(self.share, found.share)
        self.members.update(members)

    def family(self, entry: Entry, template: str) -> Family:
        """The family as reports show it."""
        names = list(self.members)
        distinct = len({readings(one)[0].casefold() for one in names})
        return Family(
            parent=entry.id,
            template=template,
            verdict=self.verdict,
            members=len(names),
            distinct=distinct,
            share=self.share,
            files=0,
            bytes=0,
            subjects=distinct,
            first_written=0,
            last_written=0,
            headers=GONE,
            examples=tuple(shown(readings(one)[0], (), _nothing) for one in names[:_EXAMPLES]),
        )


def _claim(told: _Told) -> Claim:
    """What the rule claims, of medium severity at most where the judge of names is in doubt."""
    rule = told.rule
    if rule is None or not isinstance(rule.match, FamilyMatch):
        raise TypeError("a family has its rule")
    claim = replace(rule.claim, certainty=rule.match.verdicts[told.verdict])
    doubtful = told.verdict is Certainty.REVIEW
    return replace(claim, severity=min(claim.severity, Band.MEDIUM)) if doubtful else claim


def _gone(told: read.Ghosts, entry: Entry) -> Iterator[tuple[Folder, list[bytes]]]:
    """The folders of which a file tells, and the names in each that do not stand there any more."""
    standing = Standing(_top(entry.path, told.up))
    for folder in told.folders:
        names = folder.names
        if folder.above is not None:
            names = tuple(standing.gone(folder.above, names))
        left = [one for one in names if one not in told.known]
        if left:
            yield folder, left


def _top(path: bytes, up: int) -> bytes:
    """The folder that lies so many above that of a file, with a slash behind it."""
    parts = path.split(b"/")
    return b"/".join(parts[: max(len(parts) - 1 - up, 1)]) + b"/"


def _members(family: FoundFamily, names: Sequence[bytes], gone: frozenset[bytes]) -> list[Member]:
    return [member for member in family.members if names[member.entry] in gone]


def _in_context(family: FoundFamily, folder: Folder) -> FoundFamily:
    """A family in a tree of software, worth a look and no more where words alone speak for it."""
    if not folder.software:
        return family
    telling = sum(is_telling(readings(folder.names[one.entry])[0]) for one in family.members)
    if telling >= _MOST * len(family.members):
        return family
    return replace(family, verdict=Certainty.REVIEW)


def _nothing(_word: str) -> bool:
    """No word is shown: each may be the name."""
    return False
