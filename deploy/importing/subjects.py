"""Subjects: what a register can be about, and what its rows become here."""

from __future__ import annotations

from typing import NamedTuple

from deploy.importing.complaint_mapping import ComplaintMapping
from deploy.importing.complaint_rows import ComplaintHistory
from deploy.importing.letter_mapping import LetterMapping
from deploy.importing.letter_rows import LetterHistory
from deploy.importing.mapping import Mapping
from deploy.importing.reading import Reading
from events.words import Words
from services import numbers
from services.actions.aggregate import Aggregate
from services.actions.complaints import Complaint
from services.actions.enquiries import Enquiry


class Subject(NamedTuple):
    """Its mapping, how a row is read, the record that comes of it, and how that is called."""

    mapping: type[Mapping]
    reading: type[Reading]
    record: type[Aggregate]
    series: str
    word: Words


SUBJECTS = {
    "complaints": Subject(
        ComplaintMapping, ComplaintHistory, Complaint, numbers.COMPLAINT,
        Words("投诉", "complaint"),
    ),
    "letters": Subject(
        LetterMapping, LetterHistory, Enquiry, numbers.ENQUIRY, Words("来信", "letter")
    ),
}  # fmt: skip
