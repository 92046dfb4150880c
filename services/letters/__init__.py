"""LETTERS: the official forms, filled from recorded facts alone, set as tagged PDF.

`forms` says which form can be made of a record and what it needs, `facts` takes that from the
record's events, `typesetting` sets it; what was set is kept like any file of the record
(`services/actions/letters/`).
"""
