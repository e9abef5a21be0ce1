"""What was issued is printed as it was issued: a template that certificates were made with never changes."""

import hashlib
from pathlib import Path

from bot.documents import certificate

# Another design is another file, `certificate_2.typ`, with a line here; no line ever changes.
DIGESTS = {"certificate_1.typ": "7ae9d97f6e42add4990d74e856eda7bbfb784c4dc23926165a394a3835bf58a0"}


def test_no_template_has_changed_or_is_gone() -> None:
    folder = Path(certificate.__file__).parent
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.glob("certificate_*.typ")}
    assert found == DIGESTS
    assert f"certificate_{certificate.TEMPLATE}.typ" in DIGESTS
