"""Words say dates as people do, in both languages."""

from __future__ import annotations

from datetime import date

from events.words import Words, in_words


def test_a_date_is_said_as_people_say_it() -> None:
    assert in_words(date(2026, 12, 4)) == ("2026年12月4日", "4 December 2026")


def test_a_date_in_a_sentence_is_said_in_its_language() -> None:
    asked = Words("要求 {due}前答复", "answer due {due}").fill(due=date(2026, 12, 4))
    assert asked == ("要求 2026年12月4日前答复", "answer due 4 December 2026")
