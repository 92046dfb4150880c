"""All measurements, in the order in which they are made and shown; a new one is one line here."""

from __future__ import annotations

from events.words import Words
from tests.bench import (
    appends,
    clocks,
    copying,
    following,
    growth,
    heads,
    listing,
    lodging,
    maintenance,
    pages,
    proofs,
    resident,
    tree,
    views,
)
from tests.bench.bench import Measurement

MEASUREMENTS: dict[str, Measurement] = {
    "appends": Measurement(appends.rows, Words("写入日志", "writing to the log"), 95),
    "bulk": Measurement(copying.rows, Words("整批写入", "bulk append"), 15),
    "tree": Measurement(tree.rows, Words("树", "the tree"), 20),
    "heads": Measurement(heads.rows, Words("签名、证明、见证", "heads, proofs, witnesses"), 45),
    "growth": Measurement(growth.rows, Words("日志变长", "a growing log"), 35),
    "maintenance": Measurement(maintenance.rows, Words("维护数据库", "maintenance"), 40),
    "following": Measurement(following.rows, Words("跟随日志", "following the log"), 90),
    "views": Measurement(views.rows, Words("建立视图", "building views"), 60),
    "listing": Measurement(listing.rows, Words("列表页与 Django", "a list page beside Django"), 20),
    "lodging": Measurement(lodging.rows, Words("提交投诉与 Django", "lodging beside Django"), 25),
    "proofs": Measurement(proofs.rows, Words("离线核验", "offline verification"), 15),
    "clocks": Measurement(clocks.rows, Words("期限", "clocks"), 90),
    "resident": Measurement(resident.rows, Words("平台占用", "what the platform takes"), 20),
    "pages": Measurement(pages.rows, Words("列表和查找", "lists and searches"), 300),
}
