"""Small values and code lists that events of several subjects use."""

from __future__ import annotations

from babel.numbers import format_currency

from events.event import Value
from events.words import Code, Words


class Money(Value, frozen=True, kw_only=True):
    """An amount in the smallest unit of its currency (fen, cents), never a float."""

    minor: int
    currency: str = "CNY"

    def said(self) -> Words:
        amount = self.minor / 100
        return Words(
            format_currency(amount, self.currency, locale="zh_CN"),
            format_currency(amount, self.currency, locale="en"),
        )


ROLES = Code(
    "role",
    {
        "clerk": Words("经办人", "case officer"),
        "head": Words("负责人", "head"),
        "secretary": Words("秘书", "secretary"),
        "contact": Words("企业联络人", "enterprise contact"),
        "admin": Words("管理员", "administrator"),
        "system": Words("系统管理员", "system administrator"),
        "security": Words("安全管理员", "security administrator"),
        "auditor": Words("审计员", "auditor"),
        "consumer": Words("消费者", "consumer"),
        "rule": Words("系统规则", "system rule"),
    },
)

PARTY_KINDS = Code(
    "party_kind",
    {
        "regulator": Words("市场监管部门", "market regulator"),
        "association": Words("行业协会", "industry association"),
        "council": Words("消费者委员会", "consumer council"),
        "enterprise": Words("企业", "enterprise"),
        "consumer": Words("消费者", "consumer"),
        "testing": Words("检验机构", "testing body"),
        "auditor": Words("审计单位", "auditing body"),
        "operator": Words("平台运营方", "platform operator"),
        "system": Words("系统规则", "system rule"),
    },
)

#: Nature of a complaint: the ten codes all consumer councils use.
CATEGORIES = Code(
    "category",
    {
        "after_sales": Words("售后服务", "after-sales service"),
        "contract": Words("合同", "contract"),
        "quality": Words("质量", "quality"),
        "price": Words("价格", "price"),
        "false_advertising": Words("虚假宣传", "false advertising"),
        "safety": Words("安全", "safety"),
        "counterfeit": Words("假冒", "counterfeit"),
        "dignity": Words("人格尊严", "personal dignity"),
        "measure": Words("计量", "measure"),
        "other": Words("其他", "other"),
    },
)

#: Grounds for refusing a complaint, SAMR Order 121 §16.
REFUSAL_GROUNDS = Code(
    "refusal_ground",
    {
        "R1": Words("不属于本单位职责或者没有处理权限", "not this body's duty or power"),
        "R2": Words(
            "法院、仲裁机构、行政机关或者消费者组织已经受理或者处理过同一消费争议",
            "the same dispute was already taken up elsewhere",
        ),
        "R3": Words(
            "不是为生活消费需要，或者不能证明存在消费争议",
            "not for daily-life consumption, or no consumer dispute shown",
        ),
        "R4": Words(
            "知道或者应当知道权益受损之日起超过三年", "more than three years since it was known"
        ),
        "R5": Words("未提供规定的材料，或者材料虚假", "required material missing or false"),
        "R6": Words(
            "冒用他人名义，或者拒绝核验身份", "another's name used, or identity check refused"
        ),
        "R7": Words("法律、法规、规章规定的其他情形", "another case laid down by law"),
    },
)

#: Grounds for terminating a mediation, SAMR Order 121 §23.
TERMINATION_GROUNDS = Code(
    "termination_ground",
    {
        "T1": Words("投诉人撤回投诉或者双方自行和解", "withdrawn or settled between the parties"),
        "T2": Words("一方无正当理由不参加或者拒绝调解", "a party stayed away or refused mediation"),
        "T3": Words("一方明确表示无法达成调解协议", "a party said no agreement is possible"),
        "T4": Words("对检验费用承担不能达成一致", "no agreement on the cost of testing"),
        "T5": Words("自受理之日起六十日内未达成协议", "no agreement within sixty days"),
        "T6": Words(
            "受理后发现不予受理情形或者涉嫌骗取赔偿",
            "a ground for refusal or a fraudulent claim came to light",
        ),
        "T7": Words("一方死亡或者终止", "a party died or ceased to exist"),
        "T8": Words("应当终止调解的其他情形", "another reason to end mediation"),
    },
)

#: What an agreement gives the consumer (Order 121, form 1, kinds of request).
REMEDIES = Code(
    "remedy",
    {
        "refund": Words("退款", "refund"),
        "compensation": Words("赔偿", "compensation"),
        "repair": Words("修理", "repair"),
        "redo": Words("重作", "redo"),
        "replace": Words("更换", "replacement"),
        "return": Words("退货", "return of goods"),
        "make_up": Words("补足数量", "making up the quantity"),
        "price_cut": Words("减免费用", "bill reduced"),
        "delivery": Words("交付商品或者提供服务", "delivery of goods or service"),
        "settled": Words("其他方式解决", "settled otherwise"),
    },
)

