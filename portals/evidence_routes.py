"""Evidence routes: the pages of evidence of every kind of case, for every party, under `/files`."""

from __future__ import annotations

from portals import evidence_files, evidence_masks, evidence_pages

#: What has a word in its address before what has an id there.
ROUTES = [*evidence_pages.ROUTES, *evidence_masks.ROUTES, *evidence_files.ROUTES]
