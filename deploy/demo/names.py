"""Names: invented people, enterprises and credit codes; none stands for a real one."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from events.credit_code import ALPHABET, check_character

_SURNAMES = "陈林黄张吴李郑王刘苏蔡杨许叶谢郭洪曾邱廖何周徐庄赖江肖朱罗柯卢游"
_GIVEN = (  # noqa: SIM905
    "志强 丽华 建国 美玲 文彬 秀英 国栋 雅琴 俊杰 淑芳 海峰 晓燕 伟明 雪梅 少华 玉兰 振宇 惠敏 "
    "天佑 佳慧 永福 碧霞 泽林 思远 锦荣 巧云 明辉 婷婷 世杰 月娥 晨曦 宝珠 立新 静怡 鹏飞 素贞 "
    "启航 婉清 嘉诚 若琳 凯 敏 涛 芳 磊 静 斌 颖"
).split()
_FIRST = "闽榕鹭泉漳莆武宁兴恒信达华鑫瑞盛嘉和远东宏泰永安丰正德康明辉"
_SECOND = "海源创达利通发隆祥顺科能晟茂诚誉联邦龙腾飞扬凯元昌旺"
_ROADS = "工业路 创业路 福兴大道 江滨路 解放路 新华路 滨海大道 科技路 建设路 文化街".split()  # noqa: SIM905


@dataclass(frozen=True)
class Trade:
    """What a unit makes or sells: its product, the word in its name, its class."""

    product: str
    word: str
    product_class: str
    association: str = ""
    problems: tuple[str, ...] = ()


E_BIKES, CABLES, PLASTICS, APPLIANCES, TOYS = (
    "电动自行车",
    "电线电缆",
    "食品塑料包装",
    "家用电器",
    "儿童用品",
)

TRADES = (
    Trade("电动自行车", "电动车", "2", E_BIKES, (
        "抽查的2辆电动自行车最高车速超过25公里/小时，与合格证不符",
        "整车编码与3C证书登记的型号不一致", "蓄电池安装盒可以被徒手拆开，防篡改不符合GB 17761")),
    Trade("电动自行车充电器", "电子", "2", E_BIKES, (
        "充电器外壳没有阻燃等级标识", "出厂检验记录缺少8月份3个批次",
        "充电器没有3C标志，仍在货架上销售")),
    Trade("电线电缆", "电缆", "1", CABLES, (
        "绝缘层厚度实测0.6毫米，低于标准规定的0.7毫米", "铜材进货没有索取检验报告",
        "每卷标称100米，实测两卷为92米和93米")),
    Trade("食品用塑料包装", "包装", "1", PLASTICS, (
        "产品没有标注“食品接触用”字样", "原料进货台账缺少供货商合格证明",
        "车间成品与废料混放，没有分区")),
    Trade("电热水壶", "电器", "2", APPLIANCES, (
        "电热水壶接地电阻检验设备超过校准期", "说明书没有中文警示语",
        "型号变更后没有办理3C证书变更")),
    Trade("插座与延长线", "电气", "2", APPLIANCES, (
        "延长线插座保护门失效", "标称截面积1.0平方毫米，实测0.72平方毫米")),
    Trade("儿童玩具", "玩具", "2", TOYS, (
        "玩具小零件可脱落，包装没有警示语", "塑料玩具没有年龄分组标识")),
    Trade("儿童服装与童鞋", "童品", "3", TOYS, (
        "童装绳带超长，不符合GB 31701", "吊牌安全类别缺失")),
    Trade("水泥", "建材", "1", "", (
        "出厂编号与检验报告不能对应", "复合水泥28天强度没有留样记录")),
    Trade("危险化学品包装", "化工", "1", "", (
        "质量安全员不清楚风险管控清单的内容", "没有按周开展质量安全排查")),
    Trade("摩托车头盔", "头盔", "2", "", ("头盔没有标注生产日期", "佩戴装置强度的出厂检验无记录")),
    Trade("建筑涂料", "涂料", "3", "", ("挥发性有机物含量没有标注", "“每日管控”记录有两周空白")),
    Trade("燃气灶具", "厨具", "2", "", ("熄火保护装置动作时间超过标准", "没有标注适用的燃气类别")),
    Trade("家具", "家居", "3", "", ("封边不严，甲醛释放量没有检验报告", "没有提供中文使用说明")),
)  # fmt: skip


def person_name(chance: Random) -> str:
    """An invented name."""
    return chance.choice(_SURNAMES) + chance.choice(_GIVEN)


def enterprise_name(
    chance: Random, place: str, word: str, forms: tuple[str, ...], taken: set[str]
) -> str:
    """An invented name that is not taken, with one of the legal forms."""
    while True:
        brand = chance.choice(_FIRST) + chance.choice(_SECOND)
        name = f"{place}{brand}{word}{chance.choice(forms)}"
        if name not in taken:
            taken.add(name)
            return name


#: How names end: of who makes things, and of who sells them.
MAKERS = ("有限公司", "科技有限公司", "制造有限公司", "实业有限公司")
DEALERS = ("商贸有限公司", "商行", "经营部")


def credit_code(chance: Random, division: str) -> str:
    """A unified social credit code whose check character is right."""
    first = f"91{division}MA" + "".join(chance.choices(ALPHABET, k=7))
    return first + check_character(first)


def address(chance: Random, place: str) -> str:
    """A street and number in the place."""
    return f"{place}{chance.choice(_ROADS)}{chance.randint(1, 388)}号"


def phone(chance: Random) -> str:
    """A mobile number of a range that is given to nobody (100…)."""
    return "100" + "".join(chance.choices("0123456789", k=8))
