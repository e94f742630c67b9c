"""Commands that are known by name and summary, and imported when they are used."""

from __future__ import annotations

from importlib import import_module

import click


class LazyCommand(click.Command):
    """Stands for a command until it is used: enough to list it in the help of its group."""

    def __init__(self, name: str, module: str, summary: str, attribute: str = "") -> None:
        super().__init__(name, help=summary)
        self._module = module
        self._attribute = attribute or name

    def load(self) -> click.Command:
        """Import the command itself."""
        command = getattr(import_module(self._module), self._attribute)
        if not isinstance(command, click.Command):
            raise TypeError(f"{self._module}:{self._attribute} is not a command")
        return command


class LazyGroup(click.Group):
    """A group that loads the one command it is asked to run, and none to show its help."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command named by the first argument, and load it."""
        name, command, rest = super().resolve_command(ctx, args)
        return name, command.load() if isinstance(command, LazyCommand) else command, rest
