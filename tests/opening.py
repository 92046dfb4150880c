"""The platform as tests open it: with a keyring and a place for files of their own."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import partial
from pathlib import Path

from events.keyring import INFORMANTS, PERSONS, Keyring
from services.platform import open_platform as _open_platform
from services.vault_keys import Given

RING = Keyring([bytes(range(32))])
INFORMANT_RING = Keyring([bytes(range(1, 33))], INFORMANTS)
PLACES = {PERSONS: Given(RING), INFORMANTS: Given(INFORMANT_RING)}
#: Evidence files of all platforms of these tests; what is kept twice is the same.
FILES = Path(tempfile.mkdtemp(prefix="gongzhi-files-"))
atexit.register(shutil.rmtree, FILES, ignore_errors=True)
open_platform = partial(_open_platform, keys=PLACES, files=FILES)
#: A person in some matter, for events that a test makes itself.
SUBJECT = "01900000-0000-7000-8000-0000000000ee"
