"""Archives of the demo: units enrolled, their duty posts, visits, and the training sessions."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from functools import cache

from deploy.demo.loading import FIRST, LAST, Bundle, chance, later, load_bundle, record_id, some_day
from deploy.demo.names import person_name
from deploy.demo.parties import enter_unit
from deploy.demo.people import clerk
from deploy.demo.province import (
    ATTENDANCES,
    SESSIONS,
    Unit,
    directors,
    officers,
    units,
    visits,
)
from events.archives import Attendance
from services.actions.archives import (
    AppointDirector,
    AppointOfficer,
    DirectorLeaves,
    EnrolEnterprise,
    MakeCheck,
    OfficerLeaves,
    appoint_director,
    appoint_officer,
    director_leaves,
    enrol_enterprise,
    make_check,
    officer_leaves,
)
from services.actions.post_erasure import RequestPostErasure, post_erasure_step
from services.actions.trainings import HoldTraining, hold_training
from services.divisions import full_name
from services.platform import Platform

_EACH = 50
_LEFT = ("调往其他岗位", "本人辞职，已办理交接", "到龄退休，由他人接任")
_NOTES = (
    "查看进货查验、出厂检验和追溯记录",
    "抽查“日管控、周排查、月调度”记录",
    "核对3C证书、生产许可证与实物",
    "现场查看成品库、标识和说明书",
    "查看质量安全员履职和培训记录",
)
_TITLES = (
    "工业产品生产单位落实质量安全主体责任（75号令）培训",
    "工业产品销售单位落实质量安全主体责任（76号令）培训",
    "“日管控、周排查、月调度”实务培训",
    "质量安全总监和质量安全员考核前培训",
    "电动自行车及充电器强制性标准宣贯",
    "风险管控清单编制培训",
    "产品追溯与召回义务培训",
)


async def enrol_units(platform: Platform) -> None:
    """Every unit with its posts and visits, some in each bundle."""
    for first in range(0, len(units()), _EACH):

        async def fill(bundle: Bundle, first: int = first) -> None:
            for unit in units()[first : first + _EACH]:
                await enter_unit(platform, bundle, unit)
                await _enrol(bundle, unit)

        await load_bundle(platform, f"units {first}", fill)


async def _enrol(bundle: Bundle, unit: Unit) -> None:
    by = clerk("regulator", unit.division)
    command = EnrolEnterprise(
        by=by, occurred_on=unit.enrolled_on, enterprise=unit.ref, unit_kind=unit.kind,
        product_class=unit.trade.product_class, size=unit.size, division=unit.division,
        division_name=unit.division_name,
    )  # fmt: skip
    await bundle.do(enrol_enterprise, command)
    await _directors(bundle, unit)
    await _officers(bundle, unit)
    for visit in visits()[unit.n]:
        check = MakeCheck(
            by=by, occurred_on=visit.on, enterprise=unit.ref, check_id=visit.id,
            found="\n".join(visit.problems), note=bundle.chance.choice(_NOTES),
        )  # fmt: skip
        await bundle.do(make_check, check)


async def _directors(bundle: Bundle, unit: Unit) -> None:
    """A director where the unit has one; now and then a predecessor, who left."""
    by, draw = clerk("regulator", unit.division), bundle.chance
    on = later(draw, unit.enrolled_on, 0, 120)
    if draw.random() < 0.06:
        post = record_id(on, f"former director {unit.n}")
        name, former = person_name(draw), unit.ref
        first = AppointDirector(by=by, occurred_on=on, enterprise=former, post=post, name=name)
        await bundle.do(appoint_director, first)
        on = later(draw, on, 90, 500)
        left = DirectorLeaves(
            by=by, occurred_on=on, enterprise=unit.ref, post=post, reason=draw.choice(_LEFT)
        )
        await bundle.do(director_leaves, left)
    if unit.n in directors():
        command = AppointDirector(
            by=by, occurred_on=on, enterprise=unit.ref, name=person_name(draw),
            post=record_id(on, f"director {unit.n}"),
        )  # fmt: skip
        await bundle.do(appoint_director, command)


async def _officers(bundle: Bundle, unit: Unit) -> None:
    """Its officers; now and then one more, who left."""
    by, draw = clerk("regulator", unit.division), bundle.chance
    stay = officers().get(unit.n, 0)
    for nth in range(stay + (draw.random() < 0.03)):
        on = later(draw, unit.enrolled_on, 0, 200)
        post = record_id(on, f"officer {unit.n} {nth}")
        command = AppointOfficer(
            by=by, occurred_on=on, enterprise=unit.ref, post=post, name=person_name(draw)
        )
        await bundle.do(appoint_officer, command)
        if nth == stay:
            left = OfficerLeaves(
                by=by, occurred_on=later(draw, on, 60, 400), enterprise=unit.ref, post=post,
                reason=draw.choice(_LEFT),
            )  # fmt: skip
            await bundle.do(officer_leaves, left)
            if unit.n % 3 == 0:
                await _asks_to_be_forgotten(bundle, left)


async def _asks_to_be_forgotten(bundle: Bundle, left: OfficerLeaves) -> None:
    """It waits for somebody to check whether it may be deleted."""
    asked = RequestPostErasure(
        by=left.by, occurred_on=left.on, enterprise=left.enterprise, post=left.post,
        ground="consent",
    )  # fmt: skip
    await bundle.do(post_erasure_step, asked)


# -- training ----------------------------------------------------------------------------


async def hold_trainings(platform: Platform) -> None:
    """All training sessions."""

    async def fill(bundle: Bundle) -> None:
        for nth, people in enumerate(_sizes()):
            await _hold(bundle, nth, people)

    await load_bundle(platform, "trainings", fill)


def _sizes() -> list[int]:
    """How many people came to each session; together exactly those counted."""
    draw = chance("sessions")
    sizes = [ATTENDANCES // SESSIONS] * SESSIONS
    sizes[0] += ATTENDANCES - sum(sizes)
    for _ in range(SESSIONS * 4):
        more, fewer = draw.sample(range(SESSIONS), 2)
        if sizes[fewer] > 12:
            sizes[more], sizes[fewer] = sizes[more] + 1, sizes[fewer] - 1
    return sizes


async def _hold(bundle: Bundle, nth: int, people: int) -> None:
    draw = bundle.chance
    place = draw.choice(sorted(_cities()))
    on = some_day(draw, FIRST + timedelta(days=430), LAST)
    command = HoldTraining(
        by=clerk("regulator", place), occurred_on=on, session=record_id(on, f"session {nth}"),
        title=draw.choice(_TITLES), division=place, division_name=full_name(place),
        attended=_attended(bundle, place, on, people),
    )  # fmt: skip
    await bundle.do(hold_training, command)


def _attended(bundle: Bundle, place: str, on: date, people: int) -> list[Attendance]:
    """Units of the city, with one to three people each."""
    there = [u for u in _cities()[place] if u.enrolled_on <= on]
    attended = []
    for unit in bundle.chance.sample(there, people):
        came = min(people, bundle.chance.randint(1, 3))
        people -= came
        attended.append(Attendance(enterprise=unit.ref, people=came))
        if not people:
            break
    return attended


@cache
def _cities() -> dict[str, list[Unit]]:
    """The units of each city."""
    found: dict[str, list[Unit]] = defaultdict(list)
    for unit in units():
        found[unit.division[:4] + "00"].append(unit)
    return found
