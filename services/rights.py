"""The table of rights, subject by subject; printed by `gongzhi access table`."""

from __future__ import annotations

from services.access import Right

_BODY = ("council", "regulator")
_STAFF = ("clerk", "head")
#: Every state of a complaint but that of a reversed import.
_KEPT = (
    "received", "accepted", "refused", "mediating", "agreed", "terminated", "withdrawn", "closed",
)  # fmt: skip

COMPLAINTS = (
    Right("RegisterComplaint", ("consumer",), ("consumer",)),
    Right("RegisterComplaint", _BODY, _STAFF),
    Right("AcceptComplaint", _BODY, _STAFF, ("handler",), ("received",)),
    Right("RefuseComplaint", _BODY, _STAFF, ("handler",), ("received",)),
    Right("TransferComplaint", _BODY, _STAFF, ("handler",), ("received", "accepted")),
    Right("StartMediation", _BODY, _STAFF, ("handler",), ("accepted",)),
    Right("RecordAgreement", _BODY, _STAFF, ("handler",), ("mediating",)),
    Right("TerminateMediation", _BODY, _STAFF, ("handler",), ("mediating",)),
    Right("RecordRestitution", _BODY, _STAFF, ("handler",), ("agreed", "terminated")),
    Right("StateSatisfaction", _BODY, _STAFF, ("handler",), ("agreed", "terminated", "closed")),
    Right(
        "StateSatisfaction", ("consumer",), ("consumer",), ("complainant",),
        ("agreed", "terminated", "closed"),
    ),
    Right(
        "CloseComplaint", _BODY, _STAFF, ("handler",),
        ("agreed", "terminated", "refused", "withdrawn"),
    ),
    Right("WithdrawComplaint", _BODY, _STAFF, ("handler",), ("received", "accepted", "mediating")),
    Right(
        "WithdrawComplaint", ("consumer",), ("consumer",), ("complainant",),
        ("received", "accepted", "mediating"),
    ),
    Right("RequestErasure", ("consumer",), ("consumer",), ("complainant",), _KEPT),
    Right("RequestErasure", _BODY, _STAFF, ("handler",), _KEPT),
    # Who checks and who approves are two people; the rule asks.
    Right("CheckErasure", _BODY, _STAFF, ("handler",), _KEPT),
    Right("RefuseErasure", _BODY, _STAFF, ("handler",), _KEPT),
    Right("ErasePersonalData", _BODY, ("head",), ("handler",), _KEPT),
    Right("RestrictProcessing", _BODY, ("head",), ("handler",), _KEPT),
    Right(
        "ReferClue", ("council",), _STAFF, ("handler",),
        _KEPT,
    ),
    # A regulator may meanwhile also handle the complaint itself.
    Right("ReturnReferral", ("regulator",), _STAFF, ("referred", "handler")),
    Right(
        "ReverseComplaintImport", _BODY, _STAFF, ("handler",),
        _KEPT,
    ),
)  # fmt: skip

IMPORTS = (
    Right("BeginImport", _BODY, _STAFF, ("new",)),
    Right("FinishImport", _BODY, _STAFF, ("importer",), ("begun",)),
    Right("ReverseImport", _BODY, _STAFF, ("importer",), ("begun", "finished")),
    Right("ReverseImport", ("operator",), ("system",), (), ("begun", "finished")),
    Right(
        "ReverseComplaintImport", ("operator",), ("system",), (),
        _KEPT,
    ),
)  # fmt: skip

