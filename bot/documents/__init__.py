"""Files that people send and get, read and written by a process of their own.

A file that somebody else made may take any time and memory; the bot's process gives it neither.
"""
