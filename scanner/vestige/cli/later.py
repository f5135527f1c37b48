"""Commands that are loaded when they are called: others, and --help, cost nothing of them."""

from collections.abc import Mapping, Sequence
from importlib import import_module
from types import MappingProxyType
from typing import Any, NamedTuple

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_group


class Known(NamedTuple):
    """A command, as it is known before it is loaded.

    `place` is MODULE:NAME, of a function or of a group of commands in this package; `settings` are
    those of its context, as click names them.
    """

    name: str
    place: str
    help: str
    settings: Mapping[str, bool] = MappingProxyType({})


class _Later(TyperCommand):
    """A command that is not loaded yet."""

    def __init__(self, known: Known) -> None:
        super().__init__(known.name, help=known.help)
        self.known = known

    def loaded(self) -> Any:  # noqa: ANN401 - click's command, which typer keeps to itself
        """The command itself: only what was called is imported."""
        module, name = self.known.place.split(":")
        found = getattr(import_module(f"vestige.cli.{module}"), name)
        around = typer.Typer()
        if isinstance(found, typer.Typer):
            around.add_typer(found, name=self.known.name)
        else:
            around.command(self.known.name, context_settings=dict(self.known.settings))(found)
        return get_group(around).commands[self.known.name]


def group(commands: Sequence[Known]) -> type[TyperGroup]:
    """A group of commands of which a call loads the one that is called, and a list none."""

    class Group(TyperGroup):
        """These commands."""

        def __init__(self, **settings: Any) -> None:  # noqa: ANN401 - click's settings
            super().__init__(**settings)
            for known in commands:
                self.add_command(_Later(known))

        def resolve_command(self, ctx: Any, args: list[str]) -> Any:  # noqa: ANN401 - click's
            """The command that is called, loaded."""
            name, command, rest = super().resolve_command(ctx, args)
            return name, command.loaded() if isinstance(command, _Later) else command, rest

    return Group
