"""Languages of reports: a frozen value that is chosen once and handed on, never a setting.

A message is an English text as it stands in a template or module; in a language without it, it is
said in English.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from vestige import shipped
from vestige.model import UsageError
from vestige.reports.messages import messages

Forms = Mapping[str, tuple[str, ...]]
"""What messages are in a language: one text, or one for a single thing and one for several."""


def _none() -> Forms:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Language:
    """How reports speak: the code of the language (BCP 47), its marks in numbers, its messages.

    `grouped_from` is the least number with a mark between thousands.
    """

    code: str
    name: str
    thousands: str
    decimal: str
    grouped_from: int
    forms: Forms = field(default_factory=_none, repr=False)

    def gettext(self, message: str) -> str:
        """The message in the language."""
        return self.forms.get(message, (message,))[0]

    def ngettext(self, one: str, many: str, count: float) -> str:
        """The message for so many things, in the language."""
        forms = self.forms.get(one, (one, many))
        return forms[0 if count == 1 else -1]

    def knows(self, message: str) -> bool:
        """Whether the language has the message; English has every one."""
        return message in self.forms or self.code == ENGLISH.code


ENGLISH = Language("en", "English", thousands=",", decimal=".", grouped_from=1_000)

_SPANISH = Language("es", "español", thousands=".", decimal=",", grouped_from=10_000)

LANGUAGES: Mapping[str, Language] = MappingProxyType({"en": ENGLISH, "es": _SPANISH})
"""The languages of reports by code, without their messages."""


def language(code: str) -> Language:
    """The language with its messages; UsageError if there is no such language."""
    known = LANGUAGES.get(code)
    if known is None:
        raise UsageError(f"no language {code!r}; languages are {', '.join(LANGUAGES)}")
    return known if known is ENGLISH else with_messages(known, source(code))


def with_messages(spoken: Language, text: str) -> Language:
    """The language with the messages of a .po file; what is not translated stays English."""
    forms = {
        one.text: one.forms for one in messages(text) if one.forms and all(map(bool, one.forms))
    }
    return replace(spoken, forms=MappingProxyType(forms))


def source(code: str) -> str:
    """The text of the catalog of a language."""
    return (shipped.locales() / f"{code}.po").read_text(encoding="utf-8")


def marked(message: str) -> str:
    """The message as it is: this marks a text of a table to be translated where it is said."""
    return message
