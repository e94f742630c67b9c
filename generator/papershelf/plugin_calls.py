"""Calls into plug-ins: an error that names the plug-in, whatever it raises or returns."""

import traceback
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from types import FunctionType
from typing import Any

from papershelf.core import urls
from papershelf.core.problems import GeneratorError
from papershelf.exports import Export, Published
from papershelf.incremental.output import Output
from papershelf.pages import PageKind
from papershelf.sources.parsed import ParsedDocument, Reader, ReadOptions
from papershelf.views.context import Page, PageOutput, SiteContext

_PAGE_PATH = "a page's path ends in `/index.md` and starts with its kind's segment, none of Papershelf's own"


def reader(owner: str, given: Reader) -> Reader:
    """The same reader, whose errors name its owner."""
    return replace(given, mismatch=partial(_mismatch, owner, given), read=partial(_read, owner, given))


def page_kind(owner: str, given: PageKind) -> PageKind:
    """The same kind of page, whose errors name its owner."""
    return replace(given, plan=partial(_plan_pages, owner, given))


def export(owner: str, given: Export) -> Export:
    """The same export, whose errors name its owner."""
    return partial(_plan_export, owner, given)


def _mismatch(owner: str, given: Reader, text: str) -> str:
    reason = _call(owner, given.mismatch, text)
    if not isinstance(reason, str):
        raise GeneratorError(f"{owner}: a reader tells a mismatch by a text, not by {reason!r:.80}")
    return reason


def _read(owner: str, given: Reader, text: str, file: str, options: ReadOptions) -> ParsedDocument:
    document = _call(owner, given.read, text, file, options)
    if not isinstance(document, ParsedDocument):
        raise GeneratorError(f"{owner}: a reader returns a ParsedDocument, not {document!r:.80}")
    return document


def _plan_pages(owner: str, kind: PageKind, context: SiteContext) -> Iterator[Page | PageOutput]:
    for page in _call(owner, _all, kind.plan, context):
        if not isinstance(page, Page | PageOutput):
            raise GeneratorError(f"{owner}: a page is a Page or a PageOutput, not {page!r:.80}")
        _check_path(owner, kind, page.path)
        yield page if isinstance(page, Page) else _guarded(owner, page, _make_page)


def _check_path(owner: str, kind: PageKind, path: object) -> None:
    top = path.partition("/")[0] if isinstance(path, str) else ""
    if (
        not str(path).endswith("/index.md")
        or not top
        or top in urls.RESERVED
        or kind.segment not in {None, top}
    ):
        raise GeneratorError(f"{owner}: no page may have the path {path!r}: {_PAGE_PATH}")


def _plan_export(owner: str, given: Export, published: Published) -> Iterator[Output[bytes]]:
    for output in _call(owner, _all, given, published):
        if not isinstance(output, Output) or not isinstance(output.path, str):
            raise GeneratorError(f"{owner}: an export gives outputs with a path, not {output!r:.80}")
        yield _guarded(owner, output, _make_file)


def _guarded(owner: str, output: Any, make: Callable[..., object]) -> Any:  # noqa: ANN401  the output's own type
    """The same output, made by `make`, which calls what the plug-in makes it by."""
    if not isinstance(output.make, FunctionType) or not isinstance(output.inputs, tuple):
        raise GeneratorError(f"{owner}: {output.path} must be made by a function of a module, from a tuple")
    return replace(output, make=make, inputs=(owner, output.make, *output.inputs))


def _make_page(owner: str, make: Callable[..., object], *inputs: object) -> Page:
    page = _call(owner, make, *inputs)
    if not isinstance(page, Page):
        raise GeneratorError(f"{owner}: {make.__name__} must return a Page, not {page!r:.80}")
    return page


def _make_file(owner: str, make: Callable[..., object], *inputs: object) -> bytes:
    content = _call(owner, make, *inputs)
    if not isinstance(content, bytes):
        raise GeneratorError(f"{owner}: {make.__name__} must return bytes, not {content!r:.80}")
    return content


def _call(owner: str, function: Callable[..., Any], *arguments: object) -> Any:  # noqa: ANN401  as the function
    try:
        return function(*arguments)
    except GeneratorError:
        raise
    except (Exception, SystemExit) as error:
        raise GeneratorError(f"{owner}{_line(error)}: {type(error).__name__}: {error}") from error


def _line(error: BaseException) -> str:
    """Where in the plug-in it happened, as far as that is known."""
    frames = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename != __file__ and frame.lineno
    ]
    own = [frame.lineno for frame in frames if frame.filename == frames[0].filename]
    return f", line {own[-1]}" if own else ""


def _all(plan: Callable[[Any], Any], context: object) -> tuple[Any, ...]:
    return tuple(plan(context))
