"""Complaints of the demo in the rarer steps of the procedure, each left where it can be seen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from deploy.demo.loading import LAST, Bundle, record_id
from deploy.demo.lodging import register, told, unit_of
from deploy.demo.people import clerk, contact
from deploy.demo.province import units
from deploy.demo.stories import STORIES
from events.event import Acting
from services.actions import complaints as c

_HOME = units()[0]
_GULOU, _COUNCIL = clerk("regulator", "350102"), clerk("council", "350100")
Step = tuple[Any, Any, Acting | None, dict[str, Any]]

_ACCEPT: Step = (c.accept_complaint, c.AcceptComplaint, None, {"mediated_by": "own"})
_START: Step = (c.start_mediation, c.StartMediation, None, {})
_AGREE: Step = (
    c.record_agreement, c.RecordAgreement, None,
    {"remedy": "refund", "terms": "商家十日内退还全部货款", "paper": "paper",
     "perform_by": LAST - timedelta(days=3)},
)  # fmt: skip
_PROVE: Step = (
    c.request_identity_proof, c.RequestIdentityProof, None,
    {"what": "居民身份证复印件", "until": LAST + timedelta(days=4)},
)  # fmt: skip
_OFFER: Step = (
    c.offer_direct_settlement, c.OfferDirectSettlement, None,
    {"matter": "消费者反映充电器外壳发烫变形，要求退货退款"},
)  # fmt: skip
_SETTLE: Step = (
    c.report_direct_settlement, c.ReportDirectSettlement, contact(_HOME),
    {"remedy": "refund", "result": "已与消费者电话联系，当天退款并取回商品"},
)  # fmt: skip
_SESSION: Step = (
    c.schedule_mediation, c.ScheduleMediation, None,
    {"day": LAST + timedelta(days=5), "time": "14:30", "meeting": "place",
     "place": "二楼调解室", "mediator": _GULOU.name, "recusal_by": LAST + timedelta(days=3)},
)  # fmt: skip
_TEST: Step = (
    c.start_testing, c.StartTesting, None,
    {"lab": "福建省产品质量检验中心", "item": "充电器", "chosen": "agreed", "payer": "enterprise"},
)  # fmt: skip
_CHALLENGE: Step = (
    c.request_recusal, c.RequestRecusal, contact(_HOME),
    {"whose": "enterprise", "why": "调解人员是投诉人的同学"},
)  # fmt: skip
_ASK: Step = (
    c.write_to_side, c.WriteToConsumer, None,
    {"text": "请补充购买凭证的照片，发票或者订单截图都可以。", "asks": True,
     "until": LAST + timedelta(days=5)},
)  # fmt: skip
_ASK_FIRM: Step = (
    c.write_to_side, c.WriteToBusiness, None,
    {"text": "请说明这一批充电器的进货时间和数量。", "asks": True},
)  # fmt: skip


def _comment(text: str) -> Step:
    """What the business says beside the publication."""
    return c.write_comment, c.WriteComment, contact(_HOME), {"comment": text}


_CONSENT = (c.give_consent, c.GiveConsent)
_COURSES: dict[str, tuple[Step, ...]] = {
    "identity": (_PROVE,),
    "offered": (_OFFER,),
    "reported": (_ACCEPT, _OFFER, _SETTLE),
    "asked": (_ACCEPT, _START, _ASK, _ASK_FIRM),
    "invited": (_ACCEPT, _START, _SESSION,
                (c.answer_invitation, c.AnswerInvitation, contact(_HOME),
                 {"whose": "enterprise", "comes": True})),
    "tested": (_ACCEPT, _START, _TEST),
    "challenged": (_ACCEPT, _START, _SESSION, _CHALLENGE),
    "entrusted": (
        (*_ACCEPT[:3], {"mediated_by": "entrusted"}),
        (*_CONSENT, None, {"whose": "enterprise", "what": "entrust"}),
        (c.entrust_mediation, c.EntrustMediation, None, {"to": _COUNCIL.party}),
        (c.make_proposal, c.MakeProposal, _COUNCIL, {"terms": "全额退款，商品由商家取回"}),
    ),
    "kept": (_ACCEPT, _START, _AGREE,
             (c.report_performance, c.ReportPerformance, contact(_HOME), {}),
             (*_CONSENT, None, {"whose": "consumer", "what": "publish"}),
             (c.publish_complaint, c.PublishComplaint, None, {}),
             _comment("当天全额退款，同批商品已经停售送检。"),
             (c.show_comment, c.ShowComment, None, {}),
             _comment("当天全额退款，同批商品停售送检；检验合格前不再销售。")),
    "broken": (_ACCEPT, _START, _AGREE),
}  # fmt: skip


async def follow_courses(bundle: Bundle) -> None:
    """Each course at the regulator of the district whose people can sign in; two are merged."""
    on = LAST - timedelta(days=14)
    made = {name: record_id(on, f"course {name}") for name in (*_COURSES, "first", "again")}
    for name, id in made.items():
        await _lodged(bundle, name, id, on)
        for day, (action, kind, by, typed) in _dated(on, _COURSES.get(name, ())):
            known = {"by": by or _GULOU, "occurred_on": day, "complaint": id}
            await bundle.do(action, kind(**known, **typed))
    broken = {"by": c.complainant(made["broken"]), "why": "到期没有收到退款"}
    says = c.ReportDefault(**broken, occurred_on=LAST, complaint=made["broken"])
    await bundle.do(c.report_default, says)
    writes = c.WriteToBody(
        by=c.complainant(made["invited"]), occurred_on=LAST, complaint=made["invited"],
        whose="consumer", text="调解那天我要上班，可以改到周六吗？",
    )  # fmt: skip
    await bundle.do(c.write_to_body, writes)
    merges = c.MergeComplaint(
        by=_GULOU, occurred_on=LAST, complaint=made["again"], into=made["first"],
        how="duplicate", reason="同一消费者就同一件商品再次来电投诉",
    )  # fmt: skip
    await bundle.do(c.merge_complaint, merges)


async def _lodged(bundle: Bundle, name: str, id: UUID, on: date) -> None:
    about = told(bundle.chance, STORIES[0], unit_of(_HOME), on, 128)
    await register(bundle, id, on, _GULOU, about)


def _dated(on: date, steps: tuple[Step, ...]) -> Iterator[tuple[date, Step]]:
    """One step every two days, the last ones on the last day."""
    for n, step in enumerate(steps, start=1):
        yield min(on + timedelta(days=2 * n), LAST), step
