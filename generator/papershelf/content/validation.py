"""Validate parsed documents, and word pydantic's errors so that a curator understands them."""

import contextlib
import types
import typing
from collections.abc import Collection, Mapping, Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from papershelf.content.yaml import Document, ValuePath, cut_short
from papershelf.core import model
from papershelf.core.problems import InvalidValueError, Problem, has_errors
from papershelf.text import identifiers
from papershelf.text.similar import closest_word

T = TypeVar("T")
Wording = tuple[str, str]

_TYPES = {
    "int_parsing": "a whole number",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_parsing": "a number",
    "float_type": "a number",
    "bool_parsing": "yes or no",
    "bool_type": "yes or no",
    "date_type": "a date written YYYY-MM-DD",
    "string_type": "a text",
    "tuple_type": "a list",
    "list_type": "a list",
    "dict_type": "fields with values",
    "model_type": "fields with values",
    "model_attributes_type": "fields with values",
}
_BOUNDS = {
    "greater_than_equal": ("ge", "at least"),
    "greater_than": ("gt", "more than"),
    "less_than_equal": ("le", "at most"),
    "less_than": ("lt", "less than"),
}
_EMPTY = {
    "too_short": ("is empty", "write at least one entry or remove the field"),
    "string_too_short": ("has no value", "write one or remove the line"),
}
_SHOWN = 60


def validate(
    adapter: TypeAdapter[T], document: Document
) -> tuple[T, list[Problem]] | tuple[None, list[Problem]]:
    """The typed value of a document, None if it has errors."""
    if document.problems and document.value is None:
        return None, list(document.problems)
    return _validate_at(adapter, document, (), document.value, document.problems)


def validate_entries(adapter: TypeAdapter[T], document: Document) -> tuple[Mapping[int, T], list[Problem]]:
    """The valid entries of a list, by their position from 0, and the problems of the others."""
    if document.value is None:
        return {}, list(document.problems)
    if not isinstance(document.value, list):
        message, hint = f"{_shown(document.value)} is not a list", "start each entry with a hyphen"
        return {}, [*document.problems, Problem(document.place(()), message, hint)]
    found = {
        index: _validate_at(adapter, document, (index,), entry, ())
        for index, entry in enumerate(document.value)
    }
    known = {problem.at for problem in document.problems}
    problems = [problem for _, of_entry in found.values() for problem in of_entry if problem.at not in known]
    values = {index: value for index, (value, _) in found.items() if value is not None}
    return values, [*document.problems, *problems]


def _validate_at(
    adapter: TypeAdapter[T], document: Document, path: ValuePath, value: object, earlier: Sequence[Problem]
) -> tuple[T, list[Problem]] | tuple[None, list[Problem]]:
    problems = [*earlier, *_empty_values(document, path, value)]
    try:
        typed = adapter.validate_python(value)
    except ValidationError as error:
        found = _errors(error)
        cured = {(*path, *details["loc"]) for details in found if _has_own_words(details)}
        problems = [*earlier, *_empty_values(document, path, value, cured)]
        known = {problem.at for problem in problems}
        wrong = (_problem(details, document, path, adapter) for details in found)
        return None, [*problems, *(problem for problem in wrong if problem.at not in known)]
    if has_errors(problems):
        return None, problems
    return typed, [*problems, *_cut_texts(adapter, document, path, value)]


def _cut_texts(
    adapter: TypeAdapter[T], document: Document, above: ValuePath, value: object
) -> typing.Iterator[Problem]:
    """A warning for every single word before ` #` whose field would take the rest of the line too."""
    for path, whole in document.cut.items():
        if path[: len(above)] == above:
            with contextlib.suppress(ValidationError):
                adapter.validate_python(_replaced(value, path[len(above) :], whole))
                yield cut_short(document.place(path))


def _replaced(value: object, path: ValuePath, text: str) -> object:
    """The value with a text at `path`."""
    if isinstance(value, list):
        return [_replaced(each, path[1:], text) if at == path[0] else each for at, each in enumerate(value)]
    if isinstance(value, Mapping):
        return {**value, path[0]: _replaced(value.get(path[0]), path[1:], text)}
    return text


def wording(error: ErrorDetails, names: Sequence[str] = ()) -> Wording:
    """The message and hint for one error; `names` are the valid field names at its place."""
    name = str(error["loc"][-1]) if error["loc"] else ""
    if error["type"] == "extra_forbidden":
        return f"unknown field '{name}'", _suggestion(name, names)
    if error["type"] == "missing":
        return f"'{name}' is missing", "add it"
    message, hint = _about_value(error["type"], error.get("ctx", {}), _shown(error["input"]), error["msg"])
    return f"{_where(error['loc'])}{message}", hint or _right_identifier(error)


