"""The platform as tests open it: with a keyring and a place for files of their own."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from typing import Any

from events.keyring import INFORMANTS, PERSONS, Keyring
from services.platform import Platform
from services.platform import open_platform as _open_platform
from services.vault_keys import Given
from tests.database import files_of

RING = Keyring([bytes(range(32))])
INFORMANT_RING = Keyring([bytes(range(1, 33))], INFORMANTS)
PLACES = {PERSONS: Given(RING), INFORMANTS: Given(INFORMANT_RING)}
#: A person in some matter, for events that a test makes itself.
SUBJECT = "01900000-0000-7000-8000-0000000000ee"


def open_platform(owner: str, app: str, **how: Any) -> AbstractAsyncContextManager[Platform]:
    """The platform of this database, with the keys and the files that belong to it."""
    return _open_platform(owner, app, **{"keys": PLACES, "files": files_of(owner), **how})
