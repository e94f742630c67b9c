"""Templates that a pull request can bring: they show values and call macros, and reach nothing else."""

from pathlib import Path
from traceback import walk_tb
from types import (
    BuiltinMethodType,
    CodeType,
    FrameType,
    FunctionType,
    GeneratorType,
    MethodType,
    ModuleType,
    TracebackType,
)
from typing import Final, NoReturn

from jinja2 import TemplateError, TemplateNotFound
from jinja2.exceptions import SecurityError
from jinja2.runtime import BlockReference, Context, LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

MISTAKES: Final = (
    TemplateError,
    ArithmeticError,
    AttributeError,
    LookupError,
    MemoryError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What a mistake in a template raises."""

_NO_ATTRIBUTES: Final = (
    CodeType,
    FrameType,
    FunctionType,
    GeneratorType,
    MethodType,
    ModuleType,
    TracebackType,
    type,
)
_CALLABLE: Final = (BlockReference, LoopContext, Macro)
_WITH_METHODS: Final = frozenset({str, Markup, int, float, list, tuple, dict, LoopContext})


class SandboxedEnvironment(ImmutableSandboxedEnvironment):
    """Jinja2's sandbox, in which only macros, Jinja2's own functions and methods of plain values are called.

    Jinja2's own lets templates call every public method: `parse_raw` of a pydantic model loads pickles, and
    `get_env` of MkDocs' theme returns an environment without a sandbox.
    """

    def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:
        """Whether a template may read an attribute."""
        return not isinstance(obj, _NO_ATTRIBUTES) and super().is_safe_attribute(obj, attr, value)

    def is_safe_callable(self, obj: object) -> bool:
        """Whether a template may call this."""
        if isinstance(obj, MethodType | BuiltinMethodType):
            return type(obj.__self__) in _WITH_METHODS
        return isinstance(obj, _CALLABLE) or any(obj is each for each in self.globals.values())

    def call(self, context: Context, obj: object, /, *args: object, **kwargs: object) -> object:
        """Call something for a template; raises SecurityError if that is not safe."""
        if not self.is_safe_callable(obj):
            raise SecurityError(f"a template may not call {getattr(obj, '__name__', type(obj).__name__)}")
        return super().call(context, obj, *args, **kwargs)

    def unsafe_undefined(self, obj: object, attribute: str) -> NoReturn:
        """Raise SecurityError: Jinja2's own value for what is not safe would show as nothing."""
        raise SecurityError(f"a template may not read {attribute!r} of a {type(obj).__name__}")


def message(error: BaseException) -> str:
    """What is wrong with a template, in words."""
    if isinstance(error, TemplateNotFound):
        return f"there is no template {error.name!r}"
    if isinstance(error, TemplateError):
        return error.message or type(error).__name__
    return f"{type(error).__name__}: {error}"


def place(error: BaseException) -> tuple[Path, int] | None:
    """File and line of the template that raised an error, None if none did."""
    frames = [(Path(frame.f_code.co_filename), line) for frame, line in walk_tb(error.__traceback__)]
    templates = [(file, line) for file, line in frames if file.is_absolute() and file.suffix != ".py"]
    return templates[-1] if templates else None
