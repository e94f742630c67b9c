"""What a site consists of, before it is made."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

Content_co = TypeVar("Content_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Output(Generic[Content_co]):
    """One thing that the site shall hold: `make(*inputs)`, a pure function of frozen inputs.

    path: where it stands, relative to the site's root; no other output of its stage has the same.
    make: a function of a module, so that another process can find it by its name.
    inputs: frozen values. Whether an output is current is decided by their fingerprint, in which fields that
        a dataclass does not compare (`field(compare=False)`) do not count.
    """

    path: str
    make: Callable[..., Content_co]
    inputs: tuple[object, ...]

    def content(self) -> Content_co:
        """What it is made to be."""
        return self.make(*self.inputs)


class OutputFiles(NamedTuple):
    """An output as files: their contents by path, and what they link to within the site."""

    contents: Mapping[str, bytes]
    links: tuple[str, ...] = ()
