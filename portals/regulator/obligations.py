"""Who owes whom an answer: every open obligation between the parties."""

from __future__ import annotations

from aiohttp import web

from events.event import today
from events.terms import PARTY_KINDS
from events.words import Code, Words
from portals.asking import page_number, text
from portals.owed import cards
from portals.regulator.home import own_address
from portals.remembered import remembered
from portals.saved_filters import saved_for
from portals.web import PLATFORM, acting, page, staff

WHATS = Code(
    "obligation",
    {
        "decision": Words("受理决定", "decision on a complaint"),
        "mediation": Words("调解结果", "result of mediation"),
        "identity": Words("身份证明", "proof of identity"),
        "settle": Words("直接和解", "direct settlement"),
        "confirm": Words("确认和解", "confirming a settlement"),
        "entrusted": Words("受托调解", "entrusted mediation"),
        "recusal": Words("回避决定", "decision on a mediator"),
        "proposal": Words("答复方案", "answer to a proposal"),
        "notice": Words("告知终止调解", "notice that mediation ended"),
        "performance": Words("履行协议", "keeping an agreement"),
        "default": Words("协议未履行", "an agreement not kept"),
        "kept": Words("后续回访", "call-back afterwards"),
        "callback": Words("履行回访", "call-back on an agreement"),
        "clue": Words("核查线索", "verifying signs"),
        "answer": Words("答复线索", "answer to a referral"),
        "result": Words("告知结果", "result of a follow-up"),
        "verification": Words("核查举报", "verification of a report"),
        "delivery": Words("送达文书", "delivery of a directive"),
        "directive": Words("答复文书", "answer to a directive"),
        "recheck": Words("复查", "re-check"),
        "evidence": Words("承诺证明", "evidence on a pledge"),
        "judgement": Words("承诺认定", "judgement of a pledge"),
        "explanation": Words("答复询问", "answer to a question"),
        "proposed": Words("答复建议", "answer to a proposal of a council"),
        "promise": Words("落实约谈承诺", "keeping a promise made to a council"),
        "enquiry": Words("答复咨询", "answer to an enquiry"),
    },
)
DEBTORS = ("regulator", "council", "association", "enterprise")


@remembered
async def board(request: web.Request) -> web.StreamResponse:
    debtor, what = text(request, "debtor"), text(request, "what")
    late = text(request, "late") == "1"
    rows = await request.app[PLATFORM].views.obligations.open(
        page_number(request),
        debtor=debtor,
        what=what,
        overdue_on=today() if late else None,
        reader=acting(request).party.id,
    )
    return await page(
        request,
        "regulator/obligations.html",
        title=Words("谁该答复谁", "Who owes whom an answer"),
        rows=cards(rows, own_address(acting(request))),
        debtors=[(code, PARTY_KINDS[code]) for code in DEBTORS],
        whats=list(WHATS),
        asked={"debtor": debtor, "what": what, "late": late},
        active=_chips(debtor, what, late),
        saved=await saved_for(request),
    )


def _chips(debtor: str, what: str, late: bool) -> list[dict[str, object]]:
    """The filters that are on."""
    found: list[tuple[str, object]] = []
    if debtor in DEBTORS:
        found.append(("debtor", PARTY_KINDS[debtor]))
    if what in WHATS:
        found.append(("what", WHATS[what]))
    if late:
        found.append(("late", Words("只看已逾期", "Only overdue")))
    return [{"key": key, "label": label} for key, label in found]


ROUTES = [web.get("/regulator/obligations", staff(board, "regulator"))]
