"""Judged: templates with what was said of their runs and slots, so that files need no reading.

What is said of most values follows from their form: files of which all slots have the same forms
are answered at once, some of their values aside.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

from vestige.account import Account
from vestige.digits import NINES
from vestige.model import Declaration
from vestige.read.heads import SHORTEST
from vestige.read.narrowed import Narrowed, chosen
from vestige.read.raw import UNDEFINED
from vestige.read.series import Template
from vestige.read.stated import restated
from vestige.read.ways import SEARCHING, Way
from vestige.run.answers import Answer, Known
from vestige.run.instances import Instances, places
from vestige.run.objects import Content, Objects, Whole, loud
from vestige.statement import OF_ONE_FILE, Statement, Tag

_CONTENTS = 1_000
"""Combinations of causes that are remembered for one template."""

_ALIKE = 500
"""Forms of all slots together of which is remembered what is said of them."""

_FORMS = 200
"""Choices of slots of which is remembered what is said of their forms."""

_BETWEEN = b"\n"
"""Stands between the values of slots where their forms are looked up together."""

TOLD = frozenset(Tag) - OF_ONE_FILE
"""Elements on whose values the judgement of the whole object rests."""


class Spoken(NamedTuple):
    """What was said of one element of a file, by its index."""

    element: int
    way: Way
    causes: tuple[int, ...]


class Told(NamedTuple):
    """What a file says of itself, what is said of it, and what became of its bytes."""

    statement: Statement
    declared: Declaration
    spoken: Sequence[Spoken]
    subject: str
    account: Account


class Slot(NamedTuple):
    """A slot whose value is judged: where it is among the values, and what is known of it.

    `forms` are answers by the form of a value that begins with `root`, None where that differs
    from value to value.
    """

    place: int
    root: bytes
    forms: dict[bytes, Answer] | None
    known: Known
    may_nest: bool

    def plainly(self, value: bytes) -> Answer | None:
        """What is said of all values of its form, None if it takes more than that."""
        if self.forms is None or self.may_nest or not value.startswith(self.root):
            return None
        answer = self.forms.get(value.translate(NINES))
        return None if answer is None or answer.special else answer


class Special(NamedTuple):
    """A slot of which each value is looked at, and what was said of those that come again.

    `plain` is what is said of all others of its form, None as long as that is not known.
    """

    place: int
    met: Callable[[bytes], Answer | None]
    slot: Slot
    plain: Answer | None


class Alike(NamedTuple):
    """What is known of files whose slots have forms of which the same is said, slot by slot.

    `said` are causes, those in the slots at the places `apart` left out, which are special.
    """

    said: tuple[tuple[int, ...], ...]
    apart: tuple[int, ...]


class OfForm(NamedTuple):
    """What is known of files whose slots have the same forms; of the `special` ones more by and by.

    Files of other forms may be alike.
    """

    alike: Alike
    special: list[Special]

    def settle(self, special: Special, value: bytes) -> None:
        """Keep what is said of all further values of a slot, if this one shows that it is known."""
        plain = special.slot.plainly(value)
        if plain is not None:
            self.special[self.special.index(special)] = special._replace(plain=plain)


Contents = dict[tuple[tuple[int, ...], ...], Content]
"""What is said of files that are alike, by the causes in their special slots."""


class ByForm(NamedTuple):
    """What is known of files with the same slots, by their forms; what is equal is one object."""

    found: dict[bytes, OfForm]
    equal: dict[Alike, Alike]


class Forms:
    """What is known of files by the forms of their slots: it is the same for many series."""

    def __init__(self) -> None:
        self._known: dict[tuple[object, ...], tuple[tuple[Slot, ...], ByForm]] = {}

    def of(self, slots: tuple[Slot, ...]) -> ByForm:
        """What is known of files with these slots, by their forms."""
        key = tuple([(place, root, id(known)) for place, root, _, known, _ in slots])
        # The slots are held, so that nothing else can take the identity of what is known of them.
        found = self._known.get(key)
        if found is None:
            if len(self._known) >= _FORMS:
                self._known.clear()
            found = self._known[key] = slots, ByForm({}, {})
        return found[1]


class Manner(NamedTuple):
    """How the files of a template are judged by the values of its slots.

    In those at the places `unknown` text is searched for; `telling` are the places of elements on
    which the judgement of the whole object rests. `chosen` gives the values of the slots that are
    judged, None if all are; `rooted` are places at which only values that begin so are `alike`.
    """

    slots: tuple[Slot, ...]
    unknown: tuple[int, ...]
    telling: tuple[tuple[int, int], ...]
    chosen: Callable[[Sequence[bytes]], Sequence[bytes]] | None
    rooted: tuple[tuple[int, bytes], ...]
    alike: ByForm


def manner(template: Template | Narrowed, slots: Sequence[Slot], forms: Forms) -> Manner:
    """How the files of a template are judged, of whose slots these are."""
    judged = tuple(slots)
    own = [slot.place for slot in judged]
    return Manner(
        judged,
        tuple([slot.place for slot in judged if slot.known.way.read in SEARCHING]),
        tuple(places(template, TOLD).items()),
        chosen(own) if own != [*range(len(template.slots))] else None,
        tuple([(one.place, one.root) for one in judged if one.root and one.forms is not None]),
        forms.of(judged),
    )


def of_runs(told: Told, how: Manner, values: Sequence[bytes]) -> Told:
    """What a file with these values in its slots tells, of whose bytes those of the runs count."""
    own = sum([len(values[place]) for place in how.unknown])
    if not own:
        return told
    return told._replace(account=replace(told.account, searched=told.account.searched - own))


class Judged:
    """A template with the causes of its runs, and of its slots as far as they were met.

    `between` are the causes in front of the first slot, and behind each. `searched` are the bytes
    of the runs that are searched for text, as they are `told`, those in the slots at the places
    `unknown` aside. `pixels` says whether they are encapsulated, how many bytes their delimiter
    has, and of how many nobody knows what they are.
    """

    __slots__ = (
        "_contents",
        "_forms",
        "_objects",
        "_rooted",
        "_said",
        "_telling",
        "_values",
        "_wholes",
        "between",
        "instances",
        "pixels",
        "retries",
        "searched",
        "slots",
        "template",
        "told",
        "unknown",
    )

    def __init__(
        self,
        objects: Objects,
        template: Template | Narrowed,
        how: Manner,
        between: Sequence[Sequence[int]],
        told: Told,
        named: Instances,
    ) -> None:
        self._objects = objects
        self.template = template
        self.between = between
        self.told = told
        self.slots, self.unknown, self._telling, self._values, self._rooted, self._forms = how
        self.searched = told.account.searched
        self.instances = named
        encapsulated = template.pixels == UNDEFINED
        self.pixels = encapsulated, SHORTEST if encapsulated else 0, told.account.opaque
        self._contents: dict[tuple[object, ...], Content] = {}
        self._said: dict[int, tuple[Alike, Contents]] = {}
        self._wholes: dict[tuple[int, ...], Whole] = {}
        self.retries = 0

    def bytes_searched(self, values: Sequence[bytes]) -> int:
        """Bytes that are searched for text in a file with these values."""
        if not self.unknown:
            return self.searched
        return self.searched + sum(len(values[place]) for place in self.unknown)

    def alike(self, values: Sequence[bytes]) -> tuple[OfForm, Contents] | None:
        """What is known of files whose slots have the forms of these values, and said of them.

        None if nothing is, or if it cannot be told from their forms, taken together.
        """
        for place, root in self._rooted:
            if not values[place].startswith(root):
                return None
        chosen = values if self._values is None else self._values(values)
        form = _BETWEEN.join(chosen).translate(NINES)
        # What is known of forms is the same for many series, and soon found where they lie among
        # each other: of its own a series has only what is said of its files.
        found = self._forms.found.get(form) or self._of_form(form, values)
        if found is None:
            return None
        said = self._said.get(id(found.alike)) or self._nothing_said(found.alike)
        return found, said[1]

    def _of_form(self, form: bytes, values: Sequence[bytes]) -> OfForm | None:
        if form.count(_BETWEEN) >= len(self.slots):
            return None
        known, equal = self._forms
        if len(known) >= _ALIKE:
            known.clear()
            equal.clear()
        found = known[form] = self._found_alike(values, equal)
        return found

    def _found_alike(self, values: Sequence[bytes], equal: dict[Alike, Alike]) -> OfForm:
        plain = [slot.plainly(values[slot.place]) for slot in self.slots]
        said = tuple(() if answer is None else answer.common for answer in plain)
        apart = tuple(n for n, answer in enumerate(plain) if answer is None)
        alike = Alike(said, apart)
        special = [self.slots[n] for n in apart]
        looked_at = [Special(slot.place, slot.known.met.get, slot, None) for slot in special]
        return OfForm(equal.setdefault(alike, alike), looked_at)

    def _nothing_said(self, alike: Alike) -> tuple[Alike, Contents]:
        """Where it is kept what is said of files that are so alike, of which none was met yet."""
        if len(self._said) >= _ALIKE:
            self._said.clear()
        said = self._said[id(alike)] = alike, {}
        return said

    def content_alike(
        self,
        alike: Alike,
        contents: Contents,
        said: tuple[tuple[int, ...], ...],
        values: Sequence[bytes],
    ) -> Content:
        """What is said of a file with these causes in the special ones of its slots."""
        if self._telling:
            return self.content(_filled(alike, said), values)
        found = contents.get(said)
        if found is None:
            if len(contents) >= _CONTENTS:
                contents.clear()
            found = contents[said] = self.content(_filled(alike, said), values)
        return found

    def content(self, said: tuple[tuple[int, ...], ...], values: Sequence[bytes]) -> Content:
        """What is said of a file with these causes and values in its slots."""
        telling = self._telling
        key = (said, *[values[place] for _, place in telling]) if telling else said
        found = self._contents.get(key)
        if found is None:
            if len(self._contents) >= _CONTENTS:
                self._contents.clear()
                self._wholes.clear()
            found = self._contents[key] = self._merged(said, values)
        return found

    def _merged(self, said: tuple[tuple[int, ...], ...], values: Sequence[bytes]) -> Content:
        """What is said of a file with these causes."""
        causes = [*self.between[0]]
        for one, after in zip(said, self.between[1:], strict=True):
            causes += one
            causes += after
        every = tuple(dict.fromkeys(causes))
        return self._whole(loud(every), values).content(every)

    def _whole(self, causes: tuple[int, ...], values: Sequence[bytes]) -> Whole:
        """What is said of a file as a whole, which is the same for most files of a series."""
        statement, subject = self.told.statement, self.told.subject
        if self._telling:
            changed = {tag: values[place] for tag, place in self._telling}
            return self._objects.whole(causes, restated(statement, changed), subject)
        found = self._wholes.get(causes)
        if found is None:
            found = self._wholes[causes] = self._objects.whole(causes, statement, subject)
        return found


def _filled(alike: Alike, said: Sequence[tuple[int, ...]]) -> tuple[tuple[int, ...], ...]:
    """The causes in all slots, from those in the special ones."""
    every = list(alike.said)
    for place, causes in zip(alike.apart, said, strict=True):
        every[place] = causes
    return tuple(every)
