"""The reading list as a digest needs it: without pages and frames."""

from papershelf.content.config import with_addresses
from papershelf.core.problems import Problem, has_errors
from papershelf.core.project import Project
from papershelf.library.check import check
from papershelf.render import templates as render
from papershelf.theme import templates as overlay
from papershelf.views.context import SiteContext


def read(project: Project, repository: str | None = None) -> tuple[SiteContext | None, list[Problem]]:
    """The shelf, and what is wrong with the content; None if that is an error.

    `repository` is the address of the repository where the settings do not name theirs.
    """
    content, library, problems = check(project)
    if content is None or library is None or has_errors(problems):
        return None, problems
    own = project.templates if (project.templates / render.WORDS).is_file() else overlay.shipped()
    return SiteContext(library, with_addresses(content.config, repository), render.load_words(own)), problems
