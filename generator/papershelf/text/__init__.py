r"""Titles, abstracts, summaries, names: one form of text, one way in, and few ways out.

The form is a `str`, as papers by the ten thousands are fingerprinted, cached and sent between processes: one
line in NFC, without control characters. `*x*` and `**x**` are emphasis, `\{` and `\}` braces that could be
taken for TeX's, `$…$` a formula that characters cannot express: what they can is written with them.

- In: `clean`, for what a listing or a curator wrote, TeX or not; `clean_label` and `clean_name` for venues,
  tags and people, which have no emphasis. Everything passes once, where it is read: documents in
  `importing/drafts.py`, YAML by the types of `content/prose.py`. Longer texts of curators are Markdown, and
  have a module of their own: `notes`.
- Out: `plain` (titles of windows and feeds, search, data), `html` (pages and feeds, formulas as MathML),
  `escape` (Markdown) and `tex` (BibTeX, formulas as formulas). No other module knows the markup.

`normalise` and `slug` make names of a title. Cleaning is stable: cleaned text is left as it is, and most
text that was never TeX is recognised by one search.
"""

from papershelf.text.cleaning import clean
from papershelf.text.latex import tex
from papershelf.text.markdown import escape, html, plain
from papershelf.text.names import clean_label, clean_name, normalise, slug

__all__ = ["clean", "clean_label", "clean_name", "escape", "html", "normalise", "plain", "slug", "tex"]
