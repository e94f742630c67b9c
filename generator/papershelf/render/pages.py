"""Pages to files: Markdown and HTML side by side."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment

from papershelf.content.config import MarkdownOf, publishes_markdown
from papershelf.core import urls
from papershelf.incremental.output import OutputFiles
from papershelf.render import frames, templates
from papershelf.render.frames import Filling, Frame, Place
from papershelf.render.html import to_html
from papershelf.views.context import PageOutput
from papershelf.views.words import Words


@dataclass(frozen=True, slots=True)
class PageRenderer:
    """What all pages are rendered with.

    templates: the folder of the templates. sections: the paths of the pages in the navigation.
    description: stands in the head of pages that have none of their own.
    markdown: which pages are published as Markdown too. sandboxed: whether templates may come from others.
    """

    templates: Path
    words: Words
    frames: Mapping[Place, Frame]
    sections: frozenset[str]
    description: str
    markdown: MarkdownOf = "all"
    sandboxed: bool = False

    def place(self, output: PageOutput) -> Place:
        """Where a page is framed."""
        return frames.place(output.path, output.theme, self.sections)

    def environment(self) -> Environment:
        """The templates, ready to render."""
        return templates.environment(self.templates, self.words, sandboxed=self.sandboxed)

    def render(self, outputs: Sequence[PageOutput]) -> Iterator[OutputFiles]:
        """Each page as files; raises GeneratorError for a mistake in a template."""
        environment = self.environment()
        return (self.render_page(output, environment) for output in outputs)

    def render_page(self, output: PageOutput, environment: Environment) -> OutputFiles:
        """One page as files; raises GeneratorError for a mistake in its template."""
        page = output.content()
        rendered = templates.render_template(page, environment)
        content = to_html(rendered, whole=page.trusted)
        filling = Filling(
            title=page.title,
            description=page.description or self.description,
            heading=content.first_heading,
            content=content.html,
            address=urls.address(page.path),
            head=page.head,
        )
        html = frames.fill(self.frames[self.place(output)], filling)
        files = {urls.html(page.path): html.encode()}
        if publishes_markdown(self.markdown, page.path):
            files = {page.path: templates.published(page, rendered).encode(), **files}
        links = tuple(urls.target(page.path, href) for href in content.links)
        return OutputFiles(files, links)
