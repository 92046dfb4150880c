"""Terms of complaints: coded words of Order 121 and of the Consumer Protection Law."""

from __future__ import annotations

from events.words import Code, Words

#: The ways a consumer always has (CPL §39); every refusal and termination names them.
WAYS = Code(
    "way",
    {
        "negotiate": Words("与经营者协商和解", "settle it with the business yourself"),
        "mediate": Words(
            "请消费者协会或者依法成立的其他调解组织调解",
            "ask a consumer council or another lawful mediation body to mediate",
        ),
        "complain": Words(
            "向有关行政部门投诉", "complain to the administrative department in charge"
        ),
        "arbitrate": Words(
            "有仲裁协议的，提请仲裁机构仲裁",
            "where there is an arbitration agreement, go to arbitration",
        ),
        "sue": Words("向人民法院提起诉讼", "sue in a people's court"),
    },
)

SIDES = Code(
    "side",
    {
        "consumer": Words("消费者", "the consumer"),
        "enterprise": Words("经营者", "the business"),
    },
)

#: To what a side can agree (Order 121 §19, §38; form 1).
CONSENTS = Code(
    "consent",
    {
        "entrust": Words("委托消费者协会等组织调解", "entrusting the mediation to a council"),
        "publish": Words("公示投诉信息", "making the complaint public"),
    },
)

#: Why what a business wrote is not shown beside a publication (121 §38; PIPL §25).
COMMENT_GROUNDS = Code(
    "comment ground",
    {
        "personal": Words(
            "含有消费者或者其他个人的信息", "it says something about the consumer or another person"
        ),
        "secret": Words(
            "含有他人的商业秘密或者其他不得公开的内容",
            "it holds another's trade secret, or what may not be public",
        ),
        "insult": Words("侮辱、诽谤他人", "it insults or slanders somebody"),
        "beside": Words(
            "与这件投诉无关，或者是广告", "it has nothing to do with the complaint, or advertises"
        ),
    },
)

#: Who is to mediate what was accepted (Order 121 §6, §18, §19).
MEDIATORS = Code(
    "mediator",
    {
        "own": Words("本单位调解", "your office mediates"),
        "direct": Words("先由经营者与消费者直接和解", "first, the two settle it directly"),
        "entrusted": Words("委托消费者协会等组织调解", "a council or other body is entrusted"),
    },
)

#: How people meet for mediation (Order 121 §20).
MEETINGS = Code(
    "meeting",
    {
        "place": Words("现场", "in one place"),
        "online": Words("网络视频", "online"),
        "phone": Words("电话", "by telephone"),
    },
)

#: Who chose the testing body, and who pays (Order 121 §22).
CHOSEN = Code(
    "chosen",
    {
        "agreed": Words("双方协商确定", "the two sides agreed on it"),
        "appointed": Words("协商不成，由受理单位指定", "they did not agree; the body appointed it"),
    },
)
PAYERS = Code(
    "payer",
    {
        "enterprise": Words("经营者", "the business"),
        "consumer": Words("消费者", "the consumer"),
        "shared": Words("双方分担", "both share"),
        "loser": Words(
            "先由经营者垫付，按结果承担", "the business advances it; the result decides"
        ),
    },
)

#: Whether there is a mediation paper (调解书), and why not (Order 121 §24).
PAPERS = Code(
    "paper",
    {
        "record": Words("调解记录（非现场调解）", "a record (not mediated in one place)"),
        "paper": Words("调解书，双方签字并盖章", "a mediation paper, signed and sealed"),
        "at_once": Words("已经即时履行，不制作调解书", "no paper: performed at once"),
        "waived": Words("双方同意不制作调解书", "no paper: both sides agreed to that"),
    },
)

#: Why complaints are handled as one.
BINDINGS = Code(
    "binding",
    {
        "duplicate": Words("重复投诉", "a repeat of it"),
        "joint": Words("共同投诉", "one joint complaint with it"),
    },
)

#: How somebody was told (Order 121, forms 5 to 8).
TOLD_BY = Code(
    "told_by",
    {
        "portal": Words("平台", "on the platform"),
        "phone": Words("电话", "by telephone"),
        "message": Words("短信", "by text message"),
        "mail": Words("电子邮件", "by e-mail"),
        "letter": Words("信函", "by letter"),
        "hand": Words("当面送达", "by hand"),
    },
)

#: What may be considered, together, when judging whether a dispute is about daily needs (121 §17).
ABUSE_SIGNS = Code(
    "abuse sign",
    {
        "frequent": Words("同一投诉人短期内多次投诉", "many complaints of one consumer"),
        "same_matter": Words(
            "同一投诉人对同一经营者的同类问题反复投诉",
            "one consumer, one business, one kind of problem, again and again",
        ),
        "concentrated": Words(
            "多人短期内集中投诉同一经营者的同类问题",
            "many consumers about one kind of problem of one business within days",
        ),
        "shared_contact": Words(
            "不同姓名使用同一电话或者地址", "one telephone number or address under several names"
        ),
        "no_proof": Words("没有订单号，也没有材料", "no order number and no evidence"),
    },
)
ABUSE_VERDICTS = Code(
    "abuse verdict",
    {
        "genuine": Words("属于生活消费争议", "a genuine consumer dispute"),
        "abuse": Words(
            "不是为生活消费需要（第十六条第三项）", "not about daily needs (Article 16 no. 3)"
        ),
    },
)
