"""The site on this computer, as the content says now: read `live.py` first."""

from generator.serve.live import live
from generator.serve.server import serving

__all__ = ["live", "serving"]
