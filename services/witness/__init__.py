"""WITNESS: a party's own small process that says which head of a log it saw, and when.

It keeps one head for each log it knows and cosigns only what continues it (C2SP tlog-witness
v1.0.0). Whoever rewrites the log finds no witness that signs the new history. It has no part in
the platform: its own directory with key, list of logs and an SQLite file.
"""
