"""Messages: that a text message or e-mail to a consumer could not be delivered."""

from __future__ import annotations

from typing import ClassVar

from events.complaints.complaint import ComplaintEvent
from events.words import Code, Words

KINDS = Code(
    "message",
    {
        "code": Words("验证码", "one-time code"),
        "receipt": Words("收件回执", "receipt"),
        "news": Words("有新进展", "something is new"),
        "rating": Words("请您评价", "please rate"),
        "session": Words("提醒调解时间", "reminder of a session"),
    },
)
WAYS = Code(
    "message_way",
    {"text": Words("短信", "text message"), "mail": Words("电子邮件", "e-mail")},
)


class MessageUndelivered(ComplaintEvent, frozen=True, kw_only=True):
    """A message to the consumer was given up after so many tries; she must be told otherwise."""

    TOPIC = "message-undelivered"
    BESIDE: ClassVar[bool] = True
    SAYS = Words(
        "{by} 没有把投诉 {number} 的{way}“{message}”送到消费者，试了 {tries} 次",
        "{by} could not deliver the {way} “{message}” about complaint {number} to the consumer "
        "in {tries} tries",
    )

    #: Codes of `KINDS` and `WAYS`.
    message: str
    way: str
    tries: int

    def _values(self) -> dict[str, object]:
        return {**super()._values(), "message": KINDS[self.message], "way": WAYS[self.way]}
