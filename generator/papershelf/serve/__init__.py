"""Preview the site on this computer while its content is edited; start reading in `live.py`."""

from papershelf.serve.connections import Limits
from papershelf.serve.live import live
from papershelf.serve.server import serving

__all__ = ["Limits", "live", "serving"]
