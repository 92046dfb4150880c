"""Figures of the demo: how a council handled a month, and the complaints about two enterprises."""

from __future__ import annotations

from datetime import date, timedelta

from deploy.demo.loading import LAST, Bundle, load_bundle, record_id
from deploy.demo.lodging import register, told, unit_of
from deploy.demo.people import clerk, contact, head_beside
from deploy.demo.province import Unit, units
from deploy.demo.stories import STORIES
from events.event import Acting
from services.actions import complaints as c
from services.actions import enterprise_figures as f
from services.actions.indicators import PublishFigures, PublishFiguresTogether
from services.indicators.publishing import publishing, publishing_together, telling
from services.platform import Platform

#: Of which the demo tells enough.
MONTH = "2026-09"
_HERS = "本企业设专人处理投诉，三个工作日内答复消费者。"
_SAYS = "投诉集中在七月的一批充电器，已经召回并全额退款；八月起新批次没有同类投诉。"


async def publish(platform: Platform) -> None:
    """Counted up to the end of the log as it is loaded."""
    await load_bundle(platform, "complaints about one enterprise", _complain)
    await platform.catch_up()
    upto = await platform.log.size()
    by, most = head_beside(clerk("council", "350100")), units()[1]

    async def fill(bundle: Bundle) -> None:
        await bundle.do(publishing(platform), PublishFigures(by=by, month=MONTH, upto=upto))
        province = head_beside(clerk("regulator", "350000"))
        whole = PublishFiguresTogether(by=province, month=MONTH, upto=upto)
        await bundle.do(publishing_together(platform), whole)
        for each in (by, head_beside(clerk("regulator", "350102"))):
            waiting = await _told(platform, bundle, each, units()[0], upto)
            await _comments(bundle, units()[0], waiting, _HERS)
        public = await _told(platform, bundle, by, most, upto)
        await _comments(bundle, most, public, _SAYS)
        for kind in (f.ShowFiguresComment, f.PublishEnterpriseFigures):
            await bundle.do(f.on_figures, kind(by=by, record=public.id, occurred_on=LAST))

    await load_bundle(platform, "figures of a month", fill)


async def _complain(bundle: Bundle) -> None:
    """Fourteen about one enterprise in the third quarter, half of them agreed on in time."""
    by, first = clerk("council", "350100"), date(2026, 7, 6)
    for n in range(14):
        on = first + timedelta(days=5 * n)
        id = record_id(on, f"about one enterprise {n}")
        about = told(bundle.chance, STORIES[0], unit_of(units()[1]), on, 150 + n)
        await register(bundle, id, on, by, about)
        known = {"by": by, "complaint": id}
        await bundle.do(
            c.accept_complaint, c.AcceptComplaint(**known, occurred_on=on + timedelta(days=3))
        )
        later = {**known, "occurred_on": on + timedelta(days=12)}
        await bundle.do(c.start_mediation, c.StartMediation(**later))
        if n % 2:
            agrees = c.RecordAgreement(**later, remedy="refund", terms="退货退款")
            await bundle.do(c.record_agreement, agrees)
        else:
            ends = c.TerminateMediation(**later, ground="T3", reason="双方对责任分歧较大")
            await bundle.do(c.terminate_mediation, ends)


async def _told(
    platform: Platform, bundle: Bundle, by: Acting, unit: Unit, upto: int
) -> f.TellEnterpriseFigures:
    on = LAST - timedelta(days=5)
    command = f.TellEnterpriseFigures(
        by=by, enterprise=unit.ref, month=MONTH, months=12, upto=upto, occurred_on=on,
        comment_by=on + timedelta(days=f.COMMENT_DAYS),
    )  # fmt: skip
    await bundle.do(telling(platform), command)
    return command


async def _comments(bundle: Bundle, unit: Unit, told: f.TellEnterpriseFigures, text: str) -> None:
    says = f.WriteFiguresComment(
        by=contact(unit), record=told.id, comment=text, occurred_on=LAST - timedelta(days=2)
    )
    await bundle.do(f.on_figures, says)