#: How a person comes in, what she proves herself with besides, and how a session ends.
SIGN_IN_WAYS = Code(
    "sign_in_way",
    {
        "password": Words("密码", "password"),
        "passkey": Words("通行密钥", "passkey"),
        "oidc": Words("单位统一登录", "single sign-on"),
        "invitation": Words("邀请", "invitation"),
    },
)
FACTORS = Code(
    "factor",
    {
        "totp": Words("动态口令", "one-time codes"),
        "passkey": Words("通行密钥", "passkey"),
        "recovery": Words("恢复码", "recovery code"),
    },
)
SESSION_ENDS = Code(
    "session_end",
    {
        "signed_out": Words("本人退出", "signed out"),
        "ended": Words("本人在别处结束", "ended by herself from elsewhere"),
        "idle": Words("三十分钟没有操作", "idle for thirty minutes"),
        "old": Words("满八小时", "eight hours old"),
        "password": Words("密码已更换", "the password was changed"),
    },
)

#: What was read of persons, and for what.
READS = Code(
    "read",
    {
        "complaint": Words("投诉人信息", "what a consumer told"),
        "clue": Words("线索中的投诉内容", "what a consumer told, with a clue"),
        "report": Words("举报内容", "what a reporter told"),
        "enquiry": Words("咨询内容", "what somebody asked"),
        "interview": Words("约谈记录", "record of an interview"),
        "informant": Words("举报人身份", "who a reporter is"),
        "file": Words("证据文件", "evidence file"),
        "export": Words("导出的文件", "exported file"),
        "people": Words("人员检索", "search for people"),
        "note": Words("内部备注", "internal notes"),
        "restricted": Words("限制查阅的记录", "restricted record"),
        "message": Words("发给消费者的通知", "message to a consumer"),
    },
)
READ_REASONS = Code(
    "read_reason",
    {
        "handling": Words("办理", "handling it"),
        "letter": Words("制作、打开文书", "making or opening a letter"),
        "follow_up": Words("立项跟进", "opening a follow-up"),
        "referral": Words("核查线索", "checking a clue"),
        "shared": Words("参与办理", "having a part in it"),
        "administration": Words("账号管理", "looking after accounts"),
        "unmasked": Words("说明理由后查看身份", "unmasked for a recorded reason"),
        "audit": Words("审计", "audit"),
        "request": Words("本人请求", "at the person's own request"),
        "own": Words("查看自己提交的材料", "looking at what it handed in itself"),
        "unscanned": Words(
            "知道没有经过安全扫描，仍然打开", "opened knowing that it was not scanned"
        ),
    },
)

#: When personal information must be deleted, PIPL §47.
ERASURE_GROUNDS = Code(
    "erasure_ground",
    {
        "purpose": Words(
            "目的已经实现，或者不再需要", "the purpose is achieved, or it is needed no more"
        ),
        "period": Words("保存期限已满", "the period of retention is over"),
        "consent": Words("本人撤回同意", "the person withdrew consent"),
        "unlawful": Words(
            "处理违反法律、法规或者约定", "it was processed against law or agreement"
        ),
        "other": Words("法律、行政法规规定的其他情形", "another case laid down by law"),
    },
)

UNIT_KINDS = Code(
    "unit_kind",
    {"producer": Words("生产单位", "producer"), "seller": Words("销售单位", "seller")},
)

#: The three product classes, Orders 75 and 76 §5.
PRODUCT_CLASSES = Code(
    "product_class",
    {
        "1": Words("第一类：生产许可证管理产品", "class 1: production licence"),
        "2": Words("第二类：强制性认证管理产品", "class 2: compulsory certification"),
        "3": Words("第三类：有强制性国家标准的产品", "class 3: mandatory national standard"),
    },
)

SIZES = Code(
    "size",
    {
        "large": Words("大型", "large"),
        "medium": Words("中型", "medium"),
        "small": Words("小微型", "small"),
    },
)

LEVELS = Code(
    "level",
    {
        "province": Words("省级", "province"),
        "city": Words("市级", "city"),
        "county": Words("县级", "county"),
        "office": Words("基层所", "office"),
    },
)

#: Soft instruments of enforcement (domain.md §3.2, §9.5).
DIRECTIVES = Code(
    "directive",
    {
        "rectification": Words("责令改正通知书", "rectification order"),
        "talk": Words("行政约谈", "administrative talk"),
        "warning_letter": Words("警示信", "warning letter"),
    },
)

#: Where a follow-up comes from.
SOURCES = Code(
    "source",
    {
        "referral": Words("消委会移送线索", "clue referred by a council"),
        "complaint": Words("投诉", "complaint"),
        "pledge": Words("违反自律承诺", "breach of a pledge"),
        "check": Words("检查发现问题", "problem found in a check"),
        "clue": Words("经核查的线索", "clue that was verified"),
        "own": Words("监管部门自行发现", "regulator's own finding"),
    },
)
