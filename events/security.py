"""Security: what was refused, limited or handed out, which nobody decided and no record is about.

Counted for a minute, then recorded together. A name that was tried, and a network address, stand
here as marks: the same each time, and nothing to anybody without the secret of the desk.
"""

from __future__ import annotations

from datetime import datetime

from events.event import Event, Value
from events.words import Code, Words

#: What is noted.
NOTED = Code(
    "noted",
    {
        "sign-in-failed": Words("登录失败，登录名或者口令不对", "sign-in refused"),
        "sign-in-locked": Words("试用已锁定的登录名", "a locked sign-in name was tried"),
        "second-proof-failed": Words("第二重验证不对", "second proof refused"),
        "sign-on-failed": Words("统一登录的答复被拒绝", "a provider's answer was refused"),
        "denied": Words("没有权限的操作被拒绝", "refused: no right to it"),
        "not-shown": Words("查看不存在或者无权查看的记录", "asked for a record that is not shown"),
        "rested": Words("请求过多，被要求等待", "too many requests: told to wait"),
        "foreign-form": Words("其他网站发来的表单被拒绝", "refused: a form that another site sent"),
        "wrong-form-token": Words("表单校验码不对或者过期", "a form with a wrong or expired token"),
        "trap-filled": Words("填写了只有程序看得见的一栏", "a field that nobody sees was filled"),
        "exported": Words("导出了文件", "a file was exported"),
        "key-changed": Words("保险库密钥已更换", "the vault's key was changed"),
        "weak-setting": Words("启用了仅供试用的设置", "a setting for trials is in force"),
    },
)  # fmt: skip


class Noted(Value, frozen=True, kw_only=True):
    """What happened so many times in the minute, to or by whom, and where."""

    what: str
    times: int
    at: datetime
    #: The person and party that were signed in; "" where nobody was.
    person: str = ""
    party: str = ""
    route: str = ""
    #: Marks of the name that was tried and of the network address.
    whom: str = ""
    source: str = ""
    why: str = ""


class SecurityNoted(Event, frozen=True, kw_only=True):
    """What was noted in one process since the last time."""

    TOPIC = "security-noted"
    SAYS = Words("平台记录安全事件：{what}", "Security events were noted: {what}")

    noted: list[Noted]

    def _values(self) -> dict[str, object]:
        times: dict[str, int] = {}
        for each in self.noted:
            times[each.what] = times.get(each.what, 0) + each.times
        zh = "、".join(f"{NOTED[what].zh} {n} 次" for what, n in times.items())
        en = ", ".join(f"{NOTED[what].en} ({n})" for what, n in times.items())
        return {**super()._values(), "what": Words(zh, en)}
