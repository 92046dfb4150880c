"""What there is to say of a complaint besides what it is about: said only where there is any."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from events.complaints.terms import MEDIATORS
from events.words import Words, both, in_words
from portals.similar import said

Row = dict[str, Any]
Fact = tuple[Words, object]


def more_facts(row: Row) -> list[Fact]:
    """Label and value of each, in the order of the procedure."""
    return [(label, value) for label, say in _FACTS for value in [say(row)] if value]


def _proof(row: Row) -> Words | None:
    if row["proof_until"] is None:
        return None
    given = Words("已提供", "given") if row["proof_given"] else Words("还没有提供", "not given yet")
    return _PROOF.fill(until=row["proof_until"], given=given)


def _consents(row: Row) -> Words | None:
    """What the business agreed to; what the consumer agreed to stands with her request."""
    said = [w for name, w in _AGREES.items() if row[name]]
    if not said:
        return None
    return Words("、".join(w.zh for w in said), ", ".join(w.en for w in said))


def _answers(row: Row) -> Words | None:
    """The proposal, and what each side says to it."""
    if row["proposed_on"] is None:
        return None
    return _ANSWERS.fill(
        proposal=row["proposal"] or "—",
        consumer=_ACCEPTS[row["said_consumer"]], enterprise=_ACCEPTS[row["said_enterprise"]],
    )  # fmt: skip


def _rating(row: Row) -> Words | None:
    if row["stars"]:
        solved = _SOLVED[row["solved"]]
        return Words(f"{row['stars']}星，{solved.zh}", f"{row['stars']} of 5, {solved.en}")
    return Words("已提醒，没有评价", "reminded, no answer") if row["lapsed_on"] else None


def _told(row: Row) -> Words | None:
    sides = [w for name, w in _SIDES.items() if row[f"told_{name}"]]
    return Words("、".join(w.zh for w in sides), ", ".join(w.en for w in sides)) if sides else None


def _day(name: str) -> Callable[[Row], Words | None]:
    def said(row: Row) -> Words | None:
        day: date | None = row[name]
        return in_words(day) if day else None

    return said


def _text(name: str) -> Callable[[Row], object]:
    return lambda row: row[name]


def _facts() -> Iterator[tuple[Words, Callable[[Row], object]]]:
    yield Words("愿意加入共同投诉", "Would complain jointly"), _joins
    yield Words("身份核验", "Proof of identity"), _proof
    yield Words("身份证明的答复", "Her answer"), _text("identity_answer")
    yield Words("由谁调解", "Who is to mediate"), _mediated_by
    yield Words("经营者同意", "The business agrees to"), _consents
    yield Words("请经营者直接和解", "The business was told"), _text("matter")
    yield Words("经营者报告的和解", "Settlement, as the business says"), _text("settlement")
    yield Words("上次调解经过", "Last session"), _text("course")
    yield Words("调解方案", "Proposal"), _answers
    yield Words("申请回避的理由", "Why the mediator should step aside"), _text("recusal_why")
    yield Words("检测开始", "Testing since"), _day("testing_since")
    yield Words("约定履行日期", "To be kept by"), _day("perform_by")
    yield Words("没有履行的情况", "What was not kept"), _text("default_why")
    yield Words("已告知终止调解", "Told of the end"), _told
    yield Words("评价", "Rating"), _rating
    yield Words("消费者的话", "Her words"), _text("comment")
    yield Words("回访", "Called back"), _day("called_on")
    yield Words("回访内容", "What she said"), _text("called_told")
    yield Words("后续说明", "What became of it"), _text("outcome_comment")
    yield Words("新的事实", "New facts"), _text("new_facts")
    yield Words("认定滥用迹象的理由", "Why the signs of abuse were judged so"), _text("abuse_why")
    yield Words("待核查的线索", "Signs noted"), _day("clue_on")
    yield Words("公示", "Public since"), _day("published_on")


def _joins(row: Row) -> object:
    return said(row["record"].joins) if row["record"].joins else None


def _mediated_by(row: Row) -> object:
    return MEDIATORS[row["mediated_by"]] if row["mediated_by"] else None


_PROOF = Words("{until}前提供，{given}", "by {until}; {given}")
_ANSWERS = Words(
    "{proposal}（消费者：{consumer}；经营者：{enterprise}）",
    "{proposal} (consumer: {consumer}; business: {enterprise})",
)
_ACCEPTS = {
    None: Words("未答复", "no answer yet"),
    True: Words("接受", "accepts"),
    False: Words("不接受", "does not accept"),
}
_SOLVED = {
    None: Words("没有说是否解决", "not said whether solved"),
    True: Words("已解决", "solved"),
    False: Words("没有解决", "not solved"),
}
_AGREES = {
    "firm_entrust": Words("委托调解", "entrusted mediation"),
    "firm_publish": both("公示")._replace(en="publication"),
}
_SIDES = {"consumer": Words("消费者", "consumer"), "enterprise": Words("经营者", "business")}
_FACTS = tuple(_facts())
