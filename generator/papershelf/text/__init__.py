"""Titles and abstracts: cleaned, as plain text, Markdown or HTML, and as keys and slugs."""

from papershelf.text.cleaning import clean
from papershelf.text.markdown import escape, plain, to_html, with_mathematics
from papershelf.text.names import normalise, slug

__all__ = ["clean", "escape", "normalise", "plain", "slug", "to_html", "with_mathematics"]
