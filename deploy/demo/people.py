"""People of the demo: who acts for whom, and who of them can sign in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from deploy.demo.loading import FIRST, Bundle, Say, chance, record_id
from deploy.demo.names import person_name
from deploy.demo.province import ASSOCIATIONS, Unit, associations, body, governed
from events.accounts import TermsAccepted
from events.event import Acting, PartyKind, PartyRef, Personal, system
from events.log import Append
from events.words import Words
from services import accounts, desk
from services.account_log import account_stream
from services.actions.change import load
from services.actions.parties import OPERATOR_ID
from services.actions.people import EnrolPerson, Person, enrol_person, person_id
from services.actions.refused import Refused
from services.declaration import PRESENT
from services.platform import Platform

PASSWORD = "gongzhi-demo-2026"
OPERATOR = PartyRef(id=str(OPERATOR_ID), name="平台运营方", kind="operator")
TESTING = PartyRef(
    id=str(record_id(FIRST, "testing body")), name="福建省产品质量检验中心", kind="testing"
)
AUDITING = PartyRef(
    id=str(record_id(FIRST, "auditing body")), name="福建省共治平台审计组", kind="auditor"
)
#: The enterprise whose contact can sign in stands first in the list of units.
DEMO_UNIT = 0


@dataclass(frozen=True)
class SignIn:
    """One sign-in of the demo and where it leads."""

    name: str
    portal: str
    who: Words


SIGN_INS = (
    SignIn("admin", "admin", Words("系统管理员", "system administrator")),
    SignIn("security", "admin", Words("安全管理员", "security administrator")),
    SignIn("audit", "admin", Words("审计员", "auditor")),
    SignIn("shengju", "regulator", Words("省市场监管局经办人", "province regulator, case officer")),
    SignIn("shengju.head", "regulator", Words("省市场监管局负责人", "province regulator, head")),
    SignIn("gulou", "regulator", Words("鼓楼区市场监管局经办人", "Gulou regulator, case officer")),
    SignIn("gulou.head", "regulator", Words("鼓楼区市场监管局负责人", "Gulou regulator, head")),
    SignIn("fuzhou", "council", Words("福州市消委会经办人", "Fuzhou council, case officer")),
    SignIn("fuzhou.head", "council", Words("福州市消委会负责人", "Fuzhou council, head")),
    SignIn("xiehui", "association", Words("电动自行车协会秘书", "e-bike association, secretary")),
    SignIn("xiehui.head", "association", Words("电动自行车协会负责人", "e-bike association, head")),
    SignIn("jianyan", "testing", Words("检验机构经办人", "testing body, case officer")),
    SignIn("shenji", "auditor", Words("审计单位审计员", "auditing body, auditor")),
    SignIn("qiye", "enterprise", Words("企业联络人", "enterprise contact")),
)
#: Who can sign in besides, so that two in one office can verify what a third one ordered.
MORE = (
    SignIn("gulou.second", "regulator",
           Words("鼓楼区市场监管局另一经办人", "Gulou regulator, another officer")),
)  # fmt: skip
_WITH_PASSWORD = {each.name for each in (*SIGN_INS, *MORE)}
_FIXED = {"350000": "shengju", "350102": "gulou"}


def acting(sign_in: str, party: PartyRef, role: str) -> Acting:
    """The person with this sign-in name; her name is the same in every load."""
    name = "平台管理员" if sign_in == "admin" else person_name(chance(f"person {sign_in}"))
    person = str(person_id(sign_in))
    _SIGN_IN_OF[person] = sign_in
    return Acting(person=person, name=name, party=party, role=role)


#: sign-in name of each person named so far
_SIGN_IN_OF: dict[str, str] = {}
ADMIN = acting("admin", OPERATOR, "system")
SECURITY = acting("security", OPERATOR, "security")


def clerk(kind: PartyKind, division: str) -> Acting:
    """The case officer of the regulator or council of a division."""
    if kind == "council":
        return acting("fuzhou" if division == "350100" else f"xw{division}",
                      body("council", division), "clerk")  # fmt: skip
    return acting(_FIXED.get(division, f"jg{division}"), body("regulator", division), "clerk")


def head_beside(officer: Acting) -> Acting:
    """The head of this case officer's office, who re-checks what the officer ordered."""
    return acting(f"{_SIGN_IN_OF[officer.person]}.head", officer.party, "head")


