"""The complaint register: every complaint with its state, for the bodies that handle it."""

from services.views.complaint_register.register import ComplaintRegister

__all__ = ["ComplaintRegister"]
