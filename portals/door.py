"""The door: what cannot be read as a request at all is refused in a sentence, as no fault of ours.

aiohttp answers such things before any of our middlewares: with the sender's own bytes, without
our headers, and with a traceback in the log for each.
"""

from __future__ import annotations

import asyncio
import logging

from aiohttp import web
from aiohttp.web_request import BaseRequest

from portals.headers import ALWAYS, POLICY

log_ = logging.getLogger("gongzhi.portals")

_SAID = (
    "请求不能读取，没有处理：地址太长，或者格式不对。请返回首页重新打开。\n"
    "This request cannot be read and was not done: its address is too long, or it is malformed. "
    "Start again from the first page.\n"
)
_FAULT = "系统出错，已记入日志。\nAn error of ours; it is in the log.\n"


class _Visit(web.RequestHandler):
    """One connection."""

    def handle_error(
        self,
        request: BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,
    ) -> web.StreamResponse:
        """Never says what was sent: nobody is shown another's bytes under our name."""
        if status >= 500:
            log_.error("a request came to nothing: %r", exc, exc_info=exc)
        else:
            log_.info("what came is no request: %s", type(exc).__name__)
        if request.writer.output_size > 0:
            raise ConnectionError("an answer was begun already")
        kept = {"Content-Security-Policy": POLICY, **ALWAYS, "Cache-Control": "no-store"}
        text = _FAULT if status >= 500 else _SAID
        answer = web.Response(status=status, text=text, headers=kept)
        answer.force_close()
        return answer


class _Server(web.Server):
    def __call__(self) -> web.RequestHandler:
        return _Visit(self, loop=self._loop, **self._kwargs)


class Runner(web.AppRunner):
    """Runs an application behind this door."""

    async def _make_server(self) -> web.Server:
        made = await super()._make_server()
        return _Server(
            made.request_handler, request_factory=made.request_factory,
            handler_cancellation=made.handler_cancellation,
            loop=asyncio.get_running_loop(), **made._kwargs,
        )  # fmt: skip
