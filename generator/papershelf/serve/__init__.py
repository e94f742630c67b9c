"""The site on this computer, as the content says now: read `live.py` first."""

from papershelf.serve.live import live
from papershelf.serve.server import serving

__all__ = ["live", "serving"]
