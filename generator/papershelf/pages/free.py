"""Pages that the curator wrote."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from papershelf.core import urls
from papershelf.views.context import Page, SiteContext, description

TITLE = re.compile(r"\A\s*#[ \t]+(?P<title>[^\n]+?)[ \t#]*(?:\n|\Z)")


@dataclass(frozen=True, slots=True)
class FreeView:
    """A free page: its Markdown as the curator wrote it, trusted."""

    markdown: str


def free(context: SiteContext) -> Iterator[Page]:
    """The curator's pages."""
    for page in context.free_pages:
        found = TITLE.match(page.markdown)
        title = found["title"] if found else page.name
        rest = page.markdown[found.end() :] if found else page.markdown
        about = description(rest.strip().partition("\n\n")[0])
        view = FreeView(page.markdown.strip())
        yield Page(urls.free(page.name), "free.md", title, about, view, trusted=True)
