"""Examine: a batch of entries to outcomes; what a worker process does."""

import os
import stat
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from vestige.catalog import Catalog, Policy
from vestige.model import Entry, Kind, Problem, Stage, State
from vestige.read import dicom, file_set, name
from vestige.read.ahead import Ahead
from vestige.read.byte_map import account, searched
from vestige.read.file import MANY, Folder, Glance, Source, open_source
from vestige.read.held import Hold
from vestige.read.pages import Readable
from vestige.read.unreadable import Unreadable
from vestige.run.answers import Answers
from vestige.run.batch import EMPTY, Batch, Examined
from vestige.run.beside import Beside, OfObject
from vestige.run.causes import Causes
from vestige.run.cells import Cells
from vestige.run.compared import compared
from vestige.run.empties import Packed, in_parts, packed, to_open
from vestige.run.extended import Extended
from vestige.run.ghosts import Ghosts
from vestige.run.gist import Gists
from vestige.run.instance import OVERRUN, Instances
from vestige.run.judged import Told
from vestige.run.kinds import Whose
from vestige.run.lasting import LASTING
from vestige.run.lettering import Pictures
from vestige.run.named import Names
from vestige.run.objects import Content, Objects, with_more
from vestige.run.passages import Passages
from vestige.run.repeated import Repeated
from vestige.run.series import Match, Series
from vestige.run.tables import Tables
from vestige.run.traces import Traces
from vestige.run.usual import InstanceDigests, Reach, Usual, is_whole
from vestige.software import is_code, is_sample_hook
from vestige.statement import Tag
from vestige.walk import Siblings

SOFTWARE_CODE = "software-code"
"""Reason of source code in a tree of software: its name was judged, its content was not."""

NO_READER = "no-reader"
"""Reason of a file whose content nothing here can read: its name was judged, no more."""

_FILE, _FOLDER = Kind.FILE.value, Kind.DIRECTORY.value

Opens = Callable[[bytes, int], Glance | None]
"""Opens a file by name and size; None if that gives nothing."""


