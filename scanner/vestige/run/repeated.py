"""Repeated: outcomes, contents and accounts that come again from batch to batch, told once each.

A worker gives them numbers of its own. What a number stands for is told with the first batch in
which it is used, so that files of series that lie among each other cost no more than those of one.
"""

from typing import Generic, NamedTuple, TypeVar

from vestige.account import Account
from vestige.model import State
from vestige.run.objects import Content

REPEATED = 8_000
"""Outcomes that a worker knows by number when a batch begins; with more it begins anew."""


class Outcome(NamedTuple):
    """How the examination of an entry ended; `findings` is the worker's number of a set.

    `series` is the worker's number of what is kept of the series, 0 if nothing is. `carried` is
    the number of what an earlier scan kept of the content, 0 if it was read now.
    """

    state: State
    reason: str
    findings: int
    subject: str
    series: int
    dicom: bool
    carried: int = 0


class Held(NamedTuple):
    """A content as a later scan may carry it over; `findings` is the worker's number of a set."""

    findings: int
    subject: str
    series: int
    dicom: bool
    reason: str


class Plain(NamedTuple):
    """The numbers of the outcome and of what is kept of a file whose name says nothing.

    The content is held, so that no other can take its identity.
    """

    code: int
    kept: int
    content: Content


Parts = tuple[int, int, int, int]
"""Bytes that were parsed, searched, pixels, and opaque."""

_Kind = TypeVar("_Kind")


class Once(Generic[_Kind]):
    """The numbers of things of one kind, counted from 1, and those that are yet to be told."""

    __slots__ = ("_last", "_untold", "numbers", "told")

    def __init__(self) -> None:
        self.numbers: dict[_Kind, int] = {}
        self.told: dict[int, _Kind] = {}
        self._untold: dict[int, _Kind] = {}
        self._last = 0

    def number(self, one: _Kind) -> int:
        """The number of a thing, new or known."""
        number = self.numbers.get(one)
        if number is None:
            self._last += 1
            number = self.numbers[one] = self._last
            self.told[number] = self._untold[number] = one
        return number

    def untold(self) -> dict[int, _Kind]:
        """Those that were met since this was asked for last."""
        fresh, self._untold = self._untold, {}
        return fresh

    def forget(self) -> None:
        """Begin anew; no number is given again."""
        self.numbers.clear()
        self.told.clear()


class Repeated:
    """What a worker has told of outcomes, contents and accounts."""

    __slots__ = ("accounts", "contents", "outcomes", "plain")

    def __init__(self) -> None:
        self.outcomes: Once[Outcome] = Once()
        self.contents: Once[Held] = Once()
        self.accounts: Once[Parts] = Once()
        self.plain: dict[int, Plain] = {}

    def bound(self) -> None:
        """Begin anew if too much is known; call it between batches."""
        every = (self.outcomes, self.contents, self.accounts)
        if max(len(known.told) for known in every) > REPEATED:
            self.plain.clear()
            for known in every:
                known.forget()

    def account(self, counted: dict[int, int]) -> Account:
        """The sum of accounts, of each its number and how often it counts."""
        found = [0, 0, 0, 0]
        for number, count in counted.items():
            if number:
                parts = self.accounts.told[number]
                found = [total + count * n for total, n in zip(found, parts, strict=True)]
        return Account(*found)
