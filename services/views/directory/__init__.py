"""The directory: all parties and people as they are called now, and who belongs where."""

from services.views.directory.directory import Directory

__all__ = ["Directory"]
