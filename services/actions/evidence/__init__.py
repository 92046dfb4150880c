"""Evidence (证据): files and statements in a record of any kind, and what of them others may see.

A file is kept first and then named in an event; a scanner says what it found; whoever handed it in
or carries the case may withdraw it, which hides it and forgets nothing. What others may be shown is
a copy made anew from the sealed original with each mask more or less.
"""

from services.actions.evidence.adding import (
    AddEvidence,
    OnRecord,
    ScanFile,
    WithdrawFile,
    add_evidence,
    scan_file,
    withdraw_file,
)
from services.actions.evidence.redaction import (
    LiftRedaction,
    RedactImageArea,
    RedactText,
    lift_redaction,
    redact_image_area,
    redact_text,
)

__all__ = [
    "AddEvidence",
    "LiftRedaction",
    "OnRecord",
    "RedactImageArea",
    "RedactText",
    "ScanFile",
    "WithdrawFile",
    "add_evidence",
    "lift_redaction",
    "redact_image_area",
    "redact_text",
    "scan_file",
    "withdraw_file",
]