FOLLOW_UPS = (
    Right("OpenFollowUp", ("regulator",), _STAFF, ("new",)),
    Right("IssueDirective", ("regulator",), _STAFF, ("regulator",), ("opened", "failed")),
    Right("DeliverDirective", ("regulator",), _STAFF, ("regulator",), ("issued",)),
    Right("AnswerDirective", ("enterprise",), ("contact",), ("subject",), ("delivered",)),
    Right("AnswerDirective", ("regulator",), _STAFF, ("regulator",), ("delivered",)),
    Right("RecheckPasses", ("regulator",), _STAFF, ("regulator",), ("answered",)),
    # A directive left unanswered after its date has failed as well.
    Right("RecheckFails", ("regulator",), _STAFF, ("regulator",), ("answered", "delivered")),
    # Asked in every open state, so that the rule can say what is still missing.
    Right(
        "CloseFollowUp", ("regulator",), _STAFF, ("regulator",),
        ("opened", "issued", "delivered", "answered", "passed", "failed"),
    ),
    Right("SendResult", ("regulator",), _STAFF, ("regulator",), ("passed", "failed", "closed")),
)  # fmt: skip

_SECRETARIAT = ("secretary", "head")

PLEDGES = (
    Right("DraftPledge", ("association",), _SECRETARIAT, ("new",)),
    Right("RedraftPledge", ("association",), _SECRETARIAT, ("association",), ("draft",)),
    Right("PublishPledge", ("association",), _SECRETARIAT, ("association",), ("draft",)),
    # Whether the party is that pledge's association or that very enterprise, the rule asks.
    Right("SignPledge", ("association",), _SECRETARIAT, ("new", "association"), ("withdrawn",)),
    Right("SignPledge", ("enterprise",), ("contact",), ("new", "member"), ("withdrawn",)),
    Right(
        "SubmitEvidence", ("association",), _SECRETARIAT, ("association",), ("active", "evidence")
    ),
    Right("SubmitEvidence", ("enterprise",), ("contact",), ("member",), ("active", "evidence")),
    Right("JudgeMet", ("association",), _SECRETARIAT, ("association",), ("evidence",)),
    Right("JudgeNotMet", ("association",), _SECRETARIAT, ("association",), ("active", "evidence")),
    Right(
        "WithdrawPledge", ("association",), _SECRETARIAT, ("association",), ("active", "evidence")
    ),
    Right("WithdrawPledge", ("enterprise",), ("contact",), ("member",), ("active", "evidence")),
    Right("FlagBreach", ("system",), ("rule",), ("none",), ("active", "evidence")),
    Right(
        "QuestionMember", ("association",), _SECRETARIAT, ("association",),
        ("active", "evidence", "met", "not_met"),
    ),
    Right(
        "AnswerQuestion", ("association",), _SECRETARIAT, ("association",),
        ("active", "evidence", "met", "not_met"),
    ),
    Right(
        "AnswerQuestion", ("enterprise",), ("contact",), ("member",),
        ("active", "evidence", "met", "not_met"),
    ),
)  # fmt: skip

_WITH_ADMIN = ("regulator", "council", "association")
_ADMIN = ("admin",)
#: Of the operator: who sets the platform up, and who looks after people and their rights.
_SYSTEM, _SECURITY = ("system",), ("security",)

PARTIES = (
    Right("EstablishOperator", ("system",), ("rule",), ("new",)),
    Right("EstablishRegulator", ("operator",), _SYSTEM, ("new",)),
    Right("EstablishCouncil", ("operator",), _SYSTEM, ("new",)),
    Right("EstablishAssociation", ("operator",), _SYSTEM, ("new",)),
    Right("RegisterEnterprise", ("operator",), _SYSTEM, ("new",)),
    Right("RegisterEnterprise", ("regulator",), ("clerk", "head", "admin"), ("new",)),
    Right("RegisterEnterprise", ("association",), ("secretary",), ("new",)),
    Right("RenameParty", ("operator",), _SYSTEM),
    Right("AdmitMember", ("operator",), _SYSTEM),
    Right("AdmitMember", ("association",), ("secretary",), ("own",)),
    Right("MemberLeaves", ("operator",), _SYSTEM),
    Right("MemberLeaves", ("association",), ("secretary",), ("own",)),
)

