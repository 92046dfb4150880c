"""Grounds as the official forms print them (forms 6 and 8 of April 2026)."""

from __future__ import annotations

#: Of refusal (121 §16), by the codes of `events.terms.REFUSAL_GROUNDS`.
REFUSAL = {
    "R1": "投诉事项不属于市场监督管理部门职责，或者本行政机关不具有处理权限的；",
    "R2": "法院、仲裁机构、市场监督管理部门或者其他行政机关、消费者协会已经受理或者处理过同一"
    "消费者权益争议的；",
    "R3": "不是为生活消费需要购买、使用商品或者接受服务，或者不能证明与被投诉人之间存在消费者"
    "权益争议的；",
    "R4": "除法律另有规定外，投诉人知道或者应当知道自己的权益受到被投诉人侵害之日起超过三年的；",
    "R5": "未提供本办法第十条第一款、第十一条规定的材料，或者提供虚假材料的；",
    "R6": "冒用他人名义或者拒不配合市场监督管理部门核验真实身份信息的；",
    "R7": "法律、法规、规章规定不予受理的其他情形。",
}
#: Of termination (121 §23), by the codes of `events.terms.TERMINATION_GROUNDS`.
TERMINATION = {
    "T1": "投诉人撤回投诉或者双方自行和解的；",
    "T2": "投诉人、被投诉人无正当理由不参加调解，或者明确拒绝调解的；",
    "T3": "经组织调解，投诉人或者被投诉人明确表示无法达成调解协议的；",
    "T4": "投诉人与被投诉人对鉴定、检测费用承担无法协商一致的；",
    "T5": "自投诉受理之日起六十日内投诉人和被投诉人未能达成调解协议的；",
    "T6": "市场监督管理部门受理投诉后，发现存在本办法第十六条、第四十二条规定情形的；",
    "T7": "投诉人、被投诉人死亡或者主体资格灭失的；",
    "T8": "法律、法规、规章规定的应当终止调解的其他情形。",
}
_ORDINALS = "一二三四五六七八"


def ordinal(code: str) -> str:
    """As the forms count: R3 is 三."""
    return _ORDINALS[int(code[1:]) - 1]


def printed(grounds: dict[str, str]) -> list[list[str]]:
    """Code and line of each ground, in the order of the form."""
    return [[code, f"（{ordinal(code)}）{words}"] for code, words in grounds.items()]
