"""Rights on imported batches."""

from __future__ import annotations

from services.access import Right
from services.rights.complaints import KEPT
from services.rights.roles import BODY, STAFF

IMPORTS = (
    Right("BeginImport", BODY, STAFF, ("new",)),
    Right("FinishImport", BODY, STAFF, ("importer",), ("begun",)),
    Right("ReverseImport", BODY, STAFF, ("importer",), ("begun", "finished")),
    Right("ReverseImport", ("operator",), ("system",), (), ("begun", "finished")),
    Right(
        "ReverseComplaintImport", ("operator",), ("system",), (),
        KEPT,
    ),
)  # fmt: skip
