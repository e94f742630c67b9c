"""content/pages/*.md: pages that a curator wrote by hand."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from papershelf.content.files import list_files, read_text
from papershelf.core import urls
from papershelf.core.model import MAX_SLUG, is_slug
from papershelf.core.problems import Location, Problem
from papershelf.core.project import Project
from papershelf.text import page_html


@dataclass(frozen=True, slots=True)
class FreePage:
    """A page written by the curator: its name (`about`), its Markdown and its file."""

    name: str
    markdown: str
    file: str


def read_pages(project: Project) -> tuple[tuple[FreePage, ...], list[Problem]]:
    """All pages, and what is wrong with their names or may not be published."""
    pages: list[FreePage] = []
    problems: list[Problem] = []
    for path in list_files(project.content / "pages", ".md"):
        read = _read_page(path, project.root)
        if isinstance(read, Problem):
            problems.append(read)
        else:
            pages.append(read)
            problems += _problems(read)
    return tuple(pages), problems


def _read_page(path: Path, root: Path) -> FreePage | Problem:
    text, file = read_text(path, root), path.relative_to(root).as_posix()
    if isinstance(text, Problem):
        return text
    if path.stem in urls.RESERVED or not is_slug(path.stem):
        message = f"no page can have the address /{path.stem}/"
        hint = (
            f"rename it: at most {MAX_SLUG} small letters, digits and single hyphens, "
            "and no word that the site needs"
        )
        return Problem(Location(file), message, hint)
    return FreePage(path.stem, text, file)


def _problems(page: FreePage) -> Iterator[Problem]:
    for complaint in page_html.complaints(page.markdown):
        yield Problem(Location(page.file, complaint.line), complaint.message, complaint.hint)
