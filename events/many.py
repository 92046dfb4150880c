"""Many: one act on several cases at once, what came of it for each, and its undoing.

The acts themselves stand in the streams of the cases; here is what was asked in one go and what
was answered, refusals too, all under one correlation.
"""

from __future__ import annotations

from events.assigning import Officer
from events.event import Event, PartyRef, Value
from events.evidence import CASES
from events.words import Code, Words

#: What can be done with several cases at once: nothing that needs words for each.
ACTS = Code(
    "many_act",
    {
        "claim": Words("由我承办", "take charge"),
        "assign": Words("指派承办人", "put somebody in charge"),
        "hand-over": Words("变更承办人", "hand over"),
        "return": Words("退回待领", "return to the pool"),
    },
)
RESULTS = Code(
    "many_result",
    {
        "done": Words("已办", "done"),
        "same": Words("原已如此", "was so already"),
        "refused": Words("未办", "refused"),
    },
)


class Item(Value, frozen=True, kw_only=True):
    """What came of it for one case; `zh` and `en` say why where it was refused."""

    record: str
    number: str
    result: str
    zh: str = ""
    en: str = ""
    #: Who was in charge before.
    former: Officer | None = None


class ManyEvent(Event, frozen=True, kw_only=True):
    """About one act on several cases of one kind; for the acting party alone."""

    act: str
    case: str
    items: list[Item]
    only_for: str

    def _values(self) -> dict[str, object]:
        said = {each: str(sum(i.result == each for i in self.items)) for each in RESULTS.terms}
        about = {"act": ACTS[self.act], "case": CASES[self.case], "n": str(len(self.items))}
        return {**super()._values(), **said, **about}


class ManyActed(ManyEvent, frozen=True, kw_only=True):
    """Somebody did the same with several cases."""

    TOPIC = "many-acted"
    SAYS = Words(
        "{by} 对 {n} 件{case}批量办理“{act}”：已办 {done}，原已如此 {same}，未办 {refused}",
        "{by} acted on {n} cases ({case}) at once, {act}: {done} done, {same} so already, "
        "{refused} refused",
    )

    to: PartyRef | None = None
    officer: Officer | None = None


class ManyUndone(ManyEvent, frozen=True, kw_only=True):
    """What was done with several cases was undone, each by an act of its own."""

    TOPIC = "many-undone"
    SAYS = Words(
        "{by} 撤销了对 {n} 件{case}的批量办理“{act}”：已撤销 {done} 件，未能撤销 {refused} 件",
        "{by} undid what was done with {n} cases ({case}) at once, {act}: {done} undone, "
        "{refused} could not be",
    )
