"""The manifest is believed only about files inside the site's folder that are as it says."""

import shutil
from pathlib import Path

import pytest

from papershelf.incremental import filetree, inputs, manifest
from papershelf.incremental.cache import Cache
from papershelf.incremental.manifest import ManifestEntry, Stored, StoredEntry
from papershelf.incremental.workers import Workers


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "site").mkdir()
    return tmp_path / "site"


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "cache")


def entries(site: Path, *names: str) -> dict[str, ManifestEntry]:
    return {
        name: ManifestEntry(name.encode(), (filetree.create(site, name, name.encode()),)) for name in names
    }


def test_a_manifest_is_found_for_its_folder_whatever_that_is_called(
    site: Path, cache: Cache, tmp_path: Path
) -> None:
    stored = entries(site, "a.html", "b/c.html")
    manifest.store(site, stored, cache)
    assert manifest.load(site, cache) == stored
    renamed = site.rename(tmp_path / "renamed")
    assert manifest.load(renamed, cache) == stored
    site.mkdir()
    assert manifest.load(site, cache) == {}
    assert manifest.load(tmp_path / "nowhere", cache) == {}


def test_a_copied_folder_is_recognised_by_what_it_holds(site: Path, cache: Cache, tmp_path: Path) -> None:
    manifest.store(site, entries(site, "a.html", "b.html", "c.html"), cache)
    copy = Path(shutil.copytree(site, tmp_path / "copy"))
    (copy / "b.html").write_bytes(b"changed")
    (copy / "c.html").unlink()
    found = manifest.recognise(copy, cache, Workers.serial)
    assert [*found] == ["a.html"]
    assert manifest.is_unchanged(copy, found["a.html"])
    assert manifest.load(copy, cache) == found


@pytest.mark.parametrize("path", ["../victim.html", "/victim.html", "a/../../victim.html", ".."])
def test_a_manifest_that_names_a_file_outside_is_a_miss(site: Path, cache: Cache, path: str) -> None:
    (site.parent / "victim.html").write_bytes(b"precious")
    forged = (path, (0, 0, 0), b"")
    good = entries(site, "a.html")
    manifest.store(site, good | {"forged": ManifestEntry(b"", (forged,))}, cache)
    assert manifest.load(site, cache) == {}
    assert manifest.recognise(site, cache, Workers.serial) == {}
    manifest.store(site, good, cache)
    assert manifest.load(site, cache) == good


def test_what_is_stored_under_the_name_of_a_manifest_is_checked(site: Path, cache: Cache) -> None:
    cache.store("manifest", inputs.program(), {"a.html": 3})
    assert manifest.load(site, cache) == {}
    cache.store("manifest", b"another program", Stored("", (), {}))
    assert manifest.load(site, cache) == {}


def test_an_untouched_folder_is_known_by_its_listing(site: Path, cache: Cache, tmp_path: Path) -> None:
    stored = entries(site, "a.html", "b/c.html")
    manifest.store(site, stored, cache)
    assert manifest.is_untouched(site, cache)
    copy = Path(shutil.copytree(site, tmp_path / "copy"))
    assert not manifest.is_untouched(copy, cache)
    assert not manifest.is_untouched(tmp_path / "nowhere", cache)


@pytest.mark.parametrize("change", ["changed", "removed", "added", "linked"])
def test_a_touched_folder_is_not_taken_for_whole(site: Path, cache: Cache, change: str) -> None:
    stored = entries(site, "a.html", "b/c.html")
    (site / manifest.SEARCH).mkdir()
    manifest.store(site, stored, cache)
    page = site / "b/c.html"
    if change == "changed":
        page.write_bytes(b"another size")
    elif change == "added":
        (site / "d.html").write_bytes(b"")
    else:
        page.unlink()
        if change == "linked":
            page.symlink_to(site / "a.html")
    assert not manifest.is_untouched(site, cache)


@pytest.mark.parametrize("change", ["changed", "removed", "added", "linked"])
def test_a_touched_search_index_is_noticed(site: Path, cache: Cache, tmp_path: Path, change: str) -> None:
    part = site / manifest.SEARCH / "fragment/0.pf_fragment"
    part.parent.mkdir(parents=True)
    part.write_bytes(b"words")
    manifest.store(site, entries(site, "a.html"), cache)
    assert manifest.is_untouched(site, cache)
    if change == "changed":
        part.write_bytes(b"other words")
    elif change == "added":
        part.with_name("1.pf_fragment").write_bytes(b"")
    elif change == "removed":
        part.unlink()
    else:
        part.parent.rename(tmp_path / "elsewhere")
        part.parent.symlink_to(tmp_path / "elsewhere")
    assert not manifest.is_untouched(site, cache)
    assert not manifest.knows_search(site, cache)


@pytest.mark.parametrize("name", ["../victim", "/victim", "a/../../victim", "."])
def test_no_file_is_made_outside_of_the_folder(site: Path, name: str) -> None:
    with pytest.raises(ValueError, match="leaves the folder"):
        filetree.create(site, name, b"")
    assert [*site.parent.rglob("victim")] == []


def test_links_are_kept_and_one_that_is_not_in_the_table_is_a_miss(site: Path, cache: Cache) -> None:
    linked = {
        path: entry._replace(links=("b.html", "a.html#x")) for path, entry in entries(site, "a", "b").items()
    }
    manifest.store(site, linked, cache)
    assert manifest.load(site, cache) == linked
    forged = StoredEntry(b"", linked["a"].files, (7,), b"")
    status = site.lstat()
    cache.store(
        "manifest", inputs.program(), Stored(f"{status.st_dev:x}-{status.st_ino:x}", (), {"a": forged})
    )
    assert manifest.load(site, cache) == {}
