"""People: the list, the page of one, entering her, a new password, the end of her account."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from aiohttp import web

from events.event import Acting
from events.terms import FACTORS, PARTY_KINDS, ROLES
from events.words import Words, both
from portals.admin.doors import (
    PARTIES,
    PEOPLE,
    Row,
    administrators,
    my_party,
    ref,
    related,
    sees_all,
    the_person,
)
from portals.asking import page_number, text
from portals.forms import typed
from portals.owed import history
from portals.pages import viewer
from portals.web import (
    PLATFORM,
    FormErrors,
    FormState,
    act,
    acting,
    form_page,
    page,
    read,
    reshown,
)
from services import access, accounts, desk, factors
from services.account_log import account_stream
from services.actions import people as p
from services.actions.command import Command


async def listed(request: web.Request) -> web.StreamResponse:
    """Everybody for the operator, her own party's people for its administrator."""
    by, words = acting(request), text(request, "q")
    party = "" if sees_all(by) else by.party.id
    if words:
        request.app[PLATFORM].reads.note(by, "people", "people", "", "administration")
    rows = await request.app[PLATFORM].views.directory.people(party, page_number(request), words)
    return await page(
        request,
        "admin/people.html",
        title=Words("人员", "People"),
        rows=replace(rows, rows=[_shown(row) for row in rows.rows]),
        asked={"q": words},
        own=f"/admin/parties/{by.party.id}/enrol" if access.may(by, "EnrolPerson", "new") else "",
    )


def _shown(row: Row) -> Row:
    colour = "done" if row["state"] == "active" else "none"
    return {
        **row,
        "url": f"/admin/people/{row['id']}",
        "held": [{**held, "role": ROLES[held["role"]]} for held in row["held"]],
        "state": p.STATES[row["state"]],
        "state_colour": colour,
    }


async def one(request: web.Request) -> web.StreamResponse:
    """The page of one person: her roles, her account, what was done with it."""
    row, by = await the_person(request), acting(request)
    platform = request.app[PLATFORM]
    entries = await platform.views.trail.of_record(row["id"])
    entries += await platform.views.trail.of_record(str(account_stream(row["id"])))
    entries.sort(key=lambda each: int(each["position"]))
    locked = await desk.is_locked(platform.pool, row["sign_in"])
    return await page(
        request,
        "admin/person.html",
        title=row["name"],
        breadcrumbs=PEOPLE,
        row=_shown(row),
        locked=locked,
        factors=[FACTORS[each.kind] for each in await factors.factors(platform.pool, row["id"])],
        roles=[_role(row, held, by) for held in row["held"]],
        acts=[
            {"url": f"/admin/people/{row['id']}/{_PATHS.get(slug, slug)}", "words": k.SAYS}
            for slug, k in _acts(row, by, locked)
        ],
        entries=history(entries),
        show=request.query.get("show", "all"),
    )


def _role(row: Row, held: Row, by: Acting) -> Row:
    """A role she holds, and where it is withdrawn if the viewer may."""
    mine = sees_all(by) or held["party"] == by.party.id
    may = mine and access.may(by, "WithdrawRole", related(row, by), row["state"])
    url = f"/admin/people/{row['id']}/withdraw?party={held['party']}" if may else ""
    kind = PARTY_KINDS[held["party_kind"]]
    return {**held, "role": ROLES[held["role"]], "kind": kind, "withdraw": url}


_ACTS: tuple[tuple[str, type[Command]], ...] = (
    ("grant", p.GrantRole),
    ("unlock", p.UnlockSignIn),
    ("password", p.ReplacePassword),
    ("ask-password", p.AskPasswordReset),
    ("factors", p.ResetFactors),
    ("disable", p.DisablePerson),
)


#: Those of them whose pages stand in `accounts`.
_PATHS = {each: f"account/{each}" for each in ("unlock", "ask-password", "factors")}


def _acts(row: Row, by: Acting, locked: bool) -> list[tuple[str, type[Command]]]:
    """What the viewer can do with this person now; no role where she holds one already."""
    held = {each["party"] for each in row["held"]}
    names = [kind.__name__ for _, kind in _ACTS]
    may = access.allowed(by, related(row, by), row["state"], names)
    if not sees_all(by) and by.party.id in held:
        may = [name for name in may if name != "GrantRole"]
    senseless = {"UnlockSignIn"} if not locked else set()
    if not any(each["role"] in p.ADMINISTRATORS for each in row["held"]):
        senseless.add("AskPasswordReset")
    may = [name for name in may if name not in senseless]
    return [(slug, kind) for slug, kind in _ACTS if kind.__name__ in may]


# -- entering a person -------------------------------------------------------------------


