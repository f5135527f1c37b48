"""Named: what is said of the names of entries, by their form where that is all that matters."""

from collections.abc import Iterator, Sequence
from functools import cached_property

from vestige.detect.codes import SHORTEST as SHORTEST_CODE
from vestige.detect.codes import codes_among, is_code
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

    def speaking(self, raws: Sequence[bytes]) -> list[int]:
        """The places of those of many names that are not known to say nothing."""
        forms = b"/".join(raws).translate(NINES).split(b"/")
        if len(forms) != len(raws):
            return list(range(len(raws)))
        known = self._forms.get
        strange = [form for form in set(forms) if known(form) is not NOTHING]
        # What is a code with each of its digits a nine is one with any others.
        codes = codes_among(strange) if strange and self._codes_say_nothing else set()
        if len(codes) == len(strange):
            return []
        speaking = set(strange) - codes
        open_ones = (place for place, form in enumerate(forms) if form in speaking)
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
