"""The audit trail: every event as its sentence, to be filtered, paged and taken away as a file."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from events.event import CHINA, today
from events.terms import ROLES
from events.words import Code, Words
from portals.asking import day, page_number, text
from portals.pages import language
from portals.remembered import remembered
from portals.web import PLATFORM, acting, page, staff
from services import numbers
from services.security import tell
from services.spreadsheets import csv_line

#: More rows than this do not go into one file.
MOST = 100_000

SUBJECTS = Code(
    "subject",
    {
        "complaints": Words("投诉", "complaints"),
        "enforcement": Words("监管跟进", "enforcement"),
        "reports": Words("举报", "reports"),
        "submissions": Words("一并提出的事项", "matters told at once"),
        "enquiries": Words("咨询", "enquiries"),
        "informants": Words("举报人", "reporters"),
        "assigning": Words("承办与移交", "charge and hand-over"),
        "pledges": Words("自律承诺", "pledges"),
        "risk": Words("风险等级", "risk"),
        "indicators": Words("投诉数据", "complaint figures"),
        "notices": Words("通知", "notices"),
        "verification": Words("整改核验", "verification"),
        "duties": Words("职责分离", "separation of duties"),
        "archives": Words("企业档案", "archives"),
        "parties": Words("单位和人员", "parties and people"),
        "providers": Words("单位统一登录", "single sign-on"),
        "invitations": Words("邀请", "invitations"),
        "imports": Words("导入", "imports"),
        "security": Words("安全事件", "security"),
        "accounts": Words("登录和账号", "sign-in and accounts"),
        "erasure": Words("个人信息", "personal data"),
        "sharing": Words("查阅和参与", "parts and restrictions"),
        "log_keys": Words("日志密钥", "log keys"),
        "time_stamps": Words("可信时间戳", "time stamps"),
    },
)


def _asked(request: web.Request) -> dict[str, Any]:
    """The filters in the address; a record number as people type it."""
    record = text(request, "record")
    return {
        "party": text(request, "party"),
        "person": text(request, "person"),
        "subject": text(request, "subject"),
        "record": numbers.tidy(record) if record else "",
        "since": day(request, "since"),
        "until": day(request, "until"),
    }


def _reader(request: web.Request) -> str:
    """What is for one party alone, it reads alone."""
    return acting(request).party.id


@remembered
async def trail(request: web.Request) -> web.StreamResponse:
    """Who did what, newest first."""
    asked = _asked(request)
    rows = await request.app[PLATFORM].views.trail.search(
        page_number(request), reader=_reader(request), **asked
    )
    return await page(
        request,
        "regulator/trail.html",
        title=Words("审计轨迹", "Audit trail"),
        rows=rows,
        asked=asked,
        subjects=list(SUBJECTS),
        active=[{"key": key, "label": _label(key, value)} for key, value in asked.items() if value],
        file=f"/regulator/trail.csv?{request.query_string}",
        most=MOST,
    )


def _label(key: str, value: Any) -> Words:
    said = SUBJECTS[value] if key == "subject" else Words(str(value), str(value))
    name = _FILTERS[key]
    return Words(f"{name.zh}：{said.zh}", f"{name.en}: {said.en}")


async def file(request: web.Request) -> web.StreamResponse:
    """The filtered trail as a CSV file that spreadsheets open without harm."""
    platform = request.app[PLATFORM]
    rows = platform.views.trail.each(MOST, reader=_reader(request), **_asked(request))
    by = acting(request)
    platform.reads.note(by, "export", "trail", "", "audit")
    tell("exported", person=by.person, party=by.party.id, why="trail")
    lang = language(request)
    response = web.StreamResponse()
    response.content_type, response.charset = "text/csv", "utf-8"
    name = f"gongzhi-trail-{today()}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    await response.prepare(request)
    await response.write(b"\xef\xbb\xbf" + csv_line([words.say(lang) for words in _COLUMNS]))
    async for row in rows:
        await response.write(csv_line(_cells(row, lang)))
    await response.write_eof()
    return response


def _cells(row: dict[str, Any], lang: str) -> list[object]:
    recorded = row["recorded_at"].astimezone(CHINA)
    return [
        row["position"], row["took_place"], f"{recorded:%Y-%m-%d %H:%M:%S}", row["party_name"],
        row["person_name"], ROLES[row["role"]].say(lang), SUBJECTS[row["subject"]].say(lang),
        row["number"], row["en" if lang == "en" else "zh"],
    ]  # fmt: skip


_FILTERS = {
    "party": Words("单位", "Party"),
    "person": Words("人员", "Person"),
    "subject": Words("类别", "Subject"),
    "record": Words("编号", "Record"),
    "since": Words("从", "From"),
    "until": Words("到", "To"),
}
_COLUMNS = (
    Words("日志序号", "position"),
    Words("发生日期", "date"),
    Words("记录时间（北京时间）", "recorded at (Beijing)"),
    Words("单位", "party"),
    Words("人员", "person"),
    Words("角色", "role"),
    Words("类别", "subject"),
    Words("编号", "number"),
    Words("经过", "what happened"),
)

ROUTES = [
    web.get("/regulator/trail", staff(trail, "regulator", "auditor")),
    web.get("/regulator/trail.csv", staff(file, "regulator", "auditor")),
]
