"""The cache finds what was stored under the same key, and takes nothing else for it."""

import os
import pickle
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papershelf.incremental import fingerprint
from papershelf.incremental.cache import Cache


class Measured(NamedTuple):
    """A value with all sorts of fields."""

    name: str
    sizes: tuple[int, ...]
    content: bytes
    known: dict[str, bytes]


VALUES = st.builds(
    Measured,
    st.text(st.characters(codec="utf-8")),
    st.lists(st.integers(-(2**63), 2**63 - 1)).map(tuple),
    st.binary(),
    st.dictionaries(st.text(st.characters(codec="utf-8")), st.binary()),
)


class Harmful:
    """What would make a file if it were unpickled."""

    def __init__(self, victim: Path) -> None:
        self.victim = victim

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return os.mkdir, (str(self.victim),)


def with_header(key: bytes, content: bytes) -> bytes:
    """A file of the cache as somebody forges it who knows how its header is made."""
    return fingerprint.digest(key) + len(content).to_bytes(8) + zlib.crc32(content).to_bytes(4) + content


@given(VALUES)
def test_a_value_comes_back_as_it_was_stored(
    tmp_path_factory: pytest.TempPathFactory, value: Measured
) -> None:
    folder = tmp_path_factory.mktemp("cache")
    Cache(folder).store("value", b"key", value)
    assert Cache(folder).load("value", b"key", Measured) == value
    assert Cache(folder).load("value", b"another key", Measured) is None


@pytest.mark.parametrize(
    "damage",
    [
        lambda file: file[: len(file) // 2],
        lambda file: file[:-1],
        lambda file: file + b"x",
        lambda _: b"",
        lambda file: file[:-1] + bytes([file[-1] ^ 1]),
    ],
    ids=["half", "one byte less", "one byte more", "empty", "one bit"],
)
def test_a_damaged_file_is_a_miss(tmp_path: Path, damage: object) -> None:
    cache = Cache(tmp_path)
    cache.store("value", b"key", "tea")
    file = tmp_path / "value"
    file.write_bytes(damage(file.read_bytes()))  # type: ignore[operator]
    assert cache.load("value", b"key", str) is None
    assert cache.get("value", b"key", str, lambda: "coffee") == "coffee"
    assert cache.load("value", b"key", str) == "coffee"


def test_a_value_of_another_type_is_a_miss(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.store("value", b"key", ["tea", 3])
    assert cache.load("value", b"key", dict[str, bytes]) is None


def test_a_pickle_that_would_run_code_is_a_miss_and_runs_nothing(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    (tmp_path / "value").write_bytes(with_header(b"key", pickle.dumps(Harmful(victim))))
    assert Cache(tmp_path).load("value", b"key", dict[str, bytes]) is None
    assert not victim.exists()


def test_a_folder_in_place_of_a_file_is_a_miss(tmp_path: Path) -> None:
    (tmp_path / "value").mkdir()
    assert Cache(tmp_path).load("value", b"key", str) is None


def test_a_read_only_cache_stores_nothing(tmp_path: Path) -> None:
    Cache(tmp_path).store("value", b"key", "tea")
    cache = Cache.read_only(tmp_path)
    cache.store("value", b"key", "coffee")
    cache.keep_only(())
    assert cache.get("value", b"key", str, lambda: "water") == "tea"
    assert cache.get("other", b"key", str, lambda: "water") == "water"
    assert [path.name for path in tmp_path.iterdir()] == ["value"]


def test_a_cache_in_memory_ends_with_itself() -> None:
    cache = Cache.in_memory()
    assert cache.get("value", b"key", str, lambda: "tea") == "tea"
    assert cache.get("value", b"key", str, lambda: "coffee") == "tea"
    assert Cache.in_memory().load("value", b"key", str) is None
    cache.keep_only(["another"])
    assert cache.load("value", b"key", str) is None


@pytest.mark.parametrize("on_disk", [True, False], ids=["on disk", "in memory"])
def test_of_many_values_only_those_with_a_new_key_are_made_again(tmp_path: Path, *, on_disk: bool) -> None:
    cache = Cache(tmp_path) if on_disk else Cache.in_memory()
    made: list[str] = []

    def make(names: Sequence[str]) -> list[str]:
        made.extend(names)
        return [name.upper() for name in names]

    def many(keys: dict[str, bytes], salt: bytes = b"") -> dict[str, str]:
        made.clear()
        return cache.get_many("letters", keys, str, make, salt=salt)

    keys = dict.fromkeys("abcdefgh", b"1")
    assert many(keys) == {name: name.upper() for name in keys}
    assert made == [*keys]
    assert many(keys) == {name: name.upper() for name in keys}
    assert made == []
    changed = {name: key for name, key in keys.items() if name != "a"} | {"b": b"2", "z": b"1"}
    assert [*many(changed)] == [*changed]
    assert sorted(made) == ["b", "z"]
    many(keys)
    assert sorted(made) == ["a", "b"]
    many(keys, salt=b"another program")
    assert made == [*keys]


def test_a_recent_value_is_kept_until_its_key_changes() -> None:
    cache = Cache.in_memory()
    made: list[None] = []

    def make() -> object:
        made.append(None)
        return object()

    first = cache.recent("file", (1, 2), make)
    assert cache.recent("file", (1, 2), make) is first
    assert cache.recent("file", (1, 3), make) is not first
    assert len(made) == 2
