"""Enquiries of the demo: asked of a council, and letters that a regulator read in from its box."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

import msgspec

from deploy.demo.loading import LAST, Bundle, load_bundle, record_id
from deploy.demo.people import clerk
from events.complaints import ComplaintRegistered
from events.event import Acting
from portals.people import CONSUMER
from services.actions import enquiries as q
from services.actions import imports as i
from services.actions.submissions import SplitSubmission, split_submission
from services.platform import Platform

_COUNCIL, _REGULATOR = "350100", "350102"
#: Title, question, reply; days before the last day they came and were answered.
_LETTERS = (
    ("营业执照复印件", "办健身卡时可以要求看店家的营业执照吗？",
     "您好：经营者应当在经营场所显著位置亮明营业执照，您可以查看。", 60, 52),
    ("临期食品标识", "超市卖临期食品要不要单独标明？",
     "您好：应当设置专门区域或者在显著位置作出提示。", 41, 20),
    ("", "小区电动车充电桩的收费由哪个部门管？", "", 18, 0),
)  # fmt: skip


async def ask(platform: Platform) -> None:
    """All of them in one bundle."""
    await load_bundle(platform, "enquiries", partial(_fill, platform))


async def _fill(platform: Platform, bundle: Bundle) -> None:
    officer = clerk("council", _COUNCIL)
    by = msgspec.structs.replace(officer, channel="phone", on_behalf_of="消费者")
    for n, (question, said) in enumerate(_ASKED):
        on = {"occurred_on": LAST - timedelta(days=3 + n)}
        asked = q.RecordEnquiry(
            by=by, **on, enquiry=record_id(LAST, f"asked {n}"), handler=officer.party,
            question=question, name="陈先生", phone=f"1380000430{n}",
        )  # fmt: skip
        await bundle.do(q.record_enquiry, asked)
        if said:
            answer = q.AnswerEnquiry(by=officer, **on, enquiry=asked.enquiry, answer=said)
            await bundle.do(q.answer_enquiry, answer)
    await _online(bundle, officer)
    await _split(platform, bundle, officer)
    await _read_in(bundle)


async def _online(bundle: Bundle, officer: Acting) -> None:
    """Asked and answered without anybody's telephone call."""
    on = LAST - timedelta(days=5)
    asked = q.SubmitEnquiry(
        by=CONSUMER, occurred_on=on, enquiry=record_id(on, "asked online"), handler=officer.party,
        question="健身房转让给别人以后，原来的会员卡还能用吗？", name="郑女士", phone="13800004312",
    )  # fmt: skip
    await bundle.do(q.submit_enquiry, asked)
    answer = q.AnswerEnquiry(
        by=officer, occurred_on=on + timedelta(days=1), enquiry=asked.enquiry,
        answer="经营者转让的，应当告知并征得您同意；受让的经营者应当继续履行。",
    )  # fmt: skip
    await bundle.do(q.answer_enquiry, answer)


async def _split(platform: Platform, bundle: Bundle, officer: Acting) -> None:
    """What a consumer asked in her complaint, to be answered by itself."""
    known = await platform.log.of_kinds([ComplaintRegistered])
    first = next(
        each for each in known
        if isinstance(each.event, ComplaintRegistered) and each.event.handler == officer.party
    )  # fmt: skip
    split = SplitSubmission(
        by=officer, occurred_on=LAST, submission=record_id(LAST, "council split"),
        complaint=first.stream, kind="enquiry", record=record_id(LAST, "asked besides"),
        told="另外想问：退货的运费由谁承担？", reason="投诉里还有一个咨询的问题",
    )  # fmt: skip
    await bundle.do(split_submission, split)


_ASKED = (
    ("预付卡的商家关门了，消委会能帮什么？", "可以调解，也可以支持您起诉；请带合同和付款凭证。"),
    ("网购的七天无理由退货，定做的衣服也可以退吗？", ""),
)


async def _read_in(bundle: Bundle) -> None:
    """A batch as the import makes it: one event for the file, events for each letter."""
    by = msgspec.structs.replace(clerk("regulator", _REGULATOR), channel="import")
    batch = record_id(LAST, "letter box")
    said: dict[str, Any] = {"by": by, "batch": batch, "correlation": str(batch)}
    begins = i.BeginImport(
        **said, occurred_on=LAST, file="局长信箱2026年三季度.xlsx", mapping="cn-public-letters",
        subject="letters", file_hash="8c2f0a7d41b95e36" * 4, rows=len(_LETTERS),
    )  # fmt: skip
    await bundle.do(i.begin_import, begins)
    for n in range(len(_LETTERS)):
        await _letter(bundle, by, batch, n)
    ends = i.FinishImport(**said, occurred_on=LAST, taken=len(_LETTERS), known=0, refused=0)
    await bundle.do(i.finish_import, ends)


async def _letter(bundle: Bundle, by: Acting, batch: UUID, n: int) -> None:
    title, question, reply, asked, replied = _LETTERS[n]
    on = LAST - timedelta(days=asked)
    door: dict[str, Any] = {"by": by, "correlation": str(batch)}
    letter = q.RecordEnquiry(
        **door, occurred_on=on, enquiry=record_id(on, f"letter {n}"), handler=by.party,
        reference=f"JZXX2026{n + 117:05}", hour="10:2" + str(n), title=title, question=question,
    )  # fmt: skip
    await bundle.do(q.record_enquiry, letter)
    if reply:
        day = LAST - timedelta(days=replied)
        answer = q.AnswerEnquiry(**door, occurred_on=day, enquiry=letter.enquiry, answer=reply)
        await bundle.do(q.answer_enquiry, answer)
