"""Loads every subject's events, so that the catalogue is whole.

A module of `events/` that defines events is found by itself: nothing to register.
"""

from __future__ import annotations

import importlib
import pkgutil

import events

for _module in pkgutil.iter_modules(events.__path__):
    if not _module.name.startswith("_") and _module.name != "subjects":
        importlib.import_module(f"events.{_module.name}")
