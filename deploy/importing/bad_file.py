"""BadFile: a file that cannot be read in at all."""

from __future__ import annotations

from services.actions.refused import Refused


class BadFile(Refused):
    """Says what is wrong with the file and what to do; nothing of it was imported."""
