"""Report: what a check found, to be printed, sent on as JSON, or shown on a page."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from events.proofs.verdicts import Failed, Said, Verdict


@dataclass
class Report:
    """The verdict, the sentence that explains it, and what else was seen."""

    verdict: Verdict = Verdict.OK
    #: Where and why it failed; or what was shown.
    said: Said = field(default_factory=lambda: Said("", ""))
    notes: list[Said] = field(default_factory=list)
    figures: dict[str, int] = field(default_factory=dict)

    def note(self, zh: str, en: str) -> None:
        """One more thing that the reader should know."""
        self.notes.append(Said(zh, en))

    def fail(self, failed: Failed) -> Report:
        """The check ended with this failure."""
        self.verdict, self.said = failed.verdict, failed.said
        return self

    def text(self, language: str) -> str:
        """Some lines for people: the verdict first."""
        mark = "✓" if self.verdict is Verdict.OK else "✗"
        name = VERDICTS[self.verdict].say(language)
        lines = [f"{mark} {name}{'：' if language != 'en' else ': '}{self.said.say(language)}"]
        return "\n".join([*lines, *(f"  {note.say(language)}" for note in self.notes)])

    def as_json(self) -> str:
        """For programs: verdict, exit code, sentences in both languages, figures."""
        found: dict[str, Any] = {
            "verdict": self.verdict.name.lower(),
            "code": int(self.verdict),
            "said": self.said._asdict(),
            "notes": [note._asdict() for note in self.notes],
            "figures": self.figures,
        }
        return json.dumps(found, ensure_ascii=False)


VERDICTS = {
    Verdict.OK: Said("核验通过", "Verified"),
    Verdict.UNWITNESSED: Said("见证不足", "Not witnessed"),
    Verdict.DIVERGED: Said("出现分叉", "Diverged"),
    Verdict.TAMPERED: Said("已被改动", "Tampered with"),
    Verdict.MALFORMED: Said("格式不对", "Malformed"),
    Verdict.INCOMPLETE: Said("不完整", "Incomplete"),
}
