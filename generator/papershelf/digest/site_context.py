"""Load the reading list for a digest, which needs neither pages nor frames."""

from papershelf.content.config import with_addresses
from papershelf.core.problems import Problem
from papershelf.core.project import Project
from papershelf.incremental.cache import Cache
from papershelf.incremental.workers import Workers
from papershelf.library.check import Failed, check
from papershelf.render import templates as render
from papershelf.theme import templates as overlay
from papershelf.views.context import SiteContext


def load_site_context(
    project: Project, repository: str | None = None, url: str | None = None
) -> tuple[SiteContext | None, list[Problem]]:
    """The site's context and the problems of the content; the context is None if one of them is an error.

    `repository` and `url` are the addresses to use where the settings name none.
    """
    checked = check(project, Cache.read_only(project.cache), Workers())
    if isinstance(checked, Failed):
        return None, list(checked.problems)
    own = project.templates if (project.templates / render.WORDS).is_file() else overlay.shipped()
    config = with_addresses(checked.content.config, repository, url)
    return SiteContext(checked.library, config, render.load_words(own)), list(checked.problems)
