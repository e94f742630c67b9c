"""Text of papers: cleaned, without markup, as Markdown and HTML, and what a title is called."""

from papershelf.text.cleaning import clean
from papershelf.text.markdown import escape, plain, to_html, with_mathematics
from papershelf.text.names import normalise, slug

__all__ = ["clean", "escape", "normalise", "plain", "slug", "to_html", "with_mathematics"]
