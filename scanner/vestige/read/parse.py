"""The walk over the raw elements of a data set (PS3.5 chapter 7): flat, in file order, bounded."""

from collections.abc import Callable
from typing import NamedTuple

from vestige.read.fragments import end_of_fragments
from vestige.read.heads import (
    DELIMITER_GROUP,
    LONGEST,
    SHORTEST,
    Head,
    breaks_off,
    forms_of,
    head_of,
    is_credible,
    item_coding,
    may_hold_items,
    plain_vr,
)
from vestige.read.pages import Pages
from vestige.read.raw import (
    DEEPEST,
    DELIMITERS,
    END_BYTES,
    ITEM,
    ITEM_BYTES,
    ITEM_END,
    LARGE,
    MOST_ELEMENTS,
    PIXELS,
    SEQUENCE_END,
    SHORT_FORM,
    UNDEFINED,
    Coding,
    Element,
    Span,
    content_coding,
)

_HARMLESS_WITHIN = frozenset({"implicit-in-explicit", "nesting-too-deep"})
"""The only flaws that the items may have which were found in a value of unknown kind."""


class _Frame(NamedTuple):
    """The data set that is being read: `end` is where it should end, `limit` what it cannot pass.

    They differ in items whose own length may lie; what holds the item is the limit then. What is
    `open` ends at a delimiter.
    """

    parent: int
    item: int
    end: int
    limit: int
    depth: int
    open: bool = False


