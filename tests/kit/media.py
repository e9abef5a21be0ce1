"""What users send in the tests."""

import base64
from typing import Final

PIXEL: Final = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
LONG_TEXT: Final = "жук " * 1_500 + "gate 3"  # phones cut it in two
