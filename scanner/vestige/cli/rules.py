"""The commands of rules: list, show, check."""

from pathlib import Path
from typing import Annotated

import typer

from vestige.catalog import load
from vestige.cli.exits import EXIT_USAGE
from vestige.cli.options import RuleFolders
from vestige.cli.screen import err_console, out_console
from vestige.run.rule_check import failures

app = typer.Typer(help="Look at the rules, and check your own.", no_args_is_help=True)


@app.command("list")
def list_rules(rules: RuleFolders = None) -> None:
    """List all rules with severity and title."""
    for rule in load(tuple(rules or ())).rules:
        line = f"{rule.id:<36}{rule.severity.word:<10}{rule.title}"
        out_console.print(line, soft_wrap=True)


@app.command("show")
def show_rule(rule_id: str, rules: RuleFolders = None) -> None:
    """Show one rule: what it claims, why, and what to do."""
    rule = load(tuple(rules or ())).rule(rule_id)
    for label, text in (
        ("rule", rule.id),
        ("title", rule.title),
        ("severity", rule.severity.word),
        ("certainty", f"{rule.certainty:.2f}"),
        ("where", ", ".join(sorted(rule.where))),
        ("identifies", rule.identifies),
        ("basis", "; ".join(rule.basis)),
        ("why", rule.why),
        ("remedy", rule.remedy),
    ):
        out_console.print(f"{label:<12}{text}", soft_wrap=True)


@app.command("check")
def check_rules(
    folder: Annotated[Path | None, typer.Argument(help="Rules of your own.")] = None,
) -> None:
    """Load all rules strictly, and run every rule on its own examples."""
    catalog = load((folder,) if folder else ())
    failed = list(failures(catalog))
    for one in failed:
        said = f"{one.rule}: example {one.example + 1}: expected {one.expected}, found {one.found}"
        err_console.print(said, soft_wrap=True)
    out_console.print(f"{len(catalog.rules)} rules, {len(failed)} examples not borne out")
    raise typer.Exit(EXIT_USAGE if failed else 0)
