"""`python -m bot`: the command line."""

import logging
import os
import sys
from contextlib import suppress

from bot.cli import main

try:
    code = main()
except SystemExit as ended:  # a word of the command line was wrong, or asked for help
    code = ended.code if isinstance(ended.code, int) else 0
# Threads of the HTTP library may be at work in Python still. While it is taken down under them, they abort the process.
logging.shutdown()
for stream in (sys.stdout, sys.stderr):
    with suppress(AttributeError, OSError):  # there is none, or nobody reads it
        stream.flush()
os._exit(code)
