"""Accompanying: what lies in a bundle for people: how to check it, and a case to read."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from html import escape

import msgspec

from events.codec import decode
from events.event import CHINA
from events.words import Words
from services.heads.stored import Stored


def readme(language: str) -> str:
    """How to check the bundle, in Markdown."""
    return _README.say(language)


def case_page(number: str, events: Iterable[Stored], language: str) -> str:
    """A case as a page that needs nothing else: each event as a sentence and as it is stored."""
    title = _TITLE.fill(number=number).say(language)
    told = "\n".join(_event(event, language) for event in events)
    return _PAGE.format(
        language={"zh": "zh-CN"}.get(language, language),
        title=escape(title), intro=escape(_INTRO.say(language)), events=told,
    )  # fmt: skip


def _event(stored: Stored, language: str) -> str:
    event = decode(stored.entry.topic, stored.state, stored.position)
    when = datetime.fromtimestamp(stored.entry.recorded_at / 1000, UTC).astimezone(CHINA)
    state = json.dumps(
        msgspec.to_builtins(event), ensure_ascii=False, indent=2, sort_keys=True, default=str
    )
    head = _HEAD.fill(position=stored.position, when=f"{when:%Y-%m-%d %H:%M:%S}").say(language)
    return _EVENT.format(
        position=stored.position, head=escape(head), said=escape(event.said().say(language)),
        stored=escape(_STORED.say(language)), state=escape(state),
    )  # fmt: skip


_TITLE = Words("案件 {number} 的全部记录", "Everything recorded of case {number}")
_INTRO = Words(
    "按记录先后排列。每一条都附有证明文件（receipts 目录），核验方法见 README.md。",
    "In the order of recording. Each has a proof (folder receipts); see README.en.md.",
)
_HEAD = Words(
    "第 {position} 条 · 记录于 {when}（北京时间）", "No. {position} · recorded {when} (UTC+8)"
)
_STORED = Words("原始内容", "As it is stored")
_EVENT = """<li id="e{position}"><p class="head">{head}</p><p>{said}</p>
<details><summary>{stored}</summary><pre>{state}</pre></details></li>"""
_PAGE = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>
<style>
body {{ font: 1rem/1.6 "Noto Sans CJK SC", "Source Han Sans SC", sans-serif; max-width: 46rem;
  margin: 2rem auto; padding: 0 1rem; color: #0b0c0c; }}
ol {{ list-style: none; padding: 0; }} li {{ border-top: 1px solid #b1b4b6; padding: .8rem 0; }}
p {{ margin: .2rem 0; }} .head {{ color: #505a5f; font-variant-numeric: tabular-nums; }}
pre {{ white-space: pre-wrap; overflow-wrap: anywhere; font-size: .85rem; }}
@media print {{ details > pre {{ display: block; }} }}
</style></head>
<body><h1>{title}</h1><p>{intro}</p><ol>
{events}
</ol></body></html>
"""
_README = Words(
    """# 共治日志导出包

这个目录可以自己证明自己：里面的每一条记录是否原样存在于日志中、有没有被改动，
任何人都能核验，不需要我们的服务器，也不需要网络。

## 怎样核验

需要 Python 3.11 以上和它的 `cryptography` 包：

    python verify.pyz bundle .

结果只有一句话，退出码：0 通过，10 见证不足，20 日志出现过两个版本，30 已被改动，
40 格式不对，50 不完整。不通过时会说出第一条不符的位置和原因。
单独核验一份回执：`python verify.pyz receipt receipts/序号.tlog-proof`。

**policy.txt 说明认哪把日志密钥、哪些见证方。请与您手中的、或各方公布的比对；**
不要只相信包里的这一份。`verify.pyz` 也可以换成您自己的那一份：`--policy 文件`。

## 里面有什么

- `checkpoint`：签名的检查点（日志的大小和根哈希），及见证方的签名
- `tile/`、`states/`：整个日志的哈希、条目和内容（导出整个或部分日志时）
- `checkpoints/`：较早的检查点，核对记录时间用（`--time`）
- `receipts/`、`case.zh.html`、`case.en.html`：一个案件的证明和可读的全文（导出案件时）
- `SHA256SUMS`：其他文件的校验和，只能发现传输损坏

## 证明什么，不证明什么

证明：谁在什么时候记录了什么，此后没有被改动；见证达到法定数时，日志运营者自己也改不了。
不证明：记录的内容是否属实。法定数的见证方与运营者串通时，也可以另造一份日志。
本包可能含有个人信息，请依法保管。
""",
    """# Export of the Gongzhi log

This directory proves itself: whether each record stands in the log as it was written, unchanged,
can be checked by anybody, without our server and without a network.

## How to check

With Python 3.11 or later and its package `cryptography`:

    python verify.pyz --lang en bundle .

It prints its finding; exit codes: 0 ok, 10 too few witnesses, 20 the log has had two versions,
30 tampered, 40 malformed, 50 incomplete. Where it fails, it names the first place and why.
One receipt alone: `python verify.pyz --lang en receipt receipts/POSITION.tlog-proof`.

**policy.txt says which log key and which witnesses count. Compare it with the one you hold, or
with what the parties have published;** do not take this copy on trust. You may use a `verify.pyz`
of your own as well, with `--policy FILE`.

## What is in it

- `checkpoint`: the signed head (size and root of the log), with the witnesses' signatures
- `tile/`, `states/`: hashes, entries and states of the log (of a whole log or a part of it)
- `checkpoints/`: older heads, which bound the times of recording (`--time`)
- `receipts/`, `case.zh.html`, `case.en.html`: proofs and readable text of one case (of a case)
- `SHA256SUMS`: of all other files; finds damage, nothing else

## What it proves, and what not

It proves who recorded what and when, and that it was not changed since; with a quorum of witnesses
not even by who runs the log. It does not prove that what was recorded is true. A quorum of
witnesses together with the operator could make another log. It may hold personal data: keep it as
the law asks.
""",
)
