"""People (人员): who may sign in, and which role she holds in which party.

A person is entered once under a sign-in name, which is hers for ever: her id is derived from
it, so that no name is given to two people, not even by two administrators at once. She holds
at most one role in a party, because a session acts for a party in one role; whoever needs
another role in the same party gets it instead of the first.

An administrator looks after the people of her own party. Someone who also works for others
is looked after by the operator: else one party's administrator could set a new password and
act as that person elsewhere. Nobody disables herself or takes her own role, so that a party
is not left without an administrator by a slip.

The password stands nowhere in the log; `services/accounts.py` writes it beside the event.

Open dilemma: a disabled person stays disabled; back in office she is entered under a new name.

`person` is the record with its rules; `entering` and `account` hold the commands on it.
"""

from services.actions.people.account import (
    AskPasswordReset,
    DisablePerson,
    ReplacePassword,
    ResetFactors,
    UnlockSignIn,
    ask_password_reset,
    disable_person,
    replace_password,
    reset_factors,
    unlock_sign_in,
)
from services.actions.people.entering import (
    EnrolPerson,
    GrantRole,
    WithdrawRole,
    enrol_person,
    grant_role,
    withdraw_role,
)
from services.actions.people.person import (
    ADMINISTRATORS,
    ROLES_OF,
    SEPARATE,
    STATES,
    OnPerson,
    Person,
    person_id,
    relation,
    roles_for,
)

__all__ = [
    "ADMINISTRATORS",
    "ROLES_OF",
    "SEPARATE",
    "STATES",
    "AskPasswordReset",
    "DisablePerson",
    "EnrolPerson",
    "GrantRole",
    "OnPerson",
    "Person",
    "ReplacePassword",
    "ResetFactors",
    "UnlockSignIn",
    "WithdrawRole",
    "ask_password_reset",
    "disable_person",
    "enrol_person",
    "grant_role",
    "person_id",
    "relation",
    "replace_password",
    "reset_factors",
    "roles_for",
    "unlock_sign_in",
    "withdraw_role",
]
