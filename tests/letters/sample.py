"""Facts as a record would give them, for sheets of every kind."""

from __future__ import annotations

from io import BytesIO

from pypdf import PdfReader

from services.letters import grounds

FACTS = {
    "issuer": "福州市鼓楼区市场监督管理局", "issuer_phone": "0591-87500000",
    "issuer_address": "福州市鼓楼区湖东路1号", "clerk": "赵敏", "we": "局",
    "number": "市监〔2026〕第12号", "on": "2026年10月13日", "record": "GZ-2026-000012-K",
    "received": "2026年9月28日", "name": "林月", "phone": "13800000001", "to": "林月",
    "address": "福州市鼓楼区八一七北路88号", "identity": "", "may_publish": True,
    "may_mediate": None, "respondent": "闽海电器商行", "respondent_address": "福州市台江区",
    "respondent_phone": "", "facts": "9月20日购买充电器，使用中发热。", "request": "退款 128 元",
    "about": "闽海电器商行（48V 充电器）", "signed": "非现场方式提起，无须签字",
    "ground": "R3", "ground_word": "三", "grounds": grounds.printed(grounds.REFUSAL),
    "reason": "一次购买 200 只，用于转售。", "ways": ["与经营者协商和解", "向人民法院提起诉讼"],
    "terms": "商家退款 128 元，10月20日前付清。", "mediator": "赵敏",
    "session_at": "2026年10月15日 14:30", "session_place": "鼓楼区湖东路1号三楼", "bring": "",
    "recusal_until": "2026年10月14日", "until": "2026年10月10日", "wanted": "身份证复印件",
    "papers": 2,
    "meeting": "现场", "on_the_spot": True, "perform_by": "2026年10月20日",
    "report_by": "2026年11月13日", "matter": "投诉",
    "law": "《企业信息公示暂行条例》第十三条",
    "result": "经查，公示信息属实。", "position": "1024", "hash": "ab" * 32,
    "kind": "消费警示", "title": "劣质充电器", "text": "第一段。\n第二段。", "goods": "充电器",
    "withdrawn": "", "sheet": "建议函", "enterprise": "闽海电器商行", "place": "湖东路1号",
    "attended": "经理张明", "told": "退货规则", "promised": "七日内公示", "found": "",
    "promise_by": "2026年10月20日",
    "next_step": "最迟 2026年10月13日决定是否受理。",
}  # fmt: skip


def read(pdf: bytes) -> BytesIO:
    """As a file to read from."""
    return BytesIO(pdf)


def words(pdf: bytes) -> str:
    """All that a letter says, without blanks and breaks."""
    assert pdf.startswith(b"%PDF"), pdf[:300]
    return "".join("".join(p.extract_text() for p in PdfReader(read(pdf)).pages).split())
