"""HEADS: what is signed of the log, so that nobody, its operator included, can rewrite it unseen.

The tree grows with every append (`events/tree.sql`). Here its head is signed and published, and
tiles and proofs are read from it for whoever wants to check (`events/proofs`).
"""
