"""C22–C32, C34–C37: publication and repair of penalties, sampling, recall, platforms."""

from __future__ import annotations

from events.words import Words
from services.clocks.rules.complaints import HEAD
from services.clocks.rules.laws import EIP, O2, O18, O19, O45, O107, O110
from services.clocks.rules.rule import Extension, Rule, Sort, Term, term


def _rule(id: str, what: tuple[str, str], starts: tuple[str, str], *terms: Term,
          sort: Sort = "limit") -> Rule:  # fmt: skip
    return Rule(id, Words(*what), Words(*starts), terms, sort)


_NO_WARNING = Words("仅受到警告的不公示（第二条）", "A mere warning is not published (Article 2)")
_REVOKED = Words(
    "降低资质等级、吊销许可证件或者营业执照、责令关闭的，满三年才停止公示，不能申请提前；"
    "限制期限更长的，以限制期限为准",
    "Downgrading, revocation and closing stay for three years, without repair; a restriction that "
    "lasts longer stays as long",
)
_DECIDED = ("作出处罚决定", "the decision")
_FOUND = ("发现", "discovery")

#: No text moves the end of a publication: it stays for as long as was laid down, to the day.
PUBLICATION = (
    _rule("C22a", ("公示处罚信息（同省）", "publish the penalty, same province"), _DECIDED,
          term("wd", 20, O45, 9, note=_NO_WARNING)),
    _rule("C22b", ("推送处罚信息（跨省）", "send the penalty to the other province"), _DECIDED,
          term("wd", 10, O45, 10, note=_NO_WARNING)),
    _rule("C22c", ("协助公示处罚信息（跨省）", "publish what another province sent"),
          ("收到处罚信息", "receipt of the penalty"), term("wd", 10, O45, 10)),
    _rule("C23", ("撤回公示并说明理由", "withdraw the publication, with reasons"),
          ("决定被变更或者撤销", "the decision is changed or annulled"),
          term("wd", 3, O45, 11, also=O2.article(63))),
    _rule("C24a", ("停止公示轻微失信信息", "end the publication of a light breach"),
          ("公示", "publication"), term("month", 3, O107, 7, rolls=False)),
    _rule("C24b", ("公示一般失信信息，满三个月可申请修复",
                   "publish a general breach; repair may be asked after three months"),
          ("公示", "publication"), term("month", 12, O107, 9, earliest=3, rolls=False),
          sort="window"),
    _rule("C24c", ("公示严重失信信息，满一年可申请修复",
                   "publish a serious breach; repair may be asked after a year"),
          ("公示", "publication"),
          term("month", 36, O107, 8, earliest=12, rolls=False, note=_REVOKED), sort="window"),
    _rule("C25a", ("受理信用修复申请", "accept the application for repair"),
          ("收到申请", "receipt of the application"), term("wd", 2, O107, 14)),
    _rule("C25b", ("决定是否修复", "decide on the repair"), ("受理申请", "acceptance"),
          term("wd", 7, O107, 16, plus=(Extension(10, HEAD),), note=Words(
              "申请移出经营异常名录的，两个工作日内决定",
              "To be taken off the list of irregular operations: two working days"))),
    _rule("C25c", ("完成修复的数据处理", "complete the data of the repair"),
          ("作出修复决定", "the decision to repair"), term("wd", 3, O107, 17)),
    _rule("C37", ("核查企业公示信息虚假的举报并书面答复",
                  "verify a report of false published information, answer in writing"),
          ("接到举报材料", "receipt of the report"), term("wd", 20, EIP, 13)),
)  # fmt: skip

SAMPLING = (
    _rule("C26", ("提出异议", "object to the result"),
          ("收到检验结论书面告知", "written notice of the result"), term("cd", 15, O18, 36)),
    _rule("C27", ("办理复检手续", "complete the formalities of the re-test"),
          ("收到复检通知", "notice of the re-test"),
          term("cd", 7, O18, 38, note=Words("逾期视为放弃复检", "Later is a waiver"))),
    _rule("C28", ("确定复检机构", "name the laboratory of the re-test"),
          ("办理复检手续", "the formalities"), term("cd", 10, O18, 39)),
    _rule("C29", ("改正不合格产品的问题", "put right what failed"), ("责令改正", "the order"),
          term("cd", 60, O18, 46, note=Words(
              "不合格的同一产品应当立即停止生产、销售（第四十五条）",
              "Making and selling the same product stops at once (Article 45)"))),
    _rule("C30", ("组织复查", "re-check"), ("责令改正", "the order"), term("cd", 75, O18, 47)),
    _rule("C31", ("组织公告后的复查", "re-check after the announcement"),
          ("省级公告", "the province's announcement"), term("cd", 90, O18, 48, earliest=60),
          sort="window"),
    _rule("C32", ("再次抽查同一产品", "sample the same product again"),
          ("上一次抽查", "the last sampling"), term("month", 6, O18, 8, note=Words(
              "对不合格产品的跟踪抽查和为应对突发事件的抽查不受此限",
              "Not for following up what failed, nor for emergencies")), sort="block"),
)  # fmt: skip

RECALL = (
    _rule("C36a", ("报告伤害事故或者境外召回", "report a serious injury or a recall abroad"),
          _FOUND, term("wd", 2, O19, 8)),
    _rule("C36b", ("通报生产者所在地省级部门", "tell the producer's province"), _FOUND,
          term("wd", 2, O19, 8)),
    _rule("C36c", ("通知生产者调查分析", "have the producer investigate"), _FOUND,
          term("wd", 3, O19, 9)),
    _rule("C36d", ("对召回通知提出异议", "object to the notice of recall"),
          ("收到通知", "receipt of the notice"), term("wd", 10, O19, 13)),
    _rule("C36e", ("报告召回计划", "report the plan of the recall"),
          ("认为存在缺陷或者接到通知", "finding the defect, or the notice"),
          term("wd", 10, O19, 17)),
    _rule("C36f", ("发布召回信息", "publish the recall"),
          ("报告召回计划", "the report of the plan"), term("wd", 3, O19, 19)),
    _rule("C36g", ("提交召回阶段性总结", "report on the progress of the recall"),
          ("实施召回或者上一次总结", "the recall, or the last report"), term("month", 3, O19, 21)),
    _rule("C36h", ("提交召回总结", "submit the final report"),
          ("完成召回计划", "completion of the recall"), term("wd", 15, O19, 21)),
)  # fmt: skip

PLATFORMS = (
    _rule("C34", ("报告下架等处置情况", "report a takedown to the regulator"),
          ("采取措施", "the measure"), term("wd", 5, O110, 15)),
    _rule("C35", ("提醒联系不上的经营者", "remind a merchant who cannot be reached"),
          ("收到监管部门通知", "the regulator's notice"), term("wd", 5, O110, 17)),
)  # fmt: skip
