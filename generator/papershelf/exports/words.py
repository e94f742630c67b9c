"""assets/papershelf/words.js: the words that scripts in the browser show, as a JavaScript module."""

import json
from collections.abc import Iterator, Mapping

from papershelf.exports.published import Published
from papershelf.incremental.output import Output


def words(published: Published) -> Iterator[Output[bytes]]:
    """The file."""
    yield Output("assets/papershelf/words.js", _module, (published.context.words.of_scripts,))


def _module(words: Mapping[str, object]) -> bytes:
    return b"export default" + json.dumps(words, ensure_ascii=False, separators=(",", ":")).encode()
