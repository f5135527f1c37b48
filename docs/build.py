"""Write docs/rules.md from the rules themselves: python docs/build.py."""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from vestige import catalog
from vestige.catalog import Example, Rule

_SHOWN = 6
"""Found values that an example lists."""

PAGE = Path(__file__).with_name("rules.md")
HEAD = """\
# Rules

Every rule is one file in `rules/`; its path is its id. This page is made from them by
`python docs/build.py`. Severity is the harm if a claim is true, certainty how often it is true
where it is claimed; `rank` makes a risk of both. All people in the examples are invented.
"""


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")


def page() -> str:
    """The whole page."""
    rules = sorted(catalog.load().rules, key=lambda rule: rule.id)
    parts = [HEAD]
    for subject, group in groupby(rules, key=lambda rule: rule.id.split("/")[0]):
        parts.append(f"## {subject}\n")
        parts.extend("\n".join(_rule(rule)) + "\n" for rule in group)
    return "\n".join(parts)


def _rule(rule: Rule) -> Iterator[str]:
    yield f"### {rule.id}\n"
    yield f"**{rule.title}.** {rule.why}\n"
    yield f"- Severity {rule.severity.word}, certainty {rule.certainty:.2f}"
    yield f"- Identifies: {rule.identifies}"
    yield f"- Looks at: {', '.join(sorted(rule.where))}"
    yield f"- Basis: {'; '.join(rule.basis)}"
    yield f"- What to do: {rule.remedy}"
    for example in rule.examples:
        yield f"- {_example(example)}"


def _example(example: Example) -> str:
    text = _objects(example) or (
        f"{len(example.names)} siblings such as `{example.names[0]}`"
        if example.names
        else (f"`{example.text}`" + (f" at `{example.place}`" if example.place != "name" else ""))
    )
    if not example.finds:
        return f"Passes over {text}: {example.because}"
    found = [f"`{one}`" for one in example.finds]
    rest = f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
    return f"Finds {', '.join(found[:_SHOWN])}{rest} in {text}"


def _objects(example: Example) -> str:
    """The objects of an example: one is written out, of several their number."""
    if len(example.objects) != 1:
        return f"{len(example.objects)} objects" if example.objects else ""
    return "an object with " + ", ".join(f"`{at}` = `{v}`" for at, v in example.objects[0].items())


if __name__ == "__main__":
    main()
