"""The table of rights, one module per subject; printed by `gongzhi access table`."""

from __future__ import annotations

from services.access import Right
from services.rights.archives import ARCHIVES
from services.rights.assigning import ASSIGNING
from services.rights.clocks import CLOCKS
from services.rights.complaints import COMPLAINTS
from services.rights.enforcement import FOLLOW_UPS
from services.rights.evidence import EVIDENCE
from services.rights.imports import IMPORTS
from services.rights.indicators import INDICATORS
from services.rights.instruments import INSTRUMENTS
from services.rights.letters import LETTERS
from services.rights.log_keys import LOG_KEYS
from services.rights.many import MANY
from services.rights.notes import NOTES
from services.rights.parties import PARTIES
from services.rights.people import PEOPLE
from services.rights.pledges import PLEDGES
from services.rights.reports import REPORTS
from services.rights.sharing import SEEING, SHARING
from services.rights.submissions import SUBMISSIONS

TABLE: tuple[Right, ...] = (
    *ARCHIVES,
    *PARTIES,
    *PEOPLE,
    *PLEDGES,
    *FOLLOW_UPS,
    *EVIDENCE,
    *IMPORTS,
    *INDICATORS,
    *INSTRUMENTS,
    *LOG_KEYS,
    *CLOCKS,
    *COMPLAINTS,
    *LETTERS,
    *MANY,
    *NOTES,
    *SHARING,
    *SEEING,
    *REPORTS,
    *ASSIGNING,
    *SUBMISSIONS,
)