async def enrol_form(request: web.Request, state: FormState | None = None) -> web.StreamResponse:
    row = await my_party(request)
    crumbs = [*PARTIES, (f"/admin/parties/{row['id']}", both(row["name"]))]
    title = Words(f"为“{row['name']}”登记人员", f"Enter a person for {row['name']}")
    options = {"role": p.roles_for(row["kind"])}
    context = form_page(p.EnrolPerson, state, title=title, options=options, needed=("role",))
    return await _with_password(request, context, state, crumbs)


@reshown
async def enrol(request: web.Request) -> web.StreamResponse:
    party = ref(await my_party(request))
    return await _act_with_password(
        request,
        accounts.enrol,
        p.EnrolPerson,
        lambda _, command: f"/admin/people/{command.person}",
        enrol_form,
        party=party,
    )


# -- her password and her account --------------------------------------------------------


async def password_form(request: web.Request, state: FormState | None = None) -> web.StreamResponse:
    row = await the_person(request)
    title = Words(f"为 {row['name']} 重设密码", f"A new password for {row['name']}")
    intro = Words(
        "设定后她在所有设备上退出登录，用新密码重新登录。请当面或者电话告知新密码。",
        "She is signed out everywhere and signs in with the new one. Tell her in person.",
    )
    context = form_page(p.ReplacePassword, state, title=title, intro=intro)
    return await _with_password(request, context, state, _crumbs(row))


@reshown
async def replace_password(request: web.Request) -> web.StreamResponse:
    id = (await the_person(request))["id"]
    return await _act_with_password(
        request, accounts.replace_password, p.ReplacePassword, f"/admin/people/{id}",
        password_form, person=id,
    )  # fmt: skip


async def disable_form(request: web.Request, state: FormState | None = None) -> web.StreamResponse:
    row = await the_person(request)
    title = Words(f"停用 {row['name']} 的账号", f"Disable {row['name']}'s account")
    intro = Words(
        "她会立即退出登录，不能再登录，也不能恢复。她做过的事仍在记录里。",
        "She is signed out at once and for good. What she did stays in the record.",
    )
    context = form_page(p.DisablePerson, state, title=title, intro=intro)
    return await page(request, "form.html", breadcrumbs=_crumbs(row), **context)


@reshown
async def disable(request: web.Request) -> web.StreamResponse:
    id = (await the_person(request))["id"]
    action = partial(accounts.disable, request.app[PLATFORM].pool)
    return await act(
        request, action, p.DisablePerson, f"/admin/people/{id}", again=disable_form, person=id
    )


def _crumbs(row: Row) -> list[tuple[str, Words]]:
    return [*PEOPLE, (f"/admin/people/{row['id']}", both(row["name"]))]


# -- forms with a password, which is never shown again and never in a command ------------


async def _with_password(
    request: web.Request,
    context: dict[str, Any],
    state: FormState | None,
    crumbs: list[tuple[str, Words]],
) -> web.StreamResponse:
    wrong = state.errors.get("password") if state else None
    form = context["form"]
    errors = [("password" if words == wrong else anchor, words) for anchor, words in form.errors]
    context = {**context, "form": replace(form, errors=errors)}
    return await page(
        request, "admin/password.html", breadcrumbs=crumbs, password_error=wrong,
        least=accounts.LEAST, **context,
    )  # fmt: skip


async def _act_with_password(
    request: web.Request, action: Any, kind: type[Command], then: Any, again: Any, **known: Any
) -> web.StreamResponse:
    """Everything that is wrong is said at once, the password with the rest."""
    password = str((await request.post()).get("password", ""))
    fault = accounts.password_fault(password)
    if fault and not viewer(request).stale:
        others = await _others(request, kind, known)
        viewer(request).status = 422
        state = FormState(typed(await request.post()), {**others, "password": fault})
        shown: web.StreamResponse = await again(request, state)
        return shown
    action = partial(action, request.app[PLATFORM].pool, password)
    return await act(request, action, kind, then, again=again, **known)


async def _others(request: web.Request, kind: type[Command], known: Row) -> dict[str, Words]:
    try:
        await read(request, kind, **known)
    except FormErrors as wrong:
        return wrong.errors
    return {}


ROUTES = [
    web.get("/admin/people", administrators(listed)),
    web.get("/admin/people/{id}", administrators(one)),
    web.get("/admin/parties/{id}/enrol", administrators(enrol_form)),
    web.post("/admin/parties/{id}/enrol", administrators(enrol)),
    web.get("/admin/people/{id}/password", administrators(password_form)),
    web.post("/admin/people/{id}/password", administrators(replace_password)),
    web.get("/admin/people/{id}/disable", administrators(disable_form)),
    web.post("/admin/people/{id}/disable", administrators(disable)),
]
