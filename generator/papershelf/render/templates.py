"""Pages to Markdown text. Whatever a template shows is escaped, unless a filter here made it Markdown."""

# ruff: noqa: S704  making Markup is what this module is for

import json
import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Final

import yaml
from jinja2 import (
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    TemplateRuntimeError,
    TemplateSyntaxError,
    Undefined,
)
from jinja2.runtime import Context, Macro
from markupsafe import Markup
from pydantic import ValidationError

from papershelf.core import urls
from papershelf.core.problems import GeneratorError
from papershelf.render import placeholders
from papershelf.render.plain_markdown import plain_markdown
from papershelf.text import notes
from papershelf.views.components import Anchor
from papershelf.views.context import Page
from papershelf.views.words import Words

WORDS = "words.yml"
_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
WEB = re.compile(r"(https?|mailto):", re.IGNORECASE)
SCHEME = re.compile(r"[^/]*:")
UNSAFE_IN_TARGET = re.compile(r"[\s<>\"'`()\[\]{}\\^|*\x00-\x1f\x7f]")
UNSAFE_IN_ATTRIBUTE = re.compile(r"[^\w\s.,:/-]|_")
FENCE: Final = re.compile("^ {0,3}(```|~~~)", re.MULTILINE)
NOT_IN_YAML: Final = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def load_words(templates: Path) -> Words:
    """The words of the interface; raises GeneratorError if one is missing, unknown or empty."""
    file = templates / WORDS
    try:
        return Words.model_validate(yaml.load(file.read_text(encoding="utf-8"), _LOADER))  # noqa: S506  a safe one
    except (OSError, UnicodeDecodeError, yaml.YAMLError, ValidationError) as error:
        raise GeneratorError(f"{file} cannot be used: {error}") from error


class _Names(Context):
    """What a template knows, of which it calls nothing but macros: those need no look for decorators."""

    def call(self, macro: Callable[..., object], *given: object, **named: object) -> object:
        """What a macro shows."""
        if not isinstance(macro, Macro):
            return super().call(macro, *given, **named)
        named.pop("_block_vars", None)
        named.pop("_loop_vars", None)
        more = named or macro.caller or macro.catch_varargs or macro.catch_kwargs
        if more or len(given) != len(macro.arguments):
            return macro(*given, **named)
        return macro._func(*given)  # noqa: SLF001  what Jinja2 comes to after a look at all that can be given


class _Templates(Environment):
    """Templates that show no value but through `_shown`: nothing is left for Jinja2 to escape."""

    context_class = _Names

    @staticmethod
    def concat(parts: Iterable[str]) -> Markup:
        """What a template or a macro shows, which others show as it is."""
        return str.__new__(Markup, "".join(parts))


