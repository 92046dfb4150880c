"""MIRROR: a party's own copy of the log, every byte of it checked before it is kept.

It lies in a directory like an exported bundle, so that `gongzhi verify bundle` reads it, and needs
neither database nor platform. What is downloaded must continue what is kept: a log that was
rewritten, or that shows others something else, is found by whoever mirrors it.
"""
