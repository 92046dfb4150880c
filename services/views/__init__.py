"""WHAT IS SEEN: views built from the log, asked through named questions; thrown away at will."""
