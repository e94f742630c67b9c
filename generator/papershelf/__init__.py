"""Papershelf turns a curated reading list of research papers into a static site."""

__version__ = "0.1.0"
