"""Bring the messages of reports up to date: python reports/build.py.

Collects every message of the templates, the scripts, the modules of reports, and the rules, and
writes them into each locales/*.po. What is translated stays; what is said no more goes.
"""

import ast
import csv
import io
from collections.abc import Iterator
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract_javascript
from babel.messages.pofile import read_po, write_po
from jinja2 import nodes
from jinja2.ext import extract_from_ast

from vestige import catalog, shipped
from vestige.detect import labelled
from vestige.reports import (
    acceptances,
    environment,
    origin,
    page,
    phantom,
    references,
    wording,
)

ROOT = Path(__file__).parents[1]
LOCALES = ROOT / "reports" / "locales"
TEMPLATES = ROOT / "reports" / "templates"
MODULES = ROOT / "scanner" / "vestige" / "reports"

_TEMPLATES = frozenset(
    {"case.html.j2", "certificate.html.j2", "compare.html.j2", "deletion.html.j2"}
)
"""Templates that speak English alone: records for a ledger, and the comparison of two scans."""

_SCRIPTS = {"t": None, "tn": (1, 2)}
"""How a script asks for a message, and for one of two by a number."""

HEAD = """\
# Messages of Vestige's reports: python reports/build.py
msgid ""
msgstr ""
"Language: {code}\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"Content-Type: text/plain; charset=utf-8\\n"

"""

TABLES = (wording, acceptances, origin, page, phantom, references)
"""Modules whose tables and sentences in capitals are messages."""

Said = str | tuple[str, str]
"""A message, or one for a single thing with one for several."""


def main() -> None:
    """Write each catalog anew."""
    for path in sorted(LOCALES.glob("*.po")):
        path.write_text(fresh(path.read_text(encoding="utf-8"), path.stem), encoding="utf-8")


def fresh(text: str, code: str) -> str:
    """The text of a catalog with the messages of today; those that are new are empty."""
    kept = {_id(one.id): one.string for one in read_po(io.StringIO(text), locale=code)}
    made = Catalog(locale=code)
    for said, place in messages():
        made.add(said, kept.get(_id(said)), locations=[(place, None)])  # type: ignore[list-item]
    stream = io.BytesIO()
    write_po(stream, made, width=100, omit_header=True)
    return HEAD.format(code=code) + stream.getvalue().decode()


def _id(said: object) -> str:
    return "\x00".join(map(str, said)) if isinstance(said, (tuple, list)) else str(said)


def messages() -> Iterator[tuple[Said, str]]:
    """Every message with where it is said, in one order."""
    for path in sorted(TEMPLATES.iterdir()):
        for said in _of_file(path):
            yield said, path.name
    for path in sorted(MODULES.glob("*.py")):
        for said in of_module(path.read_text(encoding="utf-8")):
            yield said, path.name
    for module in TABLES:
        for text in wording.texts(module):
            yield text, f"{module.__name__.rpartition('.')[2]}.py"
    yield from of_rules()
    yield from of_tables()


def _of_file(path: Path) -> Iterator[Said]:
    if path.suffix == ".j2" and path.name not in _TEMPLATES:
        yield from of_template(path.read_text(encoding="utf-8"))
    elif path.suffix == ".js":
        yield from of_script(path.read_bytes())


def of_template(text: str) -> Iterator[Said]:
    """The messages of a template: what it says itself, and the nouns that it counts."""
    tree = environment.environment().parse(text)
    for _, _, said in extract_from_ast(tree, ("_", "gettext", "ngettext"), babel_style=True):
        if isinstance(said, str):
            yield said
        elif said:
            yield str(said[0]) if said[1] is None else (str(said[0]), str(said[1]))
    for one in tree.find_all(nodes.Filter):
        if one.name == "counted":
            yield _pair([arg.value for arg in one.args if isinstance(arg, nodes.Const)])


def of_script(content: bytes) -> Iterator[Said]:
    """The messages of a script."""
    found = extract_javascript(io.BytesIO(content), _SCRIPTS, (), {"encoding": "utf-8"})
    for _, name, said, _ in found:
        if name == "t" and isinstance(said, str):
            yield said
        elif name == "tn":
            yield str(said[0]), str(said[1])


_ASKING = frozenset({"_", "gettext", "marked", "text"})


def of_module(text: str) -> Iterator[Said]:
    """The messages of a module: `_`, `gettext` and `ngettext`, and the nouns that it counts."""
    for call in ast.walk(ast.parse(text)):
        if not isinstance(call, ast.Call):
            continue
        name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
        name = call.func.id if isinstance(call.func, ast.Name) else name
        words = [
            one.value
            for one in call.args
            if isinstance(one, ast.Constant) and isinstance(one.value, str)
        ]
        if name in _ASKING and words:
            yield words[0]
        elif name == "ngettext" and len(words) > 1:
            yield words[0], words[1]
        elif name == "counted" and words:
            yield _pair(words)


def _pair(words: list[str]) -> tuple[str, str]:
    return words[0], words[1] if len(words) > 1 else f"{words[0]}s"


def of_rules() -> Iterator[tuple[str, str]]:
    """What rules and policies say."""
    for rule in sorted(catalog.load().rules, key=lambda one: one.id):
        beside = (rule.title.replace(*one) for one in labelled.BESIDE.items())
        for text in dict.fromkeys((rule.title, *beside, rule.why, rule.remedy)):
            yield text, f"{rule.id}.toml"


_CELLS = (("identifiers.csv", "title"), ("leftovers.csv", "what"), ("leftovers.csv", "stage"))
"""Tables and their columns that titles of findings tell."""


def of_tables() -> Iterator[tuple[str, str]]:
    """What tables tell in titles: names of identifiers, and what was left behind at which stage."""
    for name, column in _CELLS:
        text = (shipped.rules() / "tables" / name).read_text(encoding="utf-8")
        lines = (line for line in text.splitlines() if not line.startswith("#"))
        for row in csv.DictReader(lines):
            if row[column]:
                yield row[column], name


if __name__ == "__main__":
    main()
