"""WHAT MAY BE DONE: commands, actions and the aggregates that hold the rules.

Knows events; knows no view, no HTTP, no SQL.
"""
