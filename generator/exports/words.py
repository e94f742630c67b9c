"""assets/papershelf/words.json: the words that the scripts in the browser show."""

import json
from collections.abc import Iterator, Mapping

from generator.exports.artifact import Artifact, Published


def words(published: Published) -> Iterator[Artifact]:
    """The one file of words."""
    yield Artifact("assets/papershelf/words.json", _json, (published.shelf.words.of_scripts,))


def _json(words: Mapping[str, object]) -> bytes:
    return json.dumps(words, ensure_ascii=False, separators=(",", ":")).encode()
