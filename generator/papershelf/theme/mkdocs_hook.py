"""MkDocs loads this file and calls it: theme templates run in a sandbox, and a mistake in one is named."""

import logging
from typing import TYPE_CHECKING, Final

from papershelf.render.sandbox import SandboxedEnvironment, message, place

if TYPE_CHECKING:
    from jinja2 import Environment

MISTAKE: Final = "Mistake in a theme template: "
_LOG: Final = logging.getLogger("mkdocs.papershelf")


def on_env(env: "Environment", **_given: object) -> "Environment":
    """The environment of the theme's templates, sandboxed."""
    sandbox = SandboxedEnvironment(loader=env.loader, extensions=[*env.extensions], auto_reload=False)
    sandbox.filters.update(env.filters)
    sandbox.globals.update({name: value for name, value in env.globals.items() if name != "range"})
    return sandbox


def on_build_error(error: Exception, **_given: object) -> None:
    """Say in which template the mistake is."""
    if at := place(error):
        file, line = at
        _LOG.error("%s%s:%s: %s", MISTAKE, file, line, message(error))