def _about_value(kind: str, context: Mapping[str, Any], shown: str, message: str) -> Wording:
    if kind in _TYPES:
        return f"{shown} is not {_TYPES[kind]}", f"write [{shown[1:-1]}]" if _TYPES[kind] == "a list" else ""
    if kind == "literal_error":
        return f"{shown} is not a known value", f"one of {context['expected']}".replace("'", "")
    if kind == "string_pattern_mismatch":
        return f"{shown} is not {model.PATTERNS.get(context['pattern'], 'valid')}", ""
    if kind in _BOUNDS:
        key, words = _BOUNDS[kind]
        return f"{shown} is out of range", f"{words} {context[key]}"
    if kind == "string_too_long":
        return f"{shown} is too long", f"write at most {context['max_length']:,} characters"
    return (
        _EMPTY.get(kind)
        or _own_words(context.get("error"), shown)
        or (message.removeprefix("Value error, "), "")
    )


def _has_own_words(error: ErrorDetails) -> bool:
    return isinstance(error.get("ctx", {}).get("error"), InvalidValueError)


def _right_identifier(error: ErrorDetails) -> str:
    """How to write an identifier that is in an address or has a prefix or version; "" if there is none."""
    kind = model.IDENTIFIERS.get(error.get("ctx", {}).get("pattern", ""))
    found = identifiers.parse(str(error["input"])) if kind else None
    return f"write {found.kind}: {found.value}" if found else ""


def _own_words(error: object, shown: str) -> Wording | None:
    """Those of an exception that names a cure."""
    return (f"{shown} {error.message}", error.cure) if isinstance(error, InvalidValueError) else None


def _errors(error: ValidationError) -> list[ErrorDetails]:
    """Pydantic's errors, without lists that are too short only because their entries are invalid."""
    found = error.errors(include_url=False)
    places = [details["loc"] for details in found]
    return [
        details
        for details in found
        if details["type"] != "too_short"
        or not any(place[: len(details["loc"])] == details["loc"] != place for place in places)
    ]


def _problem(error: ErrorDetails, document: Document, above: ValuePath, adapter: TypeAdapter[T]) -> Problem:
    path: ValuePath = (*above, *error["loc"])
    unknown = error["type"] == "extra_forbidden"
    message, hint = wording(error, field_names(adapter, error["loc"][:-1]) if unknown else ())
    return Problem(document.keys[path] if unknown else document.place(path), message, hint)


def _empty_values(
    document: Document, above: ValuePath, value: object, cured: Collection[ValuePath] = ()
) -> list[Problem]:
    """A problem for every field or entry without a value: an oversight rather than a default.

    cured: values that have a problem of their own, with a cure that says more.
    """
    return [
        Problem(document.place(path), f"{_where(path)}has no value", "write one or remove the line")
        for path, leaf in _leaves(value, above)
        if leaf is None and path and path[:-1] not in cured
    ]


def _leaves(value: object, path: ValuePath) -> typing.Iterator[tuple[ValuePath, object]]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _leaves(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _leaves(inner, (*path, index))
    else:
        yield path, value


def field_names(adapter: TypeAdapter[T], path: ValuePath) -> tuple[str, ...]:
    """The valid field names at `path` within the adapter's type, () if there are none."""
    models = _models(adapter._type)  # noqa: SLF001  no public attribute has the adapter's type
    for step in path:
        if isinstance(step, str):
            fields = [m.model_fields[step].annotation for m in models if step in m.model_fields]
            models = [m for annotation in fields for m in _models(annotation)]
    return tuple(name for m in models for name in m.model_fields)


def _models(annotation: object) -> list[type[BaseModel]]:
    if isinstance(annotation, types.GenericAlias) or typing.get_origin(annotation) is not None:
        return [m for inner in typing.get_args(annotation) for m in _models(inner)]
    return [annotation] if isinstance(annotation, type) and issubclass(annotation, BaseModel) else []


def _suggestion(word: str, names: Sequence[str]) -> str:
    close = closest_word(word, names)
    if close:
        return f"did you mean '{close}'?"
    return f"known fields: {', '.join(names)}" if names else ""


def _where(path: ValuePath) -> str:
    name = next((step for step in reversed(path) if isinstance(step, str)), "")
    return f"{name}: " if name else ""


def _shown(value: object) -> str:
    if isinstance(value, Mapping):
        return "a group of fields"
    if isinstance(value, list | tuple):
        return "a list"
    text = str(value)
    return f"'{text if len(text) <= _SHOWN else text[:_SHOWN] + '…'}'"
