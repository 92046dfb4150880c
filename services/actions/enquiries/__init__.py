"""Enquiries (咨询): a small record, asked and answered, asked on and answered again.

No complaint and no report (Order 121 §44), so no clock of the law runs. `enquiry` is the record;
`asking`, `answering`, `undoing` and `erasure` hold the commands, actions and rules.
"""

from services.actions.enquiries.answering import (
    AnswerEnquiry,
    answer,
    answer_enquiry,
)
from services.actions.enquiries.asking import (
    AskOn,
    RecordEnquiry,
    SubmitEnquiry,
    ask_further,
    ask_on,
    missing,
    receive,
    record_enquiry,
    submit_enquiry,
)
from services.actions.enquiries.enquiry import STATES, Enquiry, OnEnquiry, asker
from services.actions.enquiries.erasure import (
    CheckAskerErasure,
    EraseAsker,
    RefuseAskerErasure,
    RequestAskerErasure,
    asker_erasure_step,
    possible,
)
from services.actions.enquiries.undoing import (
    ReverseEnquiryImport,
    TakeBackEnquiry,
    reverse_enquiry_import,
    reverse_import,
    take_back,
)

__all__ = [
    "STATES", "AnswerEnquiry", "AskOn", "CheckAskerErasure", "Enquiry", "EraseAsker", "OnEnquiry",
    "RecordEnquiry", "RefuseAskerErasure", "RequestAskerErasure", "ReverseEnquiryImport",
    "SubmitEnquiry", "TakeBackEnquiry", "answer", "answer_enquiry", "ask_further", "ask_on",
    "asker", "asker_erasure_step", "missing", "possible", "receive", "record_enquiry",
    "reverse_enquiry_import", "reverse_import", "submit_enquiry", "take_back",
]  # fmt: skip
