"""Complaints of the demo: in every state, some referred as clues and taken up by regulators."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import TypedDict
from uuid import UUID

import msgspec

from deploy.demo.courses import follow_courses
from deploy.demo.enforcement import Matter, Pursuit
from deploy.demo.loading import FIRST, LAST, Bundle, later, load_bundle, record_id, some_day
from deploy.demo.lodging import Respondent, register, respondent, told, unit_of, wrong_import
from deploy.demo.people import clerk
from deploy.demo.province import units
from deploy.demo.stories import (
    OF_UNITS,
    REFUSED,
    RETURNED,
    STORIES,
    TERMINATED,
    TERMS,
    TRANSFERRED,
    WITHDRAWN,
    Story,
)
from events.event import Acting
from events.terms import Money
from services.actions import complaints as c
from services.actions.assigning import ClaimRecord, claim_record
from services.actions.change import load
from services.actions.hand_over import (
    AcceptHandOver,
    OfferHandOver,
    accept_hand_over,
    offer_hand_over,
)
from services.platform import Platform

_EACH = 30
#: How many complaints stand in which state on the last day.
STATES = {
    "received": 24, "accepted": 20, "refused": 14, "mediating": 34, "agreed": 22,
    "terminated": 18, "withdrawn": 14, "closed": 158,
}  # fmt: skip
#: How many days before the last day it came in: earliest, latest.
_CAME = {
    "received": (16, 0), "accepted": (30, 4), "refused": (45, 10), "mediating": (80, 12),
    "agreed": (90, 50), "terminated": (120, 60), "withdrawn": (500, 20),
    "closed": ((LAST - FIRST).days, 100),
}  # fmt: skip
#: How far a regulator has come with a clue after so many days.
_REACHED = ((120, "closed"), (75, "passed"), (45, "answered"), (20, "delivered"), (8, "issued"))


async def lodge(platform: Platform) -> None:
    """All complaints, those in the rarer steps, and one import that was taken back."""
    ends = [state for state, count in STATES.items() for _ in range(count)]
    for first in range(0, len(ends), _EACH):

        async def fill(bundle: Bundle, first: int = first) -> None:
            for n, end in enumerate(ends[first : first + _EACH], start=first):
                await Dispute(bundle, n, end).run()

        await load_bundle(platform, f"complaints {first}", fill)
    await load_bundle(platform, "courses", follow_courses)
    await load_bundle(platform, "wrong import", wrong_import)


#: Complaints about units of the district whose regulator can sign in; the capital's council.
_AT_HOME = (3, 43, 62, 68, 83, 123, 163, 203)
#: Complaints that the capital's council is asked to take over.
_OFFERED = (6, 9)


def _about(draw: Random, n: int) -> tuple[Story, Respondent]:
    """What the n-th complaint is about, and whom: at home, the unit whose contact can sign in."""
    if n in _AT_HOME:
        return STORIES[0], unit_of(units()[0])
    story = draw.choice(OF_UNITS if draw.random() < 0.4 else STORIES)
    return story, respondent(draw, story, "3501" if n % 4 == 0 else "35")


class Said(TypedDict):
    """By whom and when a step is taken, and on which complaint."""

    by: Acting
    occurred_on: date
    complaint: UUID


class Dispute:
    """One complaint on its way."""

    def __init__(self, bundle: Bundle, n: int, end: str) -> None:
        self.bundle, self.n, self.end, self.draw = bundle, n, end, bundle.chance
        self.story, self.who = _about(self.draw, n)
        earliest, latest = _CAME[end]
        self.on = some_day(
            self.draw, LAST - timedelta(days=earliest), LAST - timedelta(days=latest)
        )
        self.id = record_id(self.on, f"complaint {n}")
        self.by = self._handler()
        self.money = self.draw.randint(self.story.least, self.story.most)
        self.clue = bool(self.story.clue) and (n % 3 != 1 or n in _AT_HOME)

    def _handler(self) -> Acting:
        """The capital's council, the city's, or the county's; now and then the regulator."""
        if self.n % 4 == 0 or self.n in _AT_HOME:
            return clerk("council", "350100")
        if self.n % 4 == 1:
            return clerk("council", self.who.division[:4] + "00")
        return clerk("regulator" if self.n % 8 == 2 else "council", self.who.division)

    async def run(self) -> None:
        """From the day it came in to where it stands at the end."""
        about = told(self.draw, self.story, self.who, self.on, self.money)
        await register(self.bundle, self.id, self.on, self.by, about)
        if self.n % 17 == 5:
            await self.transfer()
        if self.end == "received":
            if self.n in _OFFERED:
                await self.offer(clerk("council", "350100"))
            return
        if self.by.party.id == clerk("council", "350100").party.id and self.n % 3:
            claims = ClaimRecord(by=self.by, occurred_on=self.on, kind="complaint", record=self.id)
            await self.bundle.do(claim_record, claims)
        if self.end == "withdrawn" and self.n % 2:
            return await self.withdraw()
        if self.end == "refused" or (self.end == "closed" and self.n % 9 == 4):
            await self.refuse()
        else:
            await self.settle()
        if self.end == "closed":
            await self.close()

    async def settle(self) -> None:
        """Accepted, mediated, ended; where there are signs of a violation, referred."""
        self.on = later(self.draw, self.on, 1, 6)
        await self.bundle.do(c.accept_complaint, c.AcceptComplaint(**self._said()))
        if self.end == "accepted":
            return
        self.on = later(self.draw, self.on, 2, 8)
        await self.bundle.do(c.start_mediation, c.StartMediation(**self._said()))
        if self.clue and self.by.party.kind == "council":
            await self.refer()
        elif self.clue:
            await self.take_up(self.by, "complaint")
        if self.end == "withdrawn":
            await self.withdraw()
        elif self.end == "terminated" or (self.end == "closed" and self.n % 4 == 3):
            await self.terminate()
        elif self.end != "mediating":
            await self.agree()

    async def agree(self) -> None:
        """With what the consumer gets back, and mostly her view."""
        self.on = later(self.draw, self.on, 5, 30)
        remedy = self.draw.choice(sorted(TERMS))
        agrees = c.RecordAgreement(**self._said(), remedy=remedy, terms=TERMS[remedy])
        await self.bundle.do(c.record_agreement, agrees)
        if remedy in ("refund", "compensation", "return", "price_cut"):
            share = 100 if remedy in ("refund", "return") else self.draw.randint(20, 80)
            restores = c.RecordRestitution(**self._said(), amount=Money(minor=self.money * share))
            await self.bundle.do(c.record_restitution, restores)
        await self.rate(0.88)

    async def terminate(self) -> None:
        self.on = later(self.draw, self.on, 8, 45)
        ground, reason = self.draw.choice(TERMINATED)
        ends = c.TerminateMediation(**self._said(), ground=ground, reason=reason)
        await self.bundle.do(c.terminate_mediation, ends)
        await self.rate(0.25)

    async def rate(self, content: float) -> None:
        """Two of three consumers say whether they are satisfied, some of them online."""
        if self.draw.random() < 0.34:
            return
        itself = self.draw.random() < 0.5
        by = c.complainant(self.id) if itself else _by_phone(self.by)
        says = c.StateSatisfaction(
            **self._said(by), satisfied=self.draw.random() < content
        )  # fmt: skip
        await self.bundle.do(c.state_satisfaction, says)

    async def refuse(self) -> None:
        self.on = later(self.draw, self.on, 1, 5)
        ground, reason = self.draw.choice(REFUSED)
        refuses = c.RefuseComplaint(**self._said(), ground=ground, reason=reason)
        await self.bundle.do(c.refuse_complaint, refuses)

    async def withdraw(self) -> None:
        self.on = later(self.draw, self.on, 1, 8)
        withdraws = c.WithdrawComplaint(
            **self._said(c.complainant(self.id)), reason=self.draw.choice(WITHDRAWN)
        )
        await self.bundle.do(c.withdraw_complaint, withdraws)

    async def close(self) -> None:
        self.on = later(self.draw, self.on, 1, 10)
        await self.bundle.do(c.close_complaint, c.CloseComplaint(**self._said()))

    async def transfer(self) -> None:
        """To the council of the county where the enterprise is, else of its city."""
        self.on = later(self.draw, self.on, 0, 2)
        there = clerk("council", self.who.division)
        if there.party.id == self.by.party.id:
            there = clerk("council", self.who.division[:4] + "00")
        reason = self.draw.choice(TRANSFERRED)
        await self.offer(there, reason)
        accepts = AcceptHandOver(
            by=there, occurred_on=self.on, kind="complaint", record=self.id
        )  # fmt: skip
        await self.bundle.do(accept_hand_over, accepts)
        self.by = there

    async def offer(self, to: Acting, reason: str = "被投诉人在贵单位辖区经营") -> None:
        """Another council is asked to take it."""
        offers = OfferHandOver(
            by=self.by, occurred_on=self.on, kind="complaint", record=self.id, to=to.party,
            reason=reason,
        )  # fmt: skip
        await self.bundle.do(offer_hand_over, offers)

    # -- what a regulator makes of it ------------------------------------------------------

    async def refer(self) -> None:
        """The clue goes to the regulator of the county, which takes it up, returns it or waits."""
        self.on = later(self.draw, self.on, 1, 5)
        to = clerk("regulator", self.who.division)
        refers = c.ReferClue(**self._said(), to=to.party, reason=self.story.clue)
        await self.bundle.do(c.refer_clue, refers)
        if self.n % 6 == 0 or (self.end == "closed" and self.who.unit is None):
            self.on = later(self.draw, self.on, 1, 4)
            returns = c.ReturnReferral(**self._said(to), reason=self.draw.choice(RETURNED))
            await self.bundle.do(c.return_referral, returns)
        elif self.n % 2 or self.end == "closed":
            await self.take_up(to, "referral")

    async def take_up(self, to: Acting, source: str) -> None:
        """As far as there was time for it; a business that nobody supervises yet has no record."""
        if self.who.unit is None:
            return
        days = (LAST - self.on).days
        end = next((state for least, state in _REACHED if days >= least), "opened")
        number = (await load(self.bundle, c.Complaint, self.id)).number
        matter = Matter(
            name=f"complaint {self.n}", unit=self.who.unit, by=to, source=source,
            matter=self.story.clue, since=self.on, end=end,
            source_number=number, complaint=str(self.id),
            raised_by=self.by.party if source == "referral" else None,
            directive="rectification" if self.n % 3 else "warning_letter",
        )  # fmt: skip
        await Pursuit(self.bundle, matter).run()

    def _said(self, by: Acting | None = None) -> Said:
        return Said(by=by or self.by, occurred_on=self.on, complaint=self.id)


def _by_phone(by: Acting) -> Acting:
    """The clerk, who writes down what the consumer said on the telephone."""
    return msgspec.structs.replace(by, channel="phone", on_behalf_of="消费者")
