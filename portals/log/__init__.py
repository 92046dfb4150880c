"""The log's own addresses: heads, tiles, entries and proofs for programs, a page for everybody.

As C2SP tlog-tiles serves a log, so that verifiers of others can read it too; hashes and heads are
open to everybody, entries to people who are signed in.
"""

from __future__ import annotations

from portals.log import served, verifying

ROUTES = [*served.ROUTES, *verifying.ROUTES]
