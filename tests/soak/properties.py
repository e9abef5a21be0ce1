"""The state machines and the other properties with more examples than `make test` has time for: a plugin of pytest.

HYPOTHESIS_EXAMPLES in the environment says how many; `--hypothesis-seed` which.
"""

import os
import subprocess
import sys
import time
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, settings

from tests.soak.process_run import ROOT

# Outbox, inbox, planner and rate limiter: what may never lose, double or rush anything.
TESTS: Final = (
    "tests/store/test_outbox.py",
    "tests/store/test_inbox.py",
    "tests/delivery",
    "tests/messages",
    "tests/test_rate_limiter.py",
    "tests/test_rate_limiter_machine.py",
)
_ATTRIBUTE: Final = "_hypothesis_internal_use_settings"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep the tests that hypothesis drives, and let it drive them longer."""
    count = int(os.environ["HYPOTHESIS_EXAMPLES"])
    driven = []
    for item in items:
        machine = getattr(getattr(item, "cls", None), "settings", None)
        function: Any = getattr(item, "function", None)
        if isinstance(machine, settings):
            item.cls.settings = _longer(machine, count)  # type: ignore[attr-defined]
            driven.append(item)
        elif getattr(function, "is_hypothesis_test", False):
            setattr(function, _ATTRIBUTE, _longer(getattr(function, _ATTRIBUTE, settings.default), count))
            driven.append(item)
    config.hook.pytest_deselected(items=[item for item in items if item not in driven])
    items[:] = driven


def run(*, examples: int, seed: int) -> dict[str, Any]:
    """Run them in a process of their own."""
    started = time.monotonic()
    arguments = ["-q", "-p", "tests.soak.properties", "-p", "no:cacheprovider", f"--hypothesis-seed={seed}", *TESTS]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *arguments],
        cwd=ROOT,
        env={**os.environ, "HYPOTHESIS_EXAMPLES": str(examples)},
        capture_output=True,
        text=True,
        check=False,
    )
    last = done.stdout.strip().splitlines()[-1:] or [done.stderr.strip()[-500:]]
    return {
        "seed": seed,
        "seconds": round(time.monotonic() - started, 1),
        "held": done.returncode == 0,
        "examples_each": examples,
        "summary": last[0],
        "output": "" if done.returncode == 0 else done.stdout[-8_000:],
    }


def _longer(given: Any, count: int) -> settings:
    return settings(given, max_examples=count, deadline=None, database=None, suppress_health_check=list(HealthCheck))
