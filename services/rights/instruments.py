"""Rights on the instruments of a council."""

from __future__ import annotations

from services.access import Right
from services.rights.roles import STAFF

_COUNCIL = ("council",)
_HEAD = ("head",)
_OWN = ("council",)
_NEW = ("new",)
#: A comparative test: drafted, with enterprises, public; an earlier edition may be public too.
_DRAFTS = ("draft", "correcting")
_SHOWN = ("shown", "rechecked")
_PUBLIC = ("published", "correcting", "rechecked")

INSTRUMENTS = (
    Right("DraftWarning", _COUNCIL, STAFF, _NEW),
    Right("RewriteWarning", _COUNCIL, STAFF, _OWN, ("draft",)),
    Right("PublishWarning", _COUNCIL, _HEAD, _OWN, ("draft",)),
    Right("WithdrawWarning", _COUNCIL, _HEAD, _OWN, ("published",)),
    Right("HoldInterview", _COUNCIL, STAFF, _NEW),
    Right("KeepPromise", _COUNCIL, STAFF, _OWN, ("promised",)),
    Right("BreakPromise", _COUNCIL, STAFF, _OWN, ("promised",)),
    Right("SendProposal", _COUNCIL, STAFF, _NEW),
    Right("TakeProposalBack", _COUNCIL, STAFF, _OWN, ("sent",)),
    Right("ReplyToProposal", ("regulator",), STAFF, ("addressee",), ("sent",)),
    Right("ReplyToProposal", ("association",), ("secretary", "head"), ("addressee",), ("sent",)),
    Right("PassProposalOn", ("system",), ("rule",), (), ("sent",)),
    Right("DraftComparison", _COUNCIL, STAFF, _NEW),
    Right("RewriteComparison", _COUNCIL, STAFF, _OWN, _DRAFTS),
    Right("AddSample", _COUNCIL, STAFF, _OWN, _DRAFTS),
    Right("DropSample", _COUNCIL, STAFF, _OWN, _DRAFTS),
    Right("ShowComparison", _COUNCIL, STAFF, _OWN, _DRAFTS),
    Right("CommentOnComparison", ("enterprise",), ("contact",), ("named",), _SHOWN),
    Right("PublishComparison", _COUNCIL, _HEAD, _OWN, (*_DRAFTS, *_SHOWN)),
    Right("CorrectComparison", _COUNCIL, STAFF, _OWN, ("published", *_SHOWN)),
    Right("WithdrawComparison", _COUNCIL, _HEAD, _OWN, _PUBLIC),
)
