"""Complaint and report at once: two records, two numbers; nothing of the one shows in the other."""

from __future__ import annotations

from aiohttp import web

from events.words import Words
from portals import bodies
from portals.complaint_form import Told
from portals.proof import REPORT, prove
from portals.report_code import code_of, show_code
from portals.report_files import with_files
from portals.web import PLATFORM, forward
from services.actions.complaints import RegisterComplaint
from services.actions.refused import Refused
from services.actions.reports import RegisterReport
from services.actions.submissions import MakeSubmission, make_submission


async def report_as_well(
    request: web.Request, told: Told, command: RegisterComplaint
) -> web.StreamResponse:
    """Record both, and on to the receipt of the complaint, from which this browser sees the other.

    Raises `Refused`.
    """
    regulator = await bodies.regulator_at(request, str(told.values.get("place", "")))
    if regulator is None:
        raise Refused(_NO_REGULATOR)
    code, platform = await code_of(request), request.app[PLATFORM]
    report = RegisterReport(
        by=command.by, at=command.at, handler=regulator, reported=command.enterprise, code=code,
        respondent=command.respondent, respondent_address=command.respondent_address,
        category=command.category, product=command.product, facts=str(told.values["clue"]),
        danger=command.injury, name=command.name, phone=command.phone, contact=command.address,
    )  # fmt: skip
    report = await with_files(request, report, command.key)
    made = MakeSubmission(
        by=command.by, at=command.at, key=command.key, complaint=command, report=report
    )
    done = await platform.perform(make_submission, made)
    complaint, *more = await platform.log.after(done.first - 1, done.last - done.first + 1)
    reported = next(each for each in more if each.stream != complaint.stream)  # after its files
    again = "?again=1" if done.repeated else ""
    kind = None if again else MakeSubmission
    response = forward(f"/receipt/{complaint.stream}{again}", done, kind)
    prove(request, response, str(complaint.stream))
    prove(request, response, str(reported.stream), REPORT)
    show_code(request, response, code)
    return response


_NO_REGULATOR = Words(
    "这个地区的市场监管部门还没有开通网上举报，请拨打 12315 举报，或者选择只解决纠纷。",
    "No market regulator of this area takes reports online yet; call 12315, or have only your "
    "dispute settled.",
)
