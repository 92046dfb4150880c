"""Samples of a comparative test: results row by row, shown to enterprises, commented on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from pydantic import field_validator

from events.event import PartyRef
from events.instruments import (
    ComparisonCommented,
    ComparisonShown,
    Finding,
    Sample,
    SampleAdded,
    SampleDropped,
)
from events.log import Appended
from events.words import Words
from services.actions.change import Log, change
from services.actions.command import CreditCode, Given, Reason, Text, ask, wrong
from services.actions.instruments.comparisons import Comparison, OnComparison
from services.actions.refused import AlreadyDecided, Refused

#: So many rows and columns can still be compared by a reader.
MOST_SAMPLES, MOST_FINDINGS = 200, 20
_LINE = re.compile(r"\s*([^=＝:：]{1,40}?)\s*[=＝:：]\s*(\S.{0,79})")
_VALUE = re.compile(r"([<>≤≥＜＞~±]?\s*[-+−]?\d[\d.,/]*)\s*(\D.*)?")
_MET = {"符合": True, "合格": True, "met": True, "不符合": False, "不合格": False, "not met": False}


class AddSample(OnComparison):
    """Add the results of one sample."""

    SAYS = Words("登记样品结果", "Add a sample's results")

    enterprise: PartyRef | None = None
    brand: Given = ask("品牌和型号", "Brand and model", most=80)
    code: CreditCode = ask(
        "企业的统一社会信用代码", "Credit code of the enterprise", default="",
        hint=Words(
            "企业在平台上才填；它会收到自己的结果，可以说明。",
            "Only where the enterprise is on the platform; it is sent its results to comment on.",
        ),
    )  # fmt: skip
    results: Given = ask("测得的结果", "Results", widget="area", hint=Words(
        "一行一项：“最高温度 = 68 °C”，或者“认证标志 = 符合”“认证标志 = 不符合”。"
        "各样品的同一项写法要一样，才排在同一列。",
        "One to a line: “highest temperature = 68 °C”, or “mark = met”, “mark = not met”. "
        "Name an item alike for all samples, so that it stands in one column.",
    ))  # fmt: skip
    remark: Text = ask("备注", "Remark", default="", most=500)

    @field_validator("results")
    @classmethod
    def _readable(cls, value: str) -> str:
        for line in value.splitlines():
            if line.strip() and not _parts(line):
                wrong(
                    f"“{line.strip()}”看不懂，请写成“项目 = 数值 单位”或者“项目 = 符合”",
                    f"“{line.strip()}” cannot be read; write “item = value unit” or “item = met”",
                )
        found = [each.what for each in findings(value)]
        if twice := next((each for each in found if found.count(each) > 1), ""):
            wrong(f"“{twice}”写了两次", f"“{twice}” stands there twice")
        if len(found) > MOST_FINDINGS:
            wrong(f"最多 {MOST_FINDINGS} 项", f"At most {MOST_FINDINGS} items")
        return value


def findings(text: str) -> Iterator[Finding]:
    """What the lines say was measured; those that say nothing are left out."""
    for line in text.splitlines():
        if found := _parts(line):
            yield found


def _parts(line: str) -> Finding | None:
    split = _LINE.fullmatch(line.rstrip())
    if split is None:
        return None
    what, said = split[1], split[2].strip()
    if (met := _MET.get(said.lower())) is not None:
        return Finding(what=what, met=met)
    value = _VALUE.fullmatch(said)
    return Finding(what=what, value=value[1], unit=(value[2] or "").strip()) if value else None


async def add_sample(log: Log, command: AddSample) -> Appended:
    """The enterprise, where one is given, must be on the platform."""
    if command.code and command.enterprise is None:
        raise Refused(_UNKNOWN.fill(code=command.code), field="code")
    return await change(log, Comparison, command.comparison, command, add)


def add(test: Comparison, command: AddSample) -> None:
    if len(test.samples) >= MOST_SAMPLES:
        raise Refused(_FULL.fill(most=MOST_SAMPLES))
    sample = Sample(
        n=test.counted + 1, brand=command.brand, enterprise=command.enterprise,
        findings=list(findings(command.results)), remark=command.remark,
    )  # fmt: skip
    test.say(SampleAdded, command, sample=sample)


class DropSample(OnComparison):
    """Take a sample out of the draft."""

    SAYS = Words("去掉一个样品", "Take a sample out")

    sample: int = ask("第几号样品？", "Which sample?", widget="number")


async def drop_sample(log: Log, command: DropSample) -> Appended:
    return await change(log, Comparison, command.comparison, command, drop)


def drop(test: Comparison, command: DropSample) -> None:
    if command.sample not in test.samples:
        raise Refused(_NO_SUCH.fill(n=command.sample), field="sample")
    test.say(SampleDropped, command, n=command.sample)


class ShowComparison(OnComparison):
    """Send each enterprise that is named its own results."""

    SAYS = Words("发给企业说明", "Send enterprises their results")

    until: date = ask(
        "企业到哪一天可以说明？", "Until when may they comment?", widget="date", hint=Words(
            "法律没有规定期限，由本单位决定。各企业只看到自己的结果；说明在发布时放在结果旁边。",
            "No law lays down a term: the council chooses it. Each sees its own results only; "
            "what it says is published beside them.",
        ),
    )  # fmt: skip


async def show_comparison(log: Log, command: ShowComparison) -> Appended:
    return await change(log, Comparison, command.comparison, command, show)


def show(test: Comparison, command: ShowComparison) -> None:
    """One event for each enterprise: each learns of its own results."""
    if command.until <= command.on:
        raise Refused(_TOO_SOON, field="until")
    firms = test.enterprises()
    if not firms:
        raise Refused(_NOBODY)
    for firm in firms:
        test.say(ComparisonShown, command, enterprise=firm, until=command.until)


class CommentOnComparison(OnComparison):
    """Say what there is to say of one's own results, once."""

    SAYS = Words("说明本企业的结果", "Comment on our results")

    comment: Reason = ask("怎样说明？", "What do you say?", widget="area", hint=Words(
        "只能说明一次；发布时原样公开在结果旁边，不要写个人的姓名和电话。",
        "You can do so once; it is published as it is, so name no person and no telephone.",
    ))  # fmt: skip


async def comment_on_comparison(log: Log, command: CommentOnComparison) -> Appended:
    return await change(log, Comparison, command.comparison, command, comment)


def comment(test: Comparison, command: CommentOnComparison) -> None:
    firm = command.by.party
    if firm.id in test.commented:
        raise AlreadyDecided(_ONCE)
    test.say(ComparisonCommented, command, enterprise=firm, comment=command.comment)


_UNKNOWN = Words(
    "平台上没有代码为 {code} 的企业，请核对；不在平台上的不填代码",
    "No enterprise here has the code {code}; check it, or leave it empty",
)
_FULL = Words("最多 {most} 个样品", "At most {most} samples")
_NO_SUCH = Words("没有第 {n} 号样品", "There is no sample {n}")
_TOO_SOON = Words("这一天要在今天以后", "That day must be after today")
_NOBODY = Words(
    "没有写明在平台上的企业，可以直接发布",
    "No enterprise of the platform is named; it can be published at once",
)
_ONCE = Words(
    "本企业已经说明过了，只能说明一次", "Your enterprise has commented; it can do so once"
)