PEOPLE = (
    # At the server itself: whoever has it has everything, and it is recorded as that.
    *(
        Right(name, ("system",), ("rule",))
        for name in ("EnrolPerson", "GrantRole", "DisablePerson", "ReplacePassword",
                     "UnlockSignIn", "ResetFactors")
    ),
    Right("EnrolPerson", ("operator",), _SECURITY, ("new",)),
    Right("EnrolPerson", _WITH_ADMIN, _ADMIN, ("new",)),
    Right("UseProvider", ("operator",), _SECURITY),
    Right("UseProvider", _WITH_ADMIN, _ADMIN, ("own",)),
    Right("EndProvider", ("operator",), _SECURITY),
    Right("EndProvider", _WITH_ADMIN, _ADMIN, ("own",)),
    Right("InvitePerson", ("operator",), _SECURITY, ("new",)),
    Right("InvitePerson", _WITH_ADMIN, _ADMIN, ("new",)),
    Right("RenewInvitation", ("operator",), _SECURITY, (), ("open",)),
    Right("RenewInvitation", _WITH_ADMIN, _ADMIN, ("ours",), ("open",)),
    Right("RevokeInvitation", ("operator",), _SECURITY, (), ("open",)),
    Right("RevokeInvitation", _WITH_ADMIN, _ADMIN, ("ours",), ("open",)),
    Right("AcceptInvitation", ("system",), ("rule",), (), ("open",)),
    Right("GrantRole", ("operator",), _SECURITY, (), ("active",)),
    Right("GrantRole", _WITH_ADMIN, _ADMIN, ("self", "ours", "shared"), ("active",)),
    Right("WithdrawRole", ("operator",), _SECURITY, ("ours", "shared", "none")),
    Right("WithdrawRole", _WITH_ADMIN, _ADMIN, ("ours", "shared")),
    Right("DisablePerson", ("operator",), _SECURITY, ("ours", "shared", "none"), ("active",)),
    Right("DisablePerson", _WITH_ADMIN, _ADMIN, ("ours",), ("active",)),
    Right("ReplacePassword", ("operator",), _SECURITY, (), ("active",)),
    Right("ReplacePassword", _WITH_ADMIN, _ADMIN, ("self", "ours"), ("active",)),
    Right(
        "AskPasswordReset", ("operator",), ("system", "security"), ("ours", "shared", "none"),
        ("active",),
    ),
    Right("AskPasswordReset", _WITH_ADMIN, ("admin", "head"), ("ours", "shared"), ("active",)),
    Right("UnlockSignIn", ("operator",), _SECURITY, ("ours", "shared", "none"), ("active",)),
    Right("UnlockSignIn", _WITH_ADMIN, _ADMIN, ("ours",), ("active",)),
    Right("ResetFactors", ("operator",), _SECURITY, ("ours", "shared", "none"), ("active",)),
    Right("ResetFactors", _WITH_ADMIN, _ADMIN, ("ours",), ("active",)),
)  # fmt: skip

_KEEPERS = ("EnrolEnterprise", "MakeCheck")
_POSTS = ("AppointDirector", "AppointOfficer", "DirectorLeaves", "OfficerLeaves")

ARCHIVES = (
    *(Right(name, ("regulator",), _STAFF, ("supervisor",)) for name in _KEEPERS + _POSTS),
    *(Right(name, ("enterprise",), ("contact",), ("subject",)) for name in _POSTS),
    Right("HoldTraining", ("regulator",), _STAFF),
)

LOG_KEYS = (
    Right("IntroduceLogKey", ("operator",), _SYSTEM),
    Right("RetireLogKey", ("operator",), _SYSTEM),
    Right("ReplaceLostLogKey", ("operator",), _SYSTEM),
)

TABLE: tuple[Right, ...] = (
    *ARCHIVES,
    *PARTIES,
    *PEOPLE,
    *PLEDGES,
    *FOLLOW_UPS,
    *IMPORTS,
    *LOG_KEYS,
    *COMPLAINTS,
)
