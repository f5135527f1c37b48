"""The templates of pages: strict, escaping whatever they are given, and loading nothing."""

import hashlib
import re
from base64 import b64encode
from collections.abc import Callable
from functools import partial

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from vestige import shipped
from vestige.reports import amounts, wording
from vestige.reports.bytecode import Kept
from vestige.reports.language import ENGLISH, Language
from vestige.reports.told import Telling
from vestige.reports.visible import clip, visible

LINES = 60
"""Lines of every list that is no table of findings: roots, codes, limits, reasons."""


def environment(language: Language = ENGLISH) -> Environment:
    """Templates that fail on a missing value, and escape and show whatever they are given.

    What they say themselves, and numbers and times, they say in the language.
    """
    made = Environment(
        loader=FunctionLoader(source),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_harmless,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=("jinja2.ext.i18n",),
        bytecode_cache=Kept(shipped.templates(), language.code),
    )
    made.policies["ext.i18n.trimmed"] = True
    made.newstyle_gettext = True  # type: ignore[attr-defined]
    made.filters.update(
        {name: partial(getattr(amounts, name), language) for name in _AMOUNTS},
        clip=clip,
        evidence=evidence,
        said=Telling(language).said,
    )
    gettext = _gettext(language)
    made.globals.update(
        words=wording.spoken(language),
        lines=LINES,
        language=language,
        gettext=gettext,
        ngettext=_ngettext(language),
        _=gettext,
    )
    return made


_AMOUNTS = ("counted", "day", "moment", "number", "part", "percent", "size")


def _gettext(language: Language) -> Callable[..., Markup]:
    """Says a message of a template; what fills its places is escaped and shown like all else."""

    def gettext(message: str, /, **places: object) -> Markup:
        return _filled(language.gettext(message), places)

    return gettext


def _ngettext(language: Language) -> Callable[..., Markup]:
    def ngettext(one: str, many: str, count: int, /, **places: object) -> Markup:
        return _filled(language.ngettext(one, many, count), {"num": count, **places})

    return ngettext


def _filled(message: str, places: dict[str, object]) -> Markup:
    """A message of ours, which may hold marks of HTML, with `%(name)s` filled."""
    shown = {name: _harmless(value) for name, value in places.items()}
    return Markup(message) % shown  # noqa: S704 - our own message


_HIDDEN = re.compile(r"\w*[*#][\w*#]*")


def evidence(text: str) -> Markup:
    """Masked text with what is masked marked, so that the rest is seen to be in clear."""
    text, made, at = visible(text), Markup(), 0
    for found in _HIDDEN.finditer(text):
        made += text[at : found.start()]
        made += Markup("<mark>{}</mark>").format(found[0])
        at = found.end()
    return made + text[at:]


def source(name: str) -> str:
    """The text of a template, style sheet or script."""
    return (shipped.templates() / name).read_text(encoding="utf-8")


def _harmless(value: object) -> object:
    """What a template writes: no text gets into the page with a character that cannot be seen."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return visible(value)
    return value


def hashed(text: str) -> str:
    """The source expression by which the Content-Security-Policy lets our own block run."""
    return f"sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
