"""assets/papershelf/words.js: the words that the scripts in the browser show, as a module."""

import json
from collections.abc import Iterator, Mapping

from papershelf.exports.artifact import Artifact, Published


def words(published: Published) -> Iterator[Artifact]:
    """The one file of words."""
    yield Artifact("assets/papershelf/words.js", _module, (published.shelf.words.of_scripts,))


def _module(words: Mapping[str, object]) -> bytes:
    return b"export default" + json.dumps(words, ensure_ascii=False, separators=(",", ":")).encode()
