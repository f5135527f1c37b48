"""The templates of pages: strict, escaping whatever they are given, and loading nothing."""

import hashlib
import re
from base64 import b64encode

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from vestige import shipped
from vestige.reports import wording
from vestige.reports.visible import clip, visible

LINES = 60
"""Lines of every list that is no table of findings: roots, codes, limits, reasons."""


def environment() -> Environment:
    """Templates that fail on a missing value, and escape and show whatever they are given."""
    made = Environment(
        loader=FunctionLoader(source),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_harmless,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.policies["ext.i18n.trimmed"] = True
    made.install_null_translations(newstyle=True)  # type: ignore[attr-defined]
    made.filters.update(
        clip=clip,
        counted=wording.counted,
        day=wording.day,
        evidence=evidence,
        moment=wording.moment,
        number=wording.number,
        part=wording.part,
        percent=wording.percent,
        size=wording.size,
    )
    made.globals.update(words=wording, lines=LINES)
    return made


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