def second_officer() -> Acting:
    """Another case officer of Gulou, who verifies together with the head."""
    return acting("gulou.second", body("regulator", "350102"), "clerk")


def secretary(n: int) -> Acting:
    """The secretary of the n-th association."""
    return acting("xiehui" if n == 0 else f"xiehui{n + 1}", associations()[n], "secretary")


def head(n: int) -> Acting:
    """The head of the n-th association."""
    sign_in = "xiehui.head" if n == 0 else f"xiehui{n + 1}.head"
    return acting(sign_in, associations()[n], "head")


def contact(unit: Unit) -> Acting:
    """The contact of an enterprise that has one on the platform."""
    return acting("qiye" if unit.n == DEMO_UNIT else f"qy{unit.n:04d}", unit.ref, "contact")


def staff() -> list[Acting]:
    """Everybody who acts for a body or an association."""
    listed = [SECURITY, *(clerk("regulator", each.code) for each in governed())]
    listed += [clerk("council", each.code) for each in governed()]
    listed += [
        acting("audit", OPERATOR, "auditor"),
        acting("jianyan", TESTING, "clerk"),
        acting("shenji", AUDITING, "auditor"),
        *(head_beside(clerk("regulator", each.code)) for each in governed()),
        second_officer(),
        acting("fuzhou.head", body("council", "350100"), "head"),
    ]
    for n in range(len(ASSOCIATIONS)):
        listed += [secretary(n), head(n)]
    return listed


async def set_up(platform: Platform) -> None:
    """The operator and the administrator, unless they are there; refuses a platform of others."""
    if not await accounts.is_set_up(platform):
        await accounts.set_up(platform, ADMIN.name, "admin", PASSWORD, OPERATOR.name)
    person = await load(platform.log, Person, person_id("admin"))
    if person.roles.get(OPERATOR.id) != "system" or person.name != ADMIN.name:
        raise Refused(
            Words(
                "这个平台已经有自己的数据，不能装入演示省。请换一个空的数据目录。",
                "This platform has data of its own and cannot take the demo; "
                "choose an empty data directory.",
            )
        )


async def enrol_staff(platform: Platform, bundle: Bundle) -> None:
    """Everybody of the staff; those of the printed table can sign in."""
    await desk.set_password(platform.pool, ADMIN.person, "admin", PASSWORD)
    await accept_terms(bundle, ADMIN)
    for one in staff():
        await enrol(platform, bundle, one)


async def enrol(platform: Platform, bundle: Bundle, one: Acting) -> None:
    """One person. The password comes first: a load that stops here does both again."""
    command = EnrolPerson(
        by=system("operator") if one == SECURITY else SECURITY,
        occurred_on=FIRST, name=one.name, sign_in=_SIGN_IN_OF[one.person],
        party=one.party, role=one.role,
    )  # fmt: skip
    if command.sign_in in _WITH_PASSWORD:
        await bundle.do(partial(accounts.enrol, platform.pool, PASSWORD), command)
        await accept_terms(bundle, one)
    else:
        await bundle.do(enrol_person, command)


async def accept_terms(bundle: Bundle, one: Acting) -> None:
    """Who can sign in has accepted the terms already."""
    who = Personal(subject=one.person, fields={"name": one.name})
    event = TermsAccepted(by=one, who=who, version=PRESENT.version)
    await bundle.append([Append(account_stream(one.person), 0, [event])])


def tell_sign_ins(address: str, say: Say) -> None:
    """Where to go and how to sign in."""
    say(f"登录密码都是 {PASSWORD}", f"The password of each of them is {PASSWORD}")
    say(f"  消费者（不用登录）   {address}/", f"  consumers (no sign-in)   {address}/")
    for one in (*SIGN_INS, *MORE):
        say(
            f"  {one.name:<14}{address}/{one.portal:<14}{one.who.zh}",
            f"  {one.name:<14}{address}/{one.portal:<14}{one.who.en}",
        )