def environment(templates: Path, words: Words) -> Environment:
    """The templates with the few filters they may use: those of Jinja2 know nothing of Markdown."""
    made = _Templates(
        loader=FileSystemLoader(templates),
        autoescape=False,
        finalize=_shown,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    made.filters = {
        "anchor": anchor,
        "attribute": attribute,
        "code": code,
        "mathematics": placeholders.mathematics,
        "note": note,
        "target": target,
        "trusted": trusted,
    }
    made.globals = {"words": words}
    return made


def render_all(pages: Iterable[Page], templates: Environment) -> Iterator[tuple[str, str]]:
    """The path and the Markdown of each page."""
    return ((page.path, render(page, templates)) for page in pages)


def render(page: Page, templates: Environment) -> str:
    """The Markdown of a page, with what the theme needs to know in front."""
    return with_front_matter(page, skeleton(page, templates))


def skeleton(page: Page, templates: Environment) -> str:
    """The body of a page, the values that its template shows still in their holes.

    Raises GeneratorError for a mistake in the template.
    """
    try:
        return squeezed(templates.get_template(page.template).render(view=page.view))
    except TemplateError as error:
        raise _failure(error, page.template) from error


def compile_all(templates: Environment) -> None:
    """Read every page template; raises GeneratorError for one that cannot be understood."""
    for name in templates.list_templates(extensions=["md"]):
        try:
            templates.get_template(name)
        except TemplateError as error:
            raise _failure(error, name) from error


def _failure(error: TemplateError, name: str) -> GeneratorError:
    """What is wrong with a template, and where as far as the error tells."""
    place = f"{error.name}:{error.lineno}" if isinstance(error, TemplateSyntaxError) else name
    return GeneratorError(f"templates/{place}: {error.message}")


def with_front_matter(page: Page, body: str) -> str:
    """The Markdown of a page from its skeleton."""
    return f"{front_matter(page)}\n{placeholders.in_markdown(body)}"


def front_matter(page: Page, *, head: bool = False) -> str:
    """Title, description and theme template as YAML, which takes JSON's strings for its own.

    `head` adds what the page has for its head in HTML: the renderer needs it, readers do not.
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


def published(page: Page, body: str) -> str:
    """The Markdown of a page as people and machines are to read it, from its skeleton.

    Pages by hand stay as they are written.
    """
    return placeholders.in_markdown(body) if page.trusted else plain_markdown(body)


def squeezed(markdown: str) -> str:
    """Without the empty lines that templates leave: one between blocks, one line end at the end."""
    while "\n\n\n" in markdown:
        markdown = markdown.replace("\n\n\n", "\n\n")
    return markdown.strip() + "\n"


@lru_cache(placeholders.REMEMBERED)
def target(href: str) -> Markup:
    """A link's target: an http(s) or mailto address, or a path within the site; ValueError for any other."""
    if SCHEME.match(href) and not WEB.match(href):
        raise ValueError(f"a link that no page may hold: {href!r}")
    return placeholders.placeholder("target", UNSAFE_IN_TARGET.sub(_percent, href))


def anchor(link: Anchor) -> Markup:
    """A link in Markdown; ValueError for a target that no page may hold."""
    return _linked(link.text, link.href)


@lru_cache(placeholders.REMEMBERED)
def _linked(words: str, href: str) -> Markup:
    return Markup(f"[{placeholders.shown(words)}]({target(href)})")


@lru_cache(placeholders.REMEMBERED)
def attribute(words: str | int) -> Markup:
    """Text as the value of an HTML attribute in Markdown, where both HTML's and Markdown's signs are live."""
    return placeholders.placeholder(
        "attribute", UNSAFE_IN_ATTRIBUTE.sub(lambda sign: f"&#{ord(sign[0])};", str(words))
    )


def code(lines: str) -> Markup:
    """Lines as they are, within a fence of the template; ValueError for one that would end it."""
    if FENCE.search(lines):
        raise ValueError(f"lines that no fence may hold: {lines!r}")
    return placeholders.placeholder("code", lines)


def note(markdown: str) -> Markup:
    """A curator's note as HTML."""
    return placeholders.placeholder("html", notes.render(markdown))


def trusted(markdown: str) -> Markup:
    """The curator's own Markdown as it is."""
    return Markup(placeholders.without_marks(markdown))


def _shown(value: object) -> Markup:
    """What `{{ value }}` shows: text as text, numbers as they are; anything else is a template's mistake."""
    if isinstance(value, Markup):
        return value
    if isinstance(value, str):
        return placeholders.shown(value)
    if isinstance(value, Undefined):
        return Markup(str(value))
    if isinstance(value, int) and not isinstance(value, bool):
        return placeholders.placeholder("attribute", str(value))
    raise TemplateRuntimeError(f"a template shows a {type(value).__name__}, which is no text: {value!r}")


def _percent(sign: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in sign[0].encode())


def _yaml_string(value: str) -> str:
    return NOT_IN_YAML.sub(lambda sign: f"\\u{ord(sign[0]):04x}", json.dumps(value, ensure_ascii=False))
