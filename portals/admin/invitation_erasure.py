"""Erasure pages of who was invited: for who looks after the people of the party."""

from __future__ import annotations

from aiohttp import web

from events.terms import ROLES
from events.words import Words
from portals.admin.doors import administrators, sees_all
from portals.admin.invitations import LIST, crumbs_to, the_invitation
from portals.erasure_pages import Erasure, Kept
from portals.web import PLATFORM, acting
from services.actions.invitation_erasure import STEPS, holds, invitation_erasure_step
from services.told import kept


async def _find(request: web.Request) -> Kept:
    row = await the_invitation(request)
    here = f"{LIST}/{row['id']}"
    return Kept(
        title=_TITLE,
        caption=_WHO.fill(name=row["name"], party=row["party_name"], role=ROLES[row["role"]]),
        crumbs=[*crumbs_to(row), (here, Words("邀请", "Invitation"))],
        here=f"{here}/personal",
        standing=row["personal"],
        since=row["personal_on"],
        holds=holds(row["state"]),
        relation="none" if sees_all(acting(request)) else "ours",
        state=row["state"],
        known={"invitation": row["id"]},
        envelopes=await kept(request.app[PLATFORM].log, row["id"]),
    )


_TITLE = Words("受邀人的个人信息", "Personal data of the invited person")
_WHO = Words("{name} · {party}（{role}）", "{name} · {party} ({role})")
ROUTES = Erasure(STEPS, invitation_erasure_step, _find).routes(
    LIST + "/{id}/personal", administrators
)
