"""Pages to Markdown by Jinja2. Whatever a template shows is escaped, unless a filter made it Markdown."""

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateSyntaxError
from markupsafe import Markup
from pydantic import ValidationError

from papershelf.core import urls
from papershelf.core.problems import GeneratorError
from papershelf.render import filters, placeholders
from papershelf.render.placeholders import RenderedTemplate
from papershelf.render.plain_markdown import plain_markdown
from papershelf.render.sandbox import MISTAKES, SandboxedEnvironment, message, place
from papershelf.views.context import Page
from papershelf.views.words import Words

WORDS = "words.yml"
_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NOT_IN_YAML: Final = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def load_words(templates: Path) -> Words:
    """The words of the interface; raises GeneratorError if one is missing, unknown or empty."""
    file = templates / WORDS
    try:
        return Words.model_validate(yaml.load(file.read_text(encoding="utf-8"), _LOADER))  # noqa: S506  a safe one
    except (OSError, UnicodeDecodeError, yaml.YAMLError, ValidationError) as error:
        raise GeneratorError(f"{file} cannot be used: {error}") from error


class _Environment(Environment):
    """An environment in which `filters.show` alone escapes, and what a macro shows is Markup.

    Jinja2's `autoescape` does the same, but escapes every value once more: measured as 5 % of a page's time.
    """

    @staticmethod
    def concat(parts: Iterable[str]) -> Markup:
        """Join what a template or a macro shows."""
        return Markup("".join(parts))  # noqa: S704  every part went through `show` or is the template's own


class _SandboxedEnvironment(_Environment, SandboxedEnvironment):
    """The same for templates that a pull request can bring; they take three times as long."""


def environment(templates: Path, words: Words, *, sandboxed: bool = False) -> Environment:
    """The Jinja2 environment of a folder of templates: our filters only, and `words` in every template."""
    kind = _SandboxedEnvironment if sandboxed else _Environment
    made = kind(
        loader=FileSystemLoader(templates),
        autoescape=False,
        finalize=filters.show,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    made.filters = dict(filters.FILTERS)
    made.globals = {"words": words}
    return made


def render_all(pages: Iterable[Page], templates: Environment) -> Iterator[tuple[str, str]]:
    """The path and the Markdown of each page."""
    return ((page.path, render(page, templates)) for page in pages)


def render(page: Page, templates: Environment) -> str:
    """The Markdown of a page for a renderer, with front matter."""
    return f"{front_matter(page)}\n{placeholders.in_markdown(render_template(page, templates))}"


def render_template(page: Page, templates: Environment) -> RenderedTemplate:
    """Render the body of a page, with its values in placeholders.

    Raises GeneratorError for a mistake in the template.
    """
    try:
        rendered = templates.get_template(page.template).render(view=page.view)
    except MISTAKES as error:
        raise _failure(error, page.template, templates) from error
    return placeholders.split(_without_empty_lines(rendered))


def compile_all(templates: Environment) -> None:
    """Compile every page template; raises GeneratorError for a syntax error."""
    for name in templates.list_templates(extensions=["md"]):
        try:
            templates.get_template(name)
        except MISTAKES as error:
            raise _failure(error, name, templates) from error


def front_matter(page: Page, *, head: bool = False) -> str:
    """Title, description and theme template as YAML with quoted strings.

    `head` adds the page's HTML for <head>, which the renderer needs and readers do not.
    """
    fields = {
        "title": page.title,
        "description": page.description,
        "template": page.theme,
        "section": urls.section(page.path),
        "head": page.head if head else "",
    }
    lines = (f"{name}: {_yaml_string(value)}\n" for name, value in fields.items() if value)
    return f"---\n{''.join(lines)}---\n"


def published(page: Page, rendered: RenderedTemplate) -> str:
    """The Markdown of a page for readers; that of free pages as their curator wrote it."""
    return placeholders.in_markdown(rendered) if page.trusted else plain_markdown(rendered)


def _failure(error: Exception, name: str, templates: Environment) -> GeneratorError:
    """What is wrong with a template, with its file and line if they are known."""
    at, found = name, place(error)
    if isinstance(error, TemplateSyntaxError):
        at = f"{error.name}:{error.lineno}"
    elif found and isinstance(templates.loader, FileSystemLoader):
        file, line = found
        at = f"{file.relative_to(templates.loader.searchpath[0]).as_posix()}:{line}"
    return GeneratorError(f"templates/{at}: {message(error)}")


def _without_empty_lines(markdown: str) -> str:
    """At most one empty line between blocks, and one line end at the end."""
    while "\n\n\n" in markdown:
        markdown = markdown.replace("\n\n\n", "\n\n")
    return markdown.strip() + "\n"


def _yaml_string(value: str) -> str:
    return _NOT_IN_YAML.sub(lambda sign: f"\\u{ord(sign[0]):04x}", json.dumps(value, ensure_ascii=False))
