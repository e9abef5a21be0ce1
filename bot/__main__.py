"""`python -m bot`: the command line."""

import logging
import os
import sys

from bot.cli import main

code = main()
# Threads of the HTTP library may be at work in Python still. While it is taken down under them, they abort the process.
logging.shutdown()
sys.stdout.flush()
sys.stderr.flush()
os._exit(code)
