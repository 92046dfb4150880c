"""Indicators: how complaints of a month were handled, counted from events up to a position."""