class Walk:
    """One walk over the elements of one file, and what it met."""

    __slots__ = (
        "_first",
        "_open",
        "_steps",
        "elements",
        "flaws",
        "gaps",
        "large",
        "pages",
        "pixels",
        "vr_of",
    )

    def __init__(self, pages: Pages, vr_of: Callable[[int], str]) -> None:
        self.pages = pages
        self.vr_of = vr_of
        self.elements: list[Element] = []
        self.large: list[int] = []
        self.pixels: list[Span] = []
        self.flaws: dict[str, int] = {}
        self.gaps: list[Span] = []
        self._first = 0
        self._open = True
        self._steps = 0

    def flaw(self, code: str, offset: int) -> None:
        """Notes a flaw; of each kind the first counts."""
        self.flaws.setdefault(code, offset)

    def group(self, position: int, group: int, coding: Coding, *, rising: bool) -> int:
        """Reads the elements of one group at the top; gives the offset behind them."""
        frame = _Frame(-1, -1, self.pages.size, self.pages.size, 0)
        last = -1
        while self._open:
            head = self._head(position, frame, coding)
            if head is None or head.tag >> 16 != group or (rising and head.tag <= last):
                break
            position = self._read(head, frame, coding)
            if position == head.position:
                break
            last = head.tag
            self._count(position)
        return position

    def top(self, position: int, end: int, coding: Coding) -> int:
        """Reads the data set of the file up to `end`; gives the offset behind its last element."""
        self._first = len(self.elements)
        position = self._data_set(position, _Frame(-1, -1, end, end, 0), coding)
        if self._open and position < end:
            wanted = min(LONGEST, end - position)
            rest = self.pages.peek(position, wanted)
            if len(rest) < wanted:
                self.flaw("short-read", position + len(rest))
            elif breaks_off(rest):
                self.flaw("truncated", position)
        return position

    def _stop(self, code: str, offset: int) -> int:
        """Ends the walk at `offset`: what follows stays unparsed."""
        self.flaw(code, offset)
        self._open = False
        return offset

    def _count(self, position: int) -> None:
        """Ends the walk where elements, items and stray delimiters are too many."""
        self._steps += 1
        if len(self.elements) >= MOST_ELEMENTS or self._steps >= MOST_ELEMENTS:
            self._stop("too-many-elements", position)

    def _data_set(self, position: int, frame: _Frame, coding: Coding) -> int:
        """Reads elements to the end of the frame, or to what is none of them; gives its offset."""
        run = self._run_explicit if coding.explicit else self._run_implicit
        while position < frame.end and self._open:
            self.pages.turn(position, SHORTEST)
            position = run(position, frame, coding)
            if position >= frame.end:
                break
            after = self._element(position, frame, coding)
            if after == position:
                break
            position = after
            self._count(position)
        return position

    def _run_explicit(self, position: int, frame: _Frame, coding: Coding) -> int:
        """Reads plain elements as far as they are loaded; gives the offset of the next other."""
        page, base = self.pages.bytes, self.pages.start
        limit = min(frame.end - base, len(page))
        last = limit - SHORTEST
        parent, item = frame.parent, frame.item
        unpack, short = coding.head, SHORT_FORM.get
        new, append = tuple.__new__, self.elements.append
        at = position - base
        while at <= last:
            group, number, raw, length = unpack(page, at)
            vr = short(raw)
            start = at + 8
            after = start + length
            if vr is None or after > limit or length > LARGE or group == DELIMITER_GROUP:
                break
            tag = group << 16 | number
            append(new(Element, (tag, vr, length, base + start, base + after, parent, item)))
            at = after
        return base + at

    def _run_implicit(self, position: int, frame: _Frame, coding: Coding) -> int:
        """Reads plain elements as far as they are loaded; gives the offset of the next other."""
        page, base = self.pages.bytes, self.pages.start
        limit = min(frame.end - base, len(page))
        last = limit - SHORTEST
        parent, item, vr_of = frame.parent, frame.item, self.vr_of
        unpack, new, append = coding.plain, tuple.__new__, self.elements.append
        at = position - base
        while at <= last:
            group, number, length = unpack(page, at)
            tag = group << 16 | number
            vr = plain_vr(vr_of, tag)
            start = at + 8
            after = start + length
            if vr is None or after > limit or length > LARGE:
                break
            append(new(Element, (tag, vr, length, base + start, base + after, parent, item)))
            at = after
        return base + at

    def _head(self, position: int, frame: _Frame, coding: Coding) -> Head | None:
        data = self.pages.peek(position, min(LONGEST, frame.limit - position))
        head = head_of(data, position, frame.limit, coding, self.vr_of)
        if head is None or not head.flaw:
            return head
        forms = (form for form in forms_of(data, head, coding) if self._fits(form, frame, coding))
        return next(forms, head)

    def _fits(self, head: Head, frame: _Frame, coding: Coding) -> bool:
        """Whether an element in an odd form ends where its data set does, or another begins."""
        return head.start + head.length == frame.end or self._leads_on(head, frame, coding)

    def _element(self, position: int, frame: _Frame, coding: Coding) -> int:
        """Reads any one element; gives the offset behind it, its own if it is none of this set."""
        head = self._head(position, frame, coding)
        if head is None:
            return position
        if head.tag in DELIMITERS:
            if frame.open:
                return position
            self.flaw("stray-delimiter", position)
            return position + SHORTEST
        falls = frame.parent < 0 and head.tag <= self._last()
        if falls and not head.sure and not self._leads_on(head, frame, coding):
            return position
        return self._read(head, frame, coding)

    def _leads_on(self, head: Head, frame: _Frame, coding: Coding) -> bool:
        """Whether an element follows one that alone could be anything: then it is one too."""
        if head.length == UNDEFINED:
            return self.pages.peek(head.start, 4) in ITEM_BYTES
        after = head.start + head.length
        if after + SHORTEST > frame.limit:
            return False
        data = self.pages.peek(after, min(LONGEST, frame.limit - after))
        following = head_of(data, after, frame.limit, coding, self.vr_of)
        return is_credible(following, frame.limit, within=frame.parent >= 0)

    def _last(self) -> int:
        """The tag of the last element at the top of the data set."""
        if len(self.elements) <= self._first:
            return -1
        element = self.elements[-1]
        while element.parent >= 0:
            element = self.elements[element.parent]
        return element.tag

    def _read(self, head: Head, frame: _Frame, coding: Coding) -> int:
        """Reads the value of an element; gives the offset behind it."""
        if head.length == UNDEFINED:
            return self._undefined(head, frame, coding)
        after = head.start + head.length
        if after > frame.limit:
            if frame.parent < 0 and head.tag <= self._last():
                return head.position
            whole = frame.limit == self.pages.size
            self.flaw("truncated" if whole else "length-beyond-end", head.position)
            if not self._believable(head, frame):
                return head.position
            after = frame.limit
        if head.flaw:
            self.flaw(head.flaw, head.position)
        if head.vr == "SQ":
            return self._sequence(head, after, frame, coding)
        if head.vr == "UN" and self._nested(head, after, frame, coding):
            return after
        return self._add(head, after, frame)

    def _believable(self, head: Head, frame: _Frame) -> bool:
        """Whether what is too long is still an element that was cut, and not what follows it."""
        last = self._last()
        follows = head.tag >> 16 == last >> 16 and head.tag >> 16 & 1 == 1
        return frame.parent >= 0 or head.sure or (follows and not head.flaw)

    def _add(self, head: Head, end: int, frame: _Frame, vr: str = "") -> int:
        """Adds an element, with another VR than was written if so told; gives its end."""
        if end - head.start > LARGE:
            self.large.append(len(self.elements))
        if head.tag in PIXELS:
            self.pixels.append((head.start, end))
        self.elements.append(
            Element(head.tag, vr or head.vr, head.length, head.start, end, frame.parent, frame.item)
        )
        return end

    def _sequence(self, head: Head, end: int, frame: _Frame, coding: Coding) -> int:
        """Reads a sequence of defined length; gives the offset behind it."""
        index = len(self.elements)
        self._add(head, end, frame, "SQ")
        if frame.depth >= DEEPEST:
            self.flaw("nesting-too-deep", head.position)
            return end
        at = self._items(head.start, _Frame(index, -1, end, end, frame.depth + 1), coding)
        if not self._open:
            return at
        if at + SHORTEST <= end and self.pages.peek(at, 4) in END_BYTES:
            at += SHORTEST
        if at < end:
            # a value in which there is no element at all is searched for text as it stands
            if len(self.elements) > index + 1:
                self.gaps.append((at, end))
            self.flaw("bad-item" if len(self.elements) == index + 1 else "unparsed", at)
        return end

    def _nested(self, head: Head, end: int, frame: _Frame, coding: Coding) -> bool:
        """Reads a value of unknown kind as a sequence, if it is one throughout (PS3.5 6.2.2)."""
        little = ITEM_BYTES.get(self.pages.peek(head.start, min(4, head.length)))
        if little is None:
            return False
        if frame.depth >= DEEPEST:
            self.flaw("nesting-too-deep", head.position)
            return False
        marks = len(self.elements), len(self.large), len(self.pixels), len(self.gaps)
        before, self.flaws = self.flaws, {}
        self._sequence(head, end, frame, content_coding(coding, little=little))
        found, self.flaws = self.flaws, before
        if self._open and found.keys() <= _HARMLESS_WITHIN:
            self.flaws = found | before
            return True
        self._open = True
        del self.elements[marks[0] :], self.large[marks[1] :], self.pixels[marks[2] :]
        del self.gaps[marks[3] :]
        return False

    def _undefined(self, head: Head, frame: _Frame, coding: Coding) -> int:
        """Reads a value of undefined length: items, or fragments; gives the offset behind it."""
        if head.flaw:
            self.flaw(head.flaw, head.position)
        first = self.pages.peek(head.start, 4)
        little = ITEM_BYTES.get(first, END_BYTES.get(first))
        unknown = little is not None and may_hold_items(head)
        if head.tag in PIXELS or not (head.vr == "SQ" or unknown):
            return self._fragments(head, frame, coding)
        if unknown and little is not None:
            coding = content_coding(coding, little=little)
        return self._open_sequence(head, frame, coding)

    def _open_sequence(self, head: Head, frame: _Frame, coding: Coding) -> int:
        """Reads a sequence up to its delimiter; gives the offset behind it."""
        if frame.depth >= DEEPEST:
            return self._stop("nesting-too-deep", head.position)
        index = len(self.elements)
        self._add(head, head.start, frame, "SQ")
        inner = _Frame(index, -1, frame.limit, frame.limit, frame.depth + 1)
        at = self._items(head.start, inner, coding)
        self.elements[index] = self.elements[index]._replace(end=at)
        return self._behind(at, SEQUENCE_END, frame.limit, coding)

    def _behind(self, position: int, delimiter: int, limit: int, coding: Coding) -> int:
        """The offset behind the delimiter at `position`, or `position` if it is missing."""
        if not self._open:
            return position
        if position + SHORTEST <= limit and self._item_head(position, coding)[0] == delimiter:
            return position + SHORTEST
        self.flaw("missing-delimiter", position)
        return position

    def _items(self, position: int, frame: _Frame, coding: Coding) -> int:
        """Reads the items of a sequence; gives the offset of what is none."""
        number = 0
        while position + SHORTEST <= frame.end and self._open:
            tag, length = self._item_head(position, coding)
            if tag == ITEM:
                inner = _Frame(frame.parent, number, frame.end, frame.limit, frame.depth)
                position = self._item(position + SHORTEST, length, inner, coding)
                number += 1
            elif tag == ITEM_END:
                self.flaw("stray-delimiter", position)
                position += SHORTEST
            else:
                break
            self._count(position)
        return position

    def _item_head(self, position: int, coding: Coding) -> tuple[int, int]:
        pages = self.pages
        pages.turn(position, SHORTEST)
        at = position - pages.start
        if at + SHORTEST > len(pages.bytes):
            return -1, 0
        group, number, length = coding.plain(pages.bytes, at)
        return group << 16 | number, length

    def _item(self, start: int, length: int, frame: _Frame, coding: Coding) -> int:
        """Reads one item; gives the offset behind it.

        One that claims more than its sequence has is read as if its length were undefined.
        """
        end = frame.limit if length == UNDEFINED else start + length
        opened = length == UNDEFINED or end > frame.limit
        if end > frame.limit:
            whole = frame.limit == self.pages.size
            self.flaw("truncated" if whole else "item-length", start)
            end = frame.limit
        inner = _Frame(frame.parent, frame.item, end, frame.limit, frame.depth, opened)
        first = self.pages.peek(start, min(SHORTEST, end - start))
        at = self._data_set(start, inner, item_coding(first, coding))
        if opened and (length == UNDEFINED or at < end):
            return self._behind(at, ITEM_END, frame.limit, coding)
        if at != end and self._open:
            self.gaps.append((at, max(at, end)))
            self.flaw("item-length" if at > end else "unparsed", at)
        return max(at, end) if self._open else at

    def _fragments(self, head: Head, frame: _Frame, coding: Coding) -> int:
        """Reads an encapsulated value (PS3.5 annex A.4); gives the offset behind its delimiter."""
        end, code = end_of_fragments(self.pages, head.start, frame.limit, coding)
        if code:
            whole = code != "truncated" or frame.limit == self.pages.size
            self.flaw(code if whole else "length-beyond-end", head.position)
        self._add(head, end, frame)
        return min(end + SHORTEST, frame.limit)
