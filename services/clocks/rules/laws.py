"""Laws: the texts that lay down periods, since when each is in force, and their articles."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from events.words import Words

_DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True)
class Law:
    """One text in one version; `until` is its last day in force."""

    title: Words
    since: date
    until: date | None = None

    def article(self, *numbers: int) -> Words:
        """The articles as they are cited in both languages."""
        if not numbers:
            return self.title
        zh = "、".join(f"第{_chinese(n)}条" for n in numbers)
        many = "Articles" if len(numbers) > 1 else "Article"
        return Words(
            f"{self.title.zh}{zh}", f"{self.title.en}, {many} {', '.join(map(str, numbers))}"
        )


def _chinese(n: int) -> str:
    """1 to 99 as in the number of an article."""
    tens, ones = divmod(n, 10)
    ten = "" if not tens else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return ten + (_DIGITS[ones] if ones or not tens else "")


def _order(title: str, number: int, since: date, until: date | None = None) -> Law:
    return Law(Words(f"《{title}》", f"SAMR Order {number}"), since, until)


O121 = _order("市场监督管理投诉举报处理办法", 121, date(2026, 4, 15))
O20 = _order("市场监督管理投诉举报处理暂行办法", 20, date(2020, 1, 1), date(2026, 4, 14))
R778 = Law(Words("《消费者权益保护法实施条例》", "State Council Order 778"), date(2024, 7, 1))
CPL = Law(Words("《消费者权益保护法》", "Consumer Protection Law"), date(2014, 3, 15))
O2 = _order("市场监督管理行政处罚程序规定", 2, date(2021, 7, 15))
APL = Law(Words("《行政处罚法》", "Administrative Penalty Law"), date(2021, 7, 15))
O45 = _order("市场监督管理行政处罚信息公示规定", 45, date(2021, 9, 1))
O107 = _order("市场监督管理信用修复管理办法", 107, date(2025, 12, 25))
O18 = _order("产品质量监督抽查管理暂行办法", 18, date(2020, 1, 1))
O19 = _order("消费品召回管理暂行规定", 19, date(2020, 1, 1))
EIP = Law(Words("《企业信息公示暂行条例》", "Enterprise Information Rules"), date(2014, 10, 1))
O110 = _order("网络销售重点工业产品质量安全监督管理规定", 110, date(2026, 12, 1))
O75 = Law(
    Words("两个责任规定（总局令第75、76号）", "SAMR Orders 75 and 76"), date(2023, 5, 5)
)  # fmt: skip
#: No text of the state: these run whenever they are agreed.
ODR = Law(Words("全国12315平台在线消费纠纷解决的做法（不是法定期限）",
                "practice of the 12315 platform, no statute"), date.min)  # fmt: skip
OWN = Law(Words("协会自律规则", "the association's own rule"), date.min)
RECORD = Law(Words("记录本身", "the record itself"), date.min)
ZHEJIANG = Law(
    Words("《浙江省实施〈消费者权益保护法〉办法》", "Zhejiang's measures on consumer protection"),
    date(2017, 5, 1),
)
SHANGHAI = Law(
    Words("《上海市消费者权益保护条例》", "Shanghai's consumer protection regulations"),
    date(2015, 3, 15),
)
