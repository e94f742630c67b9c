"""The help of `papershelf` is made without loading its commands, and says what each says of itself."""

import pytest

from papershelf.cli import COMMANDS
from papershelf.cli.lazy import LazyCommand


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_a_command_is_listed_with_its_own_summary(command: LazyCommand) -> None:
    assert command.load().name == command.name
    assert command.load().get_short_help_str(1000) == command.get_short_help_str(1000)


def test_a_command_that_is_something_else_is_refused() -> None:
    with pytest.raises(TypeError, match=r"papershelf\.cli\.output:show is not a command"):
        LazyCommand("show", "papershelf.cli.output", "Show problems.").load()
