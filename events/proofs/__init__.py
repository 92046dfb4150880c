"""PROOFS: what log, witness, mirror and every party's own verifier share.

It imports the standard library and `cryptography` only, so that a party can check with this package
alone, offline, shipped as one file (`python verify.pyz …`, `writing.write_verifier`). Formats are
those of C2SP: signed-note, tlog-checkpoint, tlog-cosignature, tlog-tiles, tlog-proof, tlog-policy;
hashing is RFC 6962 with SHA-256. Leaf i is the log's record i + 1.

A bundle, as it is exported and mirrored, is a directory:

    checkpoint              the latest head, a signed note with cosignatures
    tile/L/N[.p/W]          hashes of the tree: all tiles of the head's size
    tile/entries/N[.p/W]    the leaf entries (`entries`)
    states/N[.p/W]          the states beside a bundle of entries (`states`): each says whether it
                            is there, not included (who exported it may not read it), or erased and
                            by which event; no file where none of its states is included
    extent.json             only in a part of a log: {"from":leaf,"to":leaf} of the entries in it
    checkpoints/SIZE        older heads, each of which must be of this very tree
    rfc3161/SIZE.tsr        a time stamp of the head of the same name (its text, or the whole note)
    receipts/*.tlog-proof   receipts (`receipts`); a case's bundle may hold these alone
    policy.txt              tlog-policy: which log, which witnesses, how many of them
    verify.pyz, README.*    this verifier and how to use it
    SHA256SUMS              of all other files: finds damage, proves nothing against a forger

What a state has to hold so that its author can show her own text later, and nobody else can guess
it, stands in `commitments`.
"""
