"""Pages: the templates, what every page knows, and how dates, numbers and words are said."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from aiohttp import web
from jinja2 import (
    BaseLoader,
    ChainableUndefined,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PackageLoader,
    PrefixLoader,
    StrictUndefined,
    Template,
)

from events.event import Acting
from events.terms import ROLES
from events.words import Words
from portals.cells import cells, opened
from portals.compiling import Templates
from portals.due_dates import answer_due, comment_due, results_due, why
from portals.saying import SCENE, FormToken, Scene, day, hour, many, moment, money, number, say, t
from services import access
from services.actions.command import Command
from services.correlation import current
from services.platform import Platform
from services.settings import Settings

PLATFORM = web.AppKey("PLATFORM", Platform)
SETTINGS = web.AppKey("SETTINGS", Settings)
TEMPLATES = web.AppKey("TEMPLATES", Environment)
#: Signs form tokens.
KEY: web.AppKey[bytes] = web.AppKey("KEY", bytes)
#: portal name -> its navigation: (path, words)
NAVS: web.AppKey[dict[str, list[tuple[str, Words]]]] = web.AppKey("NAVS", dict)

HERE = Path(__file__).parent
#: Kind of party -> the portal its people work in.
PORTALS = {
    "council": "council",
    "association": "association",
    "regulator": "regulator",
    "enterprise": "enterprise",
    "testing": "testing",
    "auditor": "auditor",
    "operator": "admin",
}


#: Addresses whose query is for us alone: a provider's code stands on no page.
_SECRET = ("/sign-in/back",)
#: Pages that are the same, whichever portal she works in.
_HERS = ("account", "switch", "files", "notices", "saved", "late", "clock")


@dataclass
class Viewer:
    """Who looks at this request's page, and what happened to it on the way."""

    by: Acting | None = None
    person: str = ""
    roles: list[dict[str, Any]] = field(default_factory=list)
    session: str = ""
    visitor: str = ""
    #: Makes the form token of the session or visitor.
    token: Callable[[], str] = str
    #: Posted from an expired page: nothing may be done.
    stale: bool = False
    #: The position that the views have not reached yet.
    waiting: int | None = None
    #: With which status the form comes back.
    status: int = 200


VIEWER = web.RequestKey("VIEWER", Viewer)


def viewer(request: web.Request) -> Viewer:
    """Who looks; nobody in particular until she is recognised."""
    found = request.get(VIEWER)
    if found is None:
        found = request[VIEWER] = Viewer()
    return found


