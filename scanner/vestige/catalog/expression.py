"""Expressions of rules, compiled when a text first asks for them: most scans ask for few."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import regex
from regex import Pattern

from vestige.model import RuleError

TIME_LIMIT = 1.0
"""Seconds that one expression may take on one text."""

_KEY = "match.pattern.regex"


@dataclass(frozen=True)
class Expression:
    """A regular expression by its source, as `regex` reads it."""

    pattern: str

    @cached_property
    def compiled(self) -> Pattern[str]:
        """The expression itself; what `regex` raises if the source is none."""
        return regex.compile(self.pattern, regex.VERSION1)


def demand_sound(expression: Expression, file: str, examples: Iterable[str]) -> None:
    """Refuse an expression of a rule file that is none, or that takes too long on an example."""
    try:
        groups = expression.compiled.groupindex
    except (regex.error, ValueError, OverflowError, RecursionError) as error:
        raise RuleError(f"{file}: {_KEY}: does not compile: {error}") from None
    if "value" not in groups:
        raise RuleError(f"{file}: {_KEY}: has no group named value")
    for number, text in enumerate(examples):
        try:
            for _ in expression.compiled.finditer(text, timeout=TIME_LIMIT):
                pass
        except TimeoutError:
            raise RuleError(
                f"{file}: example[{number}].text: {_KEY} runs past its limit of {TIME_LIMIT} "
                "seconds"
            ) from None
