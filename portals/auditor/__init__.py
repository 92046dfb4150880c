"""The auditing body's portal: where it reads who did, saw and might do what. It changes nothing."""

from __future__ import annotations

from aiohttp import web

from events.words import Words
from portals.web import acting, page, staff

#: What an auditor reads: address, name, what it answers.
READS = (
    (
        "/regulator/trail",
        Words("审计轨迹", "Audit trail"),
        Words("每一步由谁在什么时候做了什么", "Who did what, step by step"),
    ),
    (
        "/admin/reads",
        Words("查阅记录", "Reads"),
        Words("谁看过个人信息，为了什么", "Who looked at personal data, and for what"),
    ),
    (
        "/admin/audience",
        Words("谁能看到一件案件", "Who could see a case"),
        Words(
            "某一天谁能看到、谁看过一件案件，是谁让他们看到的",
            "Who could see a case on a day, who did, and who let them",
        ),
    ),
    (
        "/admin/security",
        Words("安全事件", "Security events"),
        Words(
            "谁被拒绝登录或者办理，口令、角色和密钥怎么变动", "Who was refused, and what changed"
        ),
    ),
    (
        "/admin/roles",
        Words("任职查询", "Roles on a day"),
        Words("某一天谁在哪个单位担任什么角色", "Who held which role in which party on a day"),
    ),
    (
        "/admin/integrity",
        Words("日志完整性", "Integrity of the log"),
        Words("检查点、见证方和自查结果", "Heads, witnesses and self-checks"),
    ),
)


async def home(request: web.Request) -> web.StreamResponse:
    """Where everything is read; who only administers its people goes to them."""
    reads = READS if acting(request).role == "auditor" else ()
    title = Words("审计", "Audit")
    return await page(request, "auditor/home.html", title=title, reads=reads)


ROUTES = [web.get("/auditor", staff(home, "auditor"))]
NAV = [("/auditor", Words("审计", "Audit")), *((path, words) for path, words, _ in READS)]
