"""JSON whose objects know their line."""

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Final

_TOKEN: Final = re.compile(r'"(?:[^"\\]|\\.)*"|[{}]|\n', re.DOTALL)


class JsonObject(dict[str, Any]):
    """An object of a document; `line` is where it begins, counted from 1."""

    line: int = 1


@lru_cache(maxsize=1)
def load(text: str) -> Any:  # noqa: ANN401  JSON
    """The value of a document, its objects `JsonObject`; None if it is no JSON.

    The last document is remembered, as every reader of JSON looks at it: nobody may change the value.
    """
    lines = _lines(text)

    def placed(pairs: list[tuple[str, Any]]) -> JsonObject:
        found = JsonObject(pairs)
        found.line = next(lines)
        return found

    try:
        return json.loads(text, object_pairs_hook=placed)
    except (ValueError, RecursionError):  # of numbers with thousands of digits, too
        return None


def _lines(text: str) -> Iterator[int]:
    """The line in which each object begins, in the order in which they end: that of the decoder's calls."""
    line, opened = 1, []
    for token in _TOKEN.finditer(text):
        mark = token[0]
        if mark == "{":
            opened.append(line)
        elif mark == "}" and opened:
            yield opened.pop()
        else:
            line += mark.count("\n")
