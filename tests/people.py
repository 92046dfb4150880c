"""Ready parties and people for tests."""

from __future__ import annotations

from uuid import UUID

from events.event import Acting, Channel, PartyKind, PartyRef


def party(name: str, kind: PartyKind, n: int) -> PartyRef:
    return PartyRef(id=str(UUID(int=n)), name=name, kind=kind)


PROVINCE = party("福建省市场监督管理局", "regulator", 1)
GULOU = party("福州市鼓楼区市场监督管理局", "regulator", 2)
JINAN = party("福州市晋安区市场监督管理局", "regulator", 3)
COUNCIL = party("福州市消费者权益保护委员会", "council", 4)
OTHER_COUNCIL = party("厦门市消费者权益保护委员会", "council", 5)
ASSOCIATION = party("福建省电动自行车行业协会", "association", 6)
MINHAI = party("闽海充电器有限公司", "enterprise", 7)
OTHER_ENTERPRISE = party("榕城照明有限公司", "enterprise", 8)
OPERATOR = party("平台运营方", "operator", 9)
CONSUMER_PARTY = PartyRef(id="consumer", name="消费者", kind="consumer")


def acting(
    name: str, party: PartyRef, role: str, channel: Channel = "portal", n: int = 100
) -> Acting:
    return Acting(person=str(UUID(int=n)), name=name, party=party, role=role, channel=channel)


ZHAO = acting("赵敏", COUNCIL, "clerk", n=101)
MA = acting("马琳", COUNCIL, "head", n=122)
QIAN = acting("钱立", OTHER_COUNCIL, "clerk", n=102)
LI = acting("李强", GULOU, "clerk", n=103)
WU = acting("吴芳", GULOU, "head", n=104)
DESK = acting("何静", PROVINCE, "clerk", n=121)
SUN = acting("孙洁", GULOU, "clerk", n=119)
WANG = acting("王磊", JINAN, "clerk", n=105)
CHEN = acting("陈静", ASSOCIATION, "secretary", n=106)
LIN_HEAD = acting("林涛", ASSOCIATION, "head", n=107)
CONTACT = acting("周海", MINHAI, "contact", n=108)
ADMIN = acting("管理员", OPERATOR, "system", n=109)
SECURITY = acting("安全管理员", OPERATOR, "security", n=112)
AUDITOR = acting("审计员", OPERATOR, "auditor", n=110)
CONSUMER = Acting(person="", name="消费者", party=CONSUMER_PARTY, role="consumer")
IMPORTER = acting("赵敏", COUNCIL, "clerk", channel="import", n=101)
