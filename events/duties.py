"""Separation of duties: who did one thing tried to do another that is for somebody else (R19)."""

from __future__ import annotations

from typing import ClassVar

from events.event import Event
from events.words import Code, Words

#: Acts that are for somebody else than who did what comes before, as their buttons say them.
ATTEMPTS = Code(
    "attempt",
    {
        "JudgeMet": Words("认定已履行", "Judge: met"),
        "JudgeNotMet": Words("认定未履行", "Judge: not met"),
        "SpotCheckPledge": Words("记录抽查", "Record a spot check"),
        "VoteOnItems": Words("核验整改证据", "Verify the evidence"),
        "ConcludeJointly": Words("记录共同结论", "Record the joint conclusion"),
        "ConfirmConclusion": Words("确认共同结论", "Confirm the joint conclusion"),
        "ConfirmLevel": Words("复核风险等级", "Confirm the risk level"),
        "RecheckPasses": Words("复查合格", "Re-check passed"),
        "RecheckFails": Words("复查不合格", "Re-check failed"),
    },
)

#: What she did before, and why that excludes her.
OWN_WORK = Code(
    "own_work",
    {
        "evidence": Words(
            "您提交了该证据，不能由您核验", "you submitted this evidence and cannot verify it"
        ),
        "order": Words(
            "该文书由您发出，不能由您核验整改",
            "you issued this directive and cannot verify what was put right",
        ),
        "answer": Words(
            "企业的答复由您记录，不能由您核验",
            "you recorded the enterprise's answer and cannot verify it",
        ),
        "item": Words(
            "企业的证据由您记录，不能由您核验",
            "you recorded the enterprise's evidence and cannot verify it",
        ),
        "level": Words(
            "该风险等级由您评定，不能由您复核",
            "you assessed or set this risk level and cannot confirm it",
        ),
    },
)
_OF_HER = Code(
    "own_work_said",
    {
        "evidence": Words("证据由其本人提交", "the evidence was handed in by the same person"),
        "order": Words("文书由其本人发出", "the directive was issued by the same person"),
        "answer": Words("答复由其本人记录", "the answer was recorded by the same person"),
        "item": Words("证据由其本人记录", "the evidence was recorded by the same person"),
        "level": Words("等级由其本人评定", "the level was assessed or set by the same person"),
    },
)


class AttemptRefused(Event, frozen=True, kw_only=True):
    """Who did the one tried to do the other; it changes nothing but stands in the record."""

    TOPIC = "attempt-refused"
    BESIDE: ClassVar[bool] = True
    SAYS = Words(
        "{by} 尝试“{attempt}”，未被允许：{because}",
        "{by} tried to do what is for somebody else ({attempt}) and was refused: {because}",
    )

    attempt: str
    because: str
    number: str = ""

    def _values(self) -> dict[str, object]:
        said = {"attempt": ATTEMPTS[self.attempt], "because": _OF_HER[self.because]}
        return {**super()._values(), **said}
