"""The search index: Pagefind's, indexed in parts of which each is made again only when its papers changed."""

from papershelf.search.documents import SearchDocument
from papershelf.search.index import IndexPlan, index, prepare
from papershelf.search.plan import plan

__all__ = ["IndexPlan", "SearchDocument", "index", "plan", "prepare"]
