"""Authors for tests, by their names."""

from papershelf.core.person import Author


def named(*names: str) -> tuple[Author, ...]:
    """Authors of these names; one in braces is a group."""
    return tuple(Author.read(name) for name in names)
