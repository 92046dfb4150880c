"""Rights on pledges and member pledges."""

from __future__ import annotations

from services.access import Right
from services.rights.roles import BODY, SECRETARIAT, STAFF

PLEDGES = (
    Right("DraftPledge", ("association",), SECRETARIAT, ("new",)),
    Right("RedraftPledge", ("association",), SECRETARIAT, ("association",), ("draft",)),
    Right("PublishPledge", ("association",), SECRETARIAT, ("association",), ("draft",)),
    # Whether the party is that pledge's association or that very enterprise, the rule asks.
    Right("SignPledge", ("association",), SECRETARIAT, ("new", "association"), ("withdrawn",)),
    Right("SignPledge", ("enterprise",), ("contact",), ("new", "member"), ("withdrawn",)),
    Right(
        "SubmitEvidence", ("association",), SECRETARIAT, ("association",), ("active", "evidence")
    ),
    Right("SubmitEvidence", ("enterprise",), ("contact",), ("member",), ("active", "evidence")),
    Right("JudgeMet", ("association",), SECRETARIAT, ("association",), ("evidence",)),
    Right("JudgeNotMet", ("association",), SECRETARIAT, ("association",), ("active", "evidence")),
    # What members pledge is supervised; a restricted pledge by those who have a part in it.
    Right(
        "SpotCheckPledge", BODY, STAFF, ("none", "offered", "reader"),
        ("active", "evidence", "met", "not_met"), ("normal",),
    ),
    Right(
        "SpotCheckPledge", BODY, STAFF, ("contributor",), ("active", "evidence", "met", "not_met")
    ),
    Right(
        "WithdrawPledge", ("association",), SECRETARIAT, ("association",), ("active", "evidence")
    ),
    Right("WithdrawPledge", ("enterprise",), ("contact",), ("member",), ("active", "evidence")),
    Right("FlagBreach", ("system",), ("rule",), ("none",), ("active", "evidence")),
    Right(
        "QuestionMember", ("association",), SECRETARIAT, ("association",),
        ("active", "evidence", "met", "not_met"),
    ),
    Right(
        "AnswerQuestion", ("association",), SECRETARIAT, ("association",),
        ("active", "evidence", "met", "not_met"),
    ),
    Right(
        "AnswerQuestion", ("enterprise",), ("contact",), ("member",),
        ("active", "evidence", "met", "not_met"),
    ),
)  # fmt: skip