class Examiner:
    """Reads and judges entries; one lives in each worker."""

    def __init__(  # noqa: PLR0913 - one parameter for each thing that may be asked
        self,
        catalog: Catalog,
        policy: Policy,
        key: bytes,
        readers: int = 0,
        *,
        near: bool = False,
        hold: Hold | None = None,
        picture_seconds: float = 0.0,
    ) -> None:
        self._ahead = Ahead(readers) if readers else None
        self._hold = hold
        self._folder: Callable[[bytes, int], Folder] = Folder if hold is None else hold.folder
        self._source: Callable[[Entry, Glance], Source] = Source if hold is None else hold.source
        self._opened = open_source if hold is None else hold.opened
        self._causes = Causes(key)
        self._repeated = Repeated()
        self._traces = Traces(self._causes, catalog.lexicon, near=near)
        self._answers = Answers(catalog, policy, self._causes, self._traces)
        self._objects = Objects(catalog, policy, self._causes, self._traces)
        self._instances = Instances(catalog, policy, self._answers)
        whose = Whose(self._instances.declaration, self._objects.subject)
        self._series = Series(self._answers, self._objects, whose)
        self._names = (Names(self._answers), Names(self._answers, name.IN_SOFTWARE))
        self._ghosts = Ghosts(catalog, policy, self._answers, self._causes)
        self._tables = Tables(self._causes, catalog.lexicon)
        self._extended = Extended(self._answers)
        asked = picture_seconds > 0
        self._pictures = Pictures(self._answers, self._causes, picture_seconds) if asked else None
        passages = Passages(catalog, self._traces)
        sets = Gists(catalog), Cells(catalog, policy, self._causes), passages
        inside = self._of_member, self._ghosts.inside
        self._beside = Beside(self._answers, self._tables, sets, *inside)
        self._usual = Usual(self._series, self._source, briefly=hold is None and not asked)
        self._digests = InstanceDigests(key)
        self._inside = Reach()

    def tell_of_long_files(self, beat: Callable[[], None]) -> None:
        """`beat` is called every few seconds while the members of one file are read."""
        self._beside.beat = beat

    def examine(self, groups: Sequence[Siblings | Packed]) -> Examined:
        """The outcomes of the entries; nothing about one entry keeps the others from theirs."""
        self._repeated.bound()
        batch = Batch(self._causes, self._repeated)
        for sent in groups:
            if isinstance(sent, Packed):
                with self._folder(sent.siblings.above, len(sent.siblings.listed)) as folder:
                    self._in_folder(sent, folder, batch)
            else:
                self._in_runs(sent, batch)
        batch.families.extend(self._ghosts.pooled())
        pictures = self._pictures.taken() if self._pictures is not None else 0
        return replace(batch.examined(), cut=self._traces.cut, pictures=pictures)

    def _in_runs(self, siblings: Siblings, batch: Batch) -> None:
        """The outcomes of entries of one directory, those that are carried over among them."""
        few = len(siblings.listed) < MANY
        if few and self._hold is None and self._ahead is None and not siblings.carried:
            folder = Folder(siblings.above, len(siblings.listed))
            self._siblings(self._opens(folder), batch, siblings, None)
            return
        with self._folder(siblings.above, len(siblings.listed)) as folder:
            for part in compared(siblings, folder).runs():
                if part.carried:
                    self._carried(part, batch)
                else:
                    self._in_folder(packed(part), folder, batch)
        if self._hold is not None:
            told = siblings.above, siblings.first, siblings.listed, siblings.met
            batch.digests.extend(self._hold.taken(*told))

    def _in_folder(self, sent: Siblings | Packed, folder: Folder, batch: Batch) -> None:
        if self._ahead is None:
            self._in_parts(sent, self._opens(folder), batch)
            return
        with self._ahead.glances(folder, to_open(sent), self._usual.reach.length) as glances:
            self._in_parts(sent, glances.at, batch)

    def _in_parts(self, sent: Siblings | Packed, glance: Opens, batch: Batch) -> None:
        siblings = sent.siblings if isinstance(sent, Packed) else sent
        names = self._names[bool(siblings.software)]
        in_parts(sent, names, batch, partial(self._siblings, glance, batch))

    def _siblings(
        self, glance: Opens, batch: Batch, siblings: Siblings, empty: Content | None
    ) -> Content | None:
        """The outcomes of some entries of one directory; files are opened in their order.

        Gives, as it is told, what is said of an empty file that is not opened; None if each is.
        """
        software = bool(siblings.software)
        quiet, met = self._names[software].says_nothing, siblings.met
        usual, digest, looks = self._usual.of, self._digests.of, self._pictures is not None
        batch.begin(software=software)
        for place, listed in enumerate(siblings.listed):
            opened = None
            try:
                if listed[1] != _FILE or place in met or (empty is not None and not listed[2]):
                    self._not_opened(siblings, place, empty, batch)
                    continue
                opened = glance(listed[0], listed[2])
                match = usual(listed, opened) if opened is not None else None
                if match is None and opened is not None:
                    opened, match = self._usual.of_more(listed, opened)
                if match is not None and not looks and quiet(listed[0]):
                    batch.usual(match, listed[2], digest(match.instance))
                    continue
                self._closely(siblings, place, opened, match, batch)
                if opened is not None and not (listed[2] or opened[1]):
                    # Some file systems say of files that they are empty which are not: of those
                    # of one directory the first is opened, and the others are believed.
                    empty = EMPTY
            except Exception as error:  # noqa: BLE001 - the worker boundary: nothing may be lost
                batch.codes.append(batch.broken(siblings.first + place, error))
                batch.end(digest(batch.instance))
            finally:
                if opened is not None:
                    os.close(opened[0])
        return empty

    def _not_opened(
        self, siblings: Siblings, place: int, empty: Content | None, batch: Batch
    ) -> None:
        """The outcome of an entry that is not opened: a directory, a link, an empty file."""
        name, kind, *_ = siblings.listed[place]
        met = siblings.met.get(place)
        content = plain = empty if kind == _FILE and met is None else None
        quiet = self._names[batch.software].says_nothing(name)
        if quiet and kind == _FOLDER and (met is None or met.state is State.READ):
            owner = met.owner if met is not None else None
            plain = None if self._extended.of_folder(siblings.above + name, owner) else EMPTY
        if quiet and plain is not None:
            batch.codes.append(batch.plain(plain))
        else:
            batch.codes.append(self._entry(siblings, place, None, content, batch))
        batch.end(0)

    def _closely(
        self,
        siblings: Siblings,
        place: int,
        opened: Glance | None,
        match: Match | None,
        batch: Batch,
    ) -> None:
        """The outcome of a file that is not like others, or whose name may say something."""
        name, _, size, *_ = siblings.listed[place]
        content = batch.matched(match, size) if match is not None else None
        quiet = self._names[batch.software].says_nothing(name)
        if content is not None and quiet and not self._looks(content, opened):
            batch.codes.append(batch.plain(content))
        else:
            batch.codes.append(self._entry(siblings, place, opened, content, batch))
        batch.end(self._digests.of(batch.instance))

    def _carried(self, siblings: Siblings, batch: Batch) -> None:
        """The outcomes of files of which only the names are judged: the rest is carried over."""
        names = self._names[bool(siblings.software)]
        batch.begin()
        for place, listed in enumerate(siblings.listed):
            carried = siblings.carried[place]
            try:
                before = len(batch.problems)
                quiet = names.says_nothing(listed[0])
                named = () if quiet else self._named(siblings, siblings.entry(place), batch)
                well = len(batch.problems) == before
                batch.codes.append(batch.carried(carried, named, well=well))
            except Exception as error:  # noqa: BLE001 - the worker boundary: nothing may be lost
                batch.codes.append(batch.broken(siblings.first + place, error))
            finally:
                batch.end(carried.instance)

    def _opens(self, folder: Folder) -> Opens:
        """What opens files of a folder, and glances at as much of them as is likely wanted."""
        glance, reach = folder.glance, self._usual.reach

        def opened(name: bytes, size: int) -> Glance | None:
            try:
                return glance(name, reach.length, size)
            except OSError:
                return None

        return opened

    def _entry(
        self,
        siblings: Siblings,
        place: int,
        opened: Glance | None,
        content: Content | None,
        batch: Batch,
    ) -> int:
        """The number of the outcome of an entry whose name or content must be looked at closely."""
        entry = siblings.entry(place)
        before = len(batch.problems)
        named = self._named(siblings, entry, batch)
        state, reason, is_dicom = State.READ, "", content is not None and content is not EMPTY
        if content is None and entry.kind is Kind.FILE and place not in siblings.met:
            try:
                content = self._content(entry, opened, batch)
                is_dicom = content is not None and content.dicom and entry.size > 0
                reason = NO_READER if content is None else content.reason
                state = State.SKIPPED if reason else State.READ
            except Unreadable as error:
                batch.problems.append(error.problem(entry))
                state = State.UNREADABLE
        if self._looks(content, opened):
            content = self._pictured(entry, opened, content, batch)
        if state is State.READ and len(batch.problems) > before:
            state = State.PARTLY
        met = siblings.met.get(place)
        if met is not None and met.state is not State.READ:
            state, reason = met.state, met.reason
        elif entry.kind is Kind.FILE and state is not State.UNREADABLE:
            codes = (problem.code for problem in batch.problems[before:])
            if batch.lasting and entry.size > 0 and LASTING.issuperset(codes):
                batch.keep(content or EMPTY._replace(reason=reason), is_dicom=is_dicom)
        beside = self._extended.of_entry(entry)
        whole = with_more(content or EMPTY, named, beside)
        return batch.code(state, reason, whole, is_dicom=is_dicom)

    def _named(self, siblings: Siblings, entry: Entry, batch: Batch) -> tuple[int, ...]:
        """The causes in the name of an entry, and in the target of a link."""
        causes: dict[int, None] = {}
        complete = True
        for answer in self._names[bool(siblings.software)].of(entry):
            if isinstance(answer, Problem):
                batch.problems.append(answer)
            else:
                causes.update(dict.fromkeys(answer.causes))
                complete = complete and answer.complete
        if not complete:
            batch.problems.append(Problem(entry.id, Stage.DETECT, "timeout", OVERRUN))
        return tuple(causes)

    def _looks(self, content: Content | None, opened: Glance | None) -> bool:
        """Whether text is to be read in the picture of a file."""
        if self._pictures is None or opened is None:
            return False
        return self._pictures.wants(content, opened[1])

    def _pictured(
        self, entry: Entry, opened: Glance | None, content: Content | None, batch: Batch
    ) -> Content | None:
        """What a file holds, with what is said of the text in its picture."""
        if self._pictures is None or opened is None:
            return content
        looked = self._pictures.look(entry, self._source(entry, opened), content)
        batch.problems.extend(filter(None, (looked.problem,)))
        held = content or EMPTY._replace(dicom=False, reason=NO_READER)
        return held._replace(causes=tuple(dict.fromkeys((*held.causes, *looked.causes))))

    def _content(self, entry: Entry, opened: Glance | None, batch: Batch) -> Content | None:
        """What the content of a file holds; None if nothing here can read it."""
        if opened is None:
            with self._opened(entry, self._usual.reach.length) as source:
                return self._of_source(entry, source, batch)
        if not stat.S_ISREG(opened[2].st_mode):
            raise Unreadable("replaced", "it is no regular file any more")
        content = self._of_source(entry, self._source(entry, opened), batch)
        causes = self._extended.of_file(opened[0], opened[2].st_uid)
        if not causes:
            return content
        content = content or EMPTY._replace(dicom=False, reason=NO_READER)
        return content._replace(causes=tuple(dict.fromkeys((*content.causes, *causes))))

    def _of_source(self, entry: Entry, source: Source, batch: Batch) -> Content | None:
        if entry.size == 0 and not source.first:
            return EMPTY
        reading = dicom.examine(source, entry)
        if reading is None:
            self._usual.reach.to(0)
            changed = source.changed(entry)
            if changed is not None:
                raise Unreadable(changed.code, changed.detail)
            return self._of_other(entry, source, batch)
        batch.instance = reading.statement.uid(Tag.SOP_INSTANCE_UID).encode("ascii")
        declared, spoken, lost = self._instances.spoken(reading, entry)
        found = [*reading.problems, *lost, source.problem, source.changed(entry)]
        problems = [problem for problem in found if problem is not None]
        batch.problems.extend(problems)
        subject = self._objects.subject(reading.statement)
        of_bytes = account(reading.header, searched((one.element, one.way) for one in spoken))
        batch.account(of_bytes)
        of_set = self._ghosts.of_file_set(entry, reading.header, batch.families)
        batch.lasting = of_set is None
        if of_set is None and not problems:
            told = Told(reading.statement, declared, spoken, subject, of_bytes)
            self._series.learn(reading.header, told)
        self._usual.reach.over(reading.header)
        causes: dict[int, None] = of_set or {}
        for said in spoken:
            causes.update(dict.fromkeys(said.causes))
        return self._objects.content(tuple(causes), reading.statement, subject)

    def _of_other(self, entry: Entry, source: Source, batch: Batch) -> Content | None:
        """What a file holds that is no DICOM: names that it tells, persons that it lists, texts."""
        names = self._ghosts.content(entry, source, batch.problems, batch.families)
        code = (batch.software and is_code(entry.name)) or is_sample_hook(entry.path)
        said = None if code else self._beside.said(entry, source)
        # What still stands of names that a file tells is no matter of that file alone; what stands
        # in members is kept with them.
        batch.lasting = names is None and (said is None or not said.members)
        if said is None:
            if names is None:
                return EMPTY._replace(dicom=False, reason=SOFTWARE_CODE) if code else None
            return names
        problems = (*said.problems, source.problem, source.changed(entry))
        batch.problems.extend(problem for problem in problems if problem is not None)
        batch.members.extend(said.members)
        batch.families.extend(said.families)
        found = dict.fromkeys((*(names.causes if names else ()), *said.causes))
        if said.known:
            return Content(tuple(found), "", 0, dicom=False)
        held = names or EMPTY._replace(dicom=False, reason=NO_READER)
        return held._replace(causes=tuple(found))

    def _of_member(self, held: Readable, entry: Entry) -> OfObject | None:
        """What is said of a DICOM object inside a file; None if the bytes are none."""
        first = held.read(0, self._inside.length)
        match = self._series.match(first, held.size) if first else None
        if match is not None and (not match.encapsulated or is_whole(held, match.end)):
            self._inside.to(match.end)
            return OfObject((*match.content.causes, *match.own), ())
        reading = dicom.examine_inside(held, entry)
        if reading is None:
            return None
        self._inside.over(reading.header)
        declared, spoken, lost = self._instances.spoken(reading, entry)
        problems = (*reading.problems, *lost)
        subject = self._objects.subject(reading.statement)
        if not problems and not file_set.is_directory(reading.header):
            of_bytes = account(reading.header, searched((s.element, s.way) for s in spoken))
            told = Told(reading.statement, declared, spoken, subject, of_bytes)
            self._series.learn(reading.header, told)
        causes = tuple(dict.fromkeys(one for said in spoken for one in said.causes))
        content = self._objects.content(causes, reading.statement, subject)
        return OfObject(content.causes, problems)
