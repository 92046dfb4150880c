"""The platform as tests open it: with a keyring of their own."""

from __future__ import annotations

from functools import partial

from events.keyring import INFORMANTS, PERSONS, Keyring
from services.platform import open_platform as _open_platform
from services.vault_keys import Given

RING = Keyring([bytes(range(32))])
INFORMANT_RING = Keyring([bytes(range(1, 33))], INFORMANTS)
PLACES = {PERSONS: Given(RING), INFORMANTS: Given(INFORMANT_RING)}
open_platform = partial(_open_platform, keys=PLACES)
#: A person in some matter, for events that a test makes itself.
SUBJECT = "01900000-0000-7000-8000-0000000000ee"
