"""Hamroh: what the bot knows and does. Nothing in here knows which button was pressed; that is `handlers`."""

import os

# Read by pyreqwest's allocator when pyreqwest is imported: with huge pages its first few KB take 8 MB of memory.
os.environ.setdefault("MIMALLOC_ALLOW_THP", "0")