class Lenient(BaseLoader):
    """govuk's own macros leave parameters out; ours may not name what is not there."""

    def __init__(self) -> None:
        loader = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
        self.govuk = Environment(
            loader=loader,
            autoescape=True,
            undefined=ChainableUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def load(self, environment: Environment, name: str, globals: Any = None) -> Template:
        return self.govuk.get_template(f"govuk_frontend_jinja/{name}")

    def list_templates(self) -> list[str]:
        return []


@cache
def environment(*portals: str) -> Environment:
    """All templates: ours, those of each portal as `<portal>/…`, govuk's macros.

    One for all applications of a process, which compiles each template once.
    """
    own = {p: FileSystemLoader(HERE / p / "templates") for p in portals}
    loaders = [FileSystemLoader(HERE / "templates"), PrefixLoader(own)]
    loaders.append(PrefixLoader({"govuk_frontend_jinja": Lenient()}))
    made = Templates(
        loader=ChoiceLoader(loaders),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=say,
    )
    made.globals.update(t=t, say=say, scene=SCENE.get, home=home, asset=asset)
    made.globals.update(cells=cells, opened=opened, why=why)
    made.globals.update(answer_due=answer_due, comment_due=comment_due, results_due=results_due)
    made.filters.update(
        day=day, hour=hour, moment=moment, number=number, many=many, money=money, say=say
    )
    return made


def compile_all(templates: Environment) -> None:
    """Read and compile every template, so that a broken one is found at the start."""
    for name in templates.list_templates(extensions=["html"]):
        templates.get_template(name)


@cache
def asset(path: str) -> str:
    """The address of a static file; it changes with the content, so that it can be kept."""
    file = HERE / "static" / path
    mark = sha256(file.read_bytes()).hexdigest()[:10] if file.is_file() else "0"
    return f"/static/{path}?v={mark}"


def home(kind: str) -> str:
    """Where people of this kind of party work."""
    return "/" + PORTALS.get(kind, "")


def is_https(app: web.Application) -> bool:
    return app[SETTINGS].https


def cookie_name(app: web.Application, name: str) -> str:
    """Over HTTPS a name that no other host and no unencrypted page can set."""
    return f"__Host-{name}" if is_https(app) else name


def kept_cookie(request: web.Request, name: str) -> str:
    """What the browser has kept for us under this name, else nothing."""
    return request.cookies.get(cookie_name(request.app, name), "")


def language(request: web.Request) -> str:
    asked = request.query.get("lang") or kept_cookie(request, "lang")
    return "en" if asked == "en" else "zh"


def is_large(request: web.Request) -> bool:
    """长者模式: larger type, single column; kept by cookie."""
    return (request.query.get("large") or kept_cookie(request, "large")) == "1"


def render(request: web.Request, template: str, **context: Any) -> str:
    """The page as text, in the language and with the form token of the viewer."""
    csrf = FormToken(viewer(request).token)
    level, staff = request.app[PLATFORM].levels.of, viewer(request).by is not None
    scene = Scene(language(request), csrf, partial(_here, request), level, staff)
    token = SCENE.set(scene)
    try:
        known = {**_common(request), **context}
        return request.app[TEMPLATES].get_template(template).render(known)
    finally:
        SCENE.reset(token)


async def page(
    request: web.Request, template: str, status: int = 200, **context: Any
) -> web.Response:
    """The page; a form shown again after a refusal brings its own status."""
    _refuse_form_of_others(request, context.get("form"))
    status = viewer(request).status if status == 200 else status
    text = render(request, template, **context)
    return web.Response(text=text, status=status, content_type="text/html")


def _refuse_form_of_others(request: web.Request, form: Any) -> None:
    """At a desk nobody is shown a form that her role may never send."""
    by, kind = viewer(request).by, command_named(form.kind) if form else None
    if by and kind and hasattr(request.match_info.handler, "staff"):
        access.check_kind(by, kind)


def _common(request: web.Request) -> dict[str, Any]:
    who = viewer(request)
    by = who.by
    return {
        "lang": language(request),
        "large": is_large(request),
        "by": by,
        "person": by.name if by else "",
        "party": by.party if by else None,
        "role": ROLES[by.role] if by else None,
        "roles": who.roles,
        "csrf": SCENE.get().csrf,
        "may": partial(_may, by),
        "nav": _nav(request),
        "path": request.path,
        "here": SCENE.get().here,
        "flash": _flash(request),
        "receipt": _receipt(request),
        "waiting": who.waiting,
        "request_id": current(),
        "position": _position(request.app[PLATFORM]),
        "breadcrumbs": [],
        "form": None,
        "title": None,
    }


def _may(by: Acting | None, command: str, row: Mapping[str, Any] | None = None) -> bool:
    """The same table that decides the POST decides the link."""
    if by is None:
        return False
    row = row or {}
    return access.may(by, command, row.get("relation"), row.get("state"))


def _nav(request: web.Request) -> list[tuple[str, Words]]:
    navs, by, first = request.app[NAVS], viewer(request).by, request.path.split("/")[1]
    if by is not None and (first in _HERS or first in PORTALS.values()):
        return nav_of(request.app, by)
    return navs.get(first) or navs.get("public", [])


def nav_of(app: web.Application, by: Acting) -> list[tuple[str, Words]]:
    """The navigation of who acts: of her role where that has one of its own, or of her portal."""
    portal = PORTALS.get(by.party.kind, "public")
    return app[NAVS].get(f"{portal} {by.role}") or app[NAVS].get(portal, [])


def _here(request: web.Request, **changes: str | None) -> str:
    """The address of this page with other query values; None takes one away."""
    kept = {} if request.path in _SECRET else request.query
    query = {k: v for k, v in kept.items() if k not in ("at", "done")} | changes
    given = {k: v for k, v in query.items() if v is not None}
    return "?" + str(request.rel_url.with_query(given).query_string)


def _flash(request: web.Request) -> Words | None:
    done = request.query.get("done")
    kind = command_named(done) if done else None
    if kind is None:
        return None
    return Words(f"已记录：{kind.SAYS.zh}", f"Recorded: {kind.SAYS.en}")


def _receipt(request: web.Request) -> int | None:
    """The position of what was just done, whose proof can be kept: where heads are signed."""
    at, signed = request.query.get("at", ""), request.app[PLATFORM].levels.logged
    return int(at) if signed and at.isdecimal() and len(at) < 16 else None


def command_named(name: str) -> type[Command] | None:
    """The command of this name, among all that are imported."""
    return next((k for k in _all_below(Command) if k.__name__ == name), None)


def _all_below(kind: type[Command]) -> list[type[Command]]:
    return [k for below in kind.__subclasses__() for k in (below, *_all_below(below))]


def _position(platform: Platform) -> int:
    """How far the views have read the log."""
    return platform.position
