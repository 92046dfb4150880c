"""The demo province (演示省): invented people and enterprises in Fujian's real divisions.

Everything is recorded by the commands that people use, refused like theirs; the published
figures of the province are then computed from these events.
"""

from __future__ import annotations

from deploy.demo import (
    archives,
    complaints,
    enforcement,
    enquiries,
    evidence,
    figures,
    instruments,
    parties,
    people,
    pledges,
    reports,
    risk,
    sharing,
)
from deploy.demo.loading import Bundle, Say, load_bundle
from deploy.demo.people import tell_sign_ins
from services.platform import Platform

__all__ = ["load", "tell_sign_ins"]


async def load(platform: Platform, say: Say) -> None:
    """Load what is not there yet; a load that was interrupted goes on where it stopped."""
    await people.set_up(platform)
    say("正在装入演示省：单位和人员……", "Loading the demo: bodies and people…")
    await parties.enter_bodies(platform)
    await load_bundle(platform, "associations", parties.enter_associations)
    await load_bundle(platform, "outside parties", parties.enter_outside_parties)
    await load_bundle(platform, "contacts", parties.state_contacts)

    async def staff(bundle: Bundle) -> None:
        await people.enrol_staff(platform, bundle)

    await load_bundle(platform, "staff", staff)
    await load_bundle(platform, "risk desk", risk.name_desk)
    say("企业档案、检查和培训……", "Archives, checks and training…")
    await archives.enrol_units(platform)
    await archives.hold_trainings(platform)
    await parties.admit_members(platform)
    say("责令改正、投诉和自律承诺……", "Orders, complaints and pledges…")
    await pledges.make_pledges(platform)
    await enforcement.follow_up(platform)
    await complaints.lodge(platform)
    await reports.report(platform)
    await enquiries.ask(platform)
    await instruments.issue(platform)
    say("正在更新视图……", "Building the views…")
    await platform.catch_up()
    await evidence.hand_in(platform)
    await sharing.share(platform)
    await platform.catch_up()
    await figures.publish(platform)
    await platform.catch_up()
    say("演示省已装入。", "The demo is loaded.")
