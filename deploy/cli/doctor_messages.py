"""What the doctor says of messages to consumers: what carries them, and what did not arrive."""

from __future__ import annotations

from deploy.cli.finding import Finding
from events.words import Words
from services.messages import queue
from services.messages.ways import Ways
from services.platform import Platform

_WHAT = Words("短信和邮件", "text messages and e-mail")


async def messages_finding(platform: Platform, ways: Ways) -> Finding:
    """That nothing leaves is said, and is no fault; that something does not arrive is one."""
    found = await queue.states(platform.pool)
    lost = found.get("failed", 0) + found.get("retrying", 0)
    if lost:
        return Finding(_WHAT, False, Words(
            f"{lost} 条没有送达，原因见 /admin/outbox", f"{lost} did not arrive: see /admin/outbox"
        ))  # fmt: skip
    if {ways.text.name, ways.mail.name} == {"outbox"}:
        return Finding(_WHAT, True, Words(
            "没有设置网关，都留在 /admin/outbox（GONGZHI_TEXT_BY、GONGZHI_MAIL_BY）",
            "no gateway is set, all stay at /admin/outbox (GONGZHI_TEXT_BY, GONGZHI_MAIL_BY)",
        ))  # fmt: skip
    waiting = found.get("waiting", 0)
    return Finding(_WHAT, True, Words(f"{waiting} 条等待发送", f"{waiting} wait to be sent"))
