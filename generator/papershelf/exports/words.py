"""The words that scripts in the browser show, as JavaScript modules.

assets/papershelf/words.js: those that any page may need, and whether there are no papers
assets/papershelf/late-words.js: those of scripts that are loaded when they are used
"""

import json
from collections.abc import Iterator, Mapping

from papershelf.exports.published import Published
from papershelf.incremental.output import Output


def words(published: Published) -> Iterator[Output[bytes]]:
    """Both files."""
    context = published.context
    facts = {"empty": not context.library.papers}
    yield Output("assets/papershelf/words.js", _module, (context.words.of_scripts, facts))
    yield Output("assets/papershelf/late-words.js", _module, (context.words.of_late_scripts, {}))


def _module(words: Mapping[str, object], facts: Mapping[str, bool]) -> bytes:
    constants = "".join(f"export const {name}={_json(value)};" for name, value in facts.items())
    return f"{constants}export default{_json(words)}".encode()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
