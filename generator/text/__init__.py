"""Text of papers: cleaned, without markup, as Markdown and HTML, and what a title is called."""

from generator.text.cleaning import clean
from generator.text.markdown import escape, plain, to_html, with_mathematics
from generator.text.names import normalise, slug

__all__ = ["clean", "escape", "normalise", "plain", "slug", "to_html", "with_mathematics"]
