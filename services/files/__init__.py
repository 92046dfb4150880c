"""Files: bytes that events only name: taken in, sealed, scanned, copied for others, given out."""
