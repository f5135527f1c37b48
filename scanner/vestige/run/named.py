"""Named: what is said of the names of entries, by their form where that is all that matters."""

from collections.abc import Iterator
from functools import cached_property

from vestige.detect.codes import SHORTEST as SHORTEST_CODE
from vestige.detect.codes import is_code, not_codes
from vestige.digits import NINES
from vestige.model import Entry, Kind, Problem
from vestige.read import name
from vestige.run.answers import NO_DECLARATION, NOTHING, Answer, Answers


class Names:
    """What is said of names, by their form where that is all that matters."""

    def __init__(self, answers: Answers, ways: name.Ways = name.ANYWHERE) -> None:
        self._answers = answers
        self._ways = ways
        self._known = answers.alone(ways.name)
        self._forms = self._known.by_root(b"")

    def says_nothing(self, raw: bytes) -> bool:
        """Whether a name of this form is known to say nothing, or codes say nothing and it is one.

        Digests and UUIDs come once each: to remember them would fill memory and spare nothing.
        """
        if self._forms.get(raw.translate(NINES)) is NOTHING:
            return True
        return len(raw) >= SHORTEST_CODE and is_code(raw) and self._codes_say_nothing

    def speaking(self, names: bytes) -> list[int]:
        """The places of those of many names that are not known to say nothing.

        The names are parted by slashes.
        """
        open_ones = not_codes(names) if self._codes_say_nothing else None
        if open_ones is None:
            forms = names.translate(NINES).split(b"/")
            known = self._forms.get
            strange = {form for form in set(forms) if known(form) is not NOTHING}
            open_ones = [
                place for place, form in enumerate(forms if strange else ()) if form in strange
            ]
        raws = names.split(b"/") if open_ones else []
        return [place for place in open_ones if not self.says_nothing(raws[place])]

    @cached_property
    def _codes_say_nothing(self) -> bool:
        return self._answers.passes_codes(self._ways.name)

    def said(self, raw: bytes) -> Answer:
        """What is said of a name."""
        if self.says_nothing(raw):
            return NOTHING
        self._known.forget()
        return self._answers.to(self._known, raw)

    def of(self, entry: Entry) -> Iterator[Answer | Problem]:
        """What is said of an entry's name, and of a link's target or why that was not read."""
        yield self.said(entry.name)
        if entry.kind is Kind.LINK:
            target = name.target(entry)
            if isinstance(target, Problem):
                yield target
            else:
                yield self._answers.of(self._ways.target.observed(target), NO_DECLARATION)
