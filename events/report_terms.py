"""Code lists of reports (举报): why none is filed, why somebody is unmasked, levels of reward."""

from __future__ import annotations

from events.words import Code, Words

#: Why no case is filed after verification (SAMR Order 2 on penalty procedure, §20).
NOT_FILED_GROUNDS = Code(
    "not_filed_ground",
    {
        "N0": Words("经核查，没有发现违法行为", "verification found no violation"),
        "N1": Words(
            "违法行为轻微并及时改正，没有造成危害后果",
            "a minor violation, put right in time, without harm",
        ),
        "N2": Words(
            "初次违法且危害后果轻微并及时改正",
            "a first violation with slight harm, put right in time",
        ),
        "N3": Words(
            "当事人有证据足以证明没有主观过错（法律、行政法规另有规定的除外）",
            "the business proved that it was not at fault",
        ),
        "N4": Words("依法可以不予立案的其他情形", "another case where the law lets none be filed"),
    },
)

#: Why it is necessary to know who reported.
UNMASK_GROUNDS = Code(
    "unmask_ground",
    {
        "verify": Words(
            "核查必须向举报人本人了解情况（第 121 号令第二十八条、第三十五条）",
            "verification needs the reporter in person (Order 121, Articles 28 and 35)",
        ),
        "notify": Words(
            "法律、法规、规章规定应当告知结果（第 121 号令第三十六条）",
            "law or regulation says that the result is told (Order 121, Article 36)",
        ),
        "reward": Words(
            "发放举报奖励（第 121 号令第三十六条）", "the reward is paid (Order 121, Article 36)"
        ),
        "mediation": Words(
            "同时提出投诉，组织调解所必需（第 121 号令第三十七条）",
            "mediation of her own complaint cannot do without (Order 121, Article 37)",
        ),
        "authority": Words(
            "司法机关、监察机关依法调取",
            "a court, prosecutor or supervision body demands it",
        ),
    },
)

#: Levels of the reward for a report that proved true (国市监稽规〔2021〕4号).
REWARD_LEVELS = Code(
    "reward_level",
    {
        "1": Words("一级：5%，不足 5000 元的按 5000 元", "level 1: 5 %, at least 5,000 yuan"),
        "2": Words("二级：3%，不足 3000 元的按 3000 元", "level 2: 3 %, at least 3,000 yuan"),
        "3": Words("三级：1%，不足 1000 元的按 1000 元", "level 3: 1 %, at least 1,000 yuan"),
    },
)
