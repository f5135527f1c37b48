"""Commands that are loaded when they are called are known by the same words before."""

import pytest
from typer.main import get_group

from vestige.cli import commands, custody
from vestige.cli.later import Known

KNOWN = (
    *((commands, known) for known in commands.COMMANDS),
    *((custody, known) for known in custody.COMMANDS),
)


@pytest.mark.parametrize(("module", "known"), KNOWN, ids=lambda one: getattr(one, "name", ""))
def test_the_help_of_a_command_is_the_same_before_it_is_loaded(
    module: object, known: Known
) -> None:
    group = get_group(module.app)  # type: ignore[attr-defined]
    before = group.commands[known.name]
    assert before.help == known.help
    _, loaded, rest = group.resolve_command(None, [known.name, "--all", "else"])  # type: ignore[arg-type]
    assert loaded is not None
    assert loaded.name == known.name
    assert (loaded.help or "").split("\n\n")[0].replace("\n", " ") == known.help
    assert rest == ["--all", "else"]
    assert {name: loaded.context_settings.get(name) for name in known.settings} == known.settings
