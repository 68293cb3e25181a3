"""What the browser tests share: waiting for conditions, the map on the screen, findings of axe, drafts."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe

SCRIPT = Path(__file__).with_name("usulan_uji.py")
STILL = """() => {
  const root = document.querySelector('#peta'), pos = root.peta?.chart.pos, now = performance.now();
  const seen = JSON.stringify([location.search, root.classList.contains('memuat'), pos?.x, pos?.y, pos?.z]);
  if (root.seen !== seen) [root.seen, root.since] = [seen, now];
  return !root.classList.contains('memuat') && now - root.since >= 400;
}"""
"""The map has stood still for longer than the address and the drawer take to follow (250 and 360 ms)."""


def settled(page: Any) -> None:
    """Wait until the map stands still, nothing is loading, and the address has taken the last change in."""
    page.evaluate("() => { document.querySelector('#peta').seen = null }")
    page.wait_for_function(STILL)


def painted(page: Any) -> None:
    """Wait until nothing fades or slides any more: colours are measured as they stay."""
    page.wait_for_function("() => document.getAnimations().every((a) => a.playState !== 'running')")


def point_of(page: Any, key: str, dy: float = 0.12) -> tuple[float, float]:
    """Where a box of the map stands on the screen."""
    return tuple(
        page.evaluate(
            """([key, dy]) => { const c = document.querySelector('#peta').peta.chart;
              const n = c.scene.byKey.get(key), b = c.canvas.getBoundingClientRect();
              return [b.left + (n.x + n.w / 2 - c.pos.x) * c.pos.z + c.w / 2,
                      b.top + (n.y + n.h * dy - c.pos.y) * c.pos.z + c.h / 2] }""",
            [key, dy],
        )
    )


def serious(page: Any) -> list[str]:
    """The findings of axe that are serious or critical, each with the first places."""
    painted(page)
    return [
        f"{v['id']}: {v['help']} ({'; '.join(n['html'][:120] for n in v['nodes'][:3])})"
        for v in Axe().run(page).response["violations"]
        if v["impact"] in ("serious", "critical")
    ]


def draft(situs: Any, what: str, *arguments: str) -> Any:
    """Make, change or count in a draft of a running demo, by the services (``usulan_uji.py``)."""
    inherited = ("DATABASE_URL", "DATABASE_WEB_URL", "PETAJABATAN_DB", "DJANGO_SETTINGS_MODULE")
    environment = {key: value for key, value in os.environ.items() if key not in inherited}
    done = subprocess.run(
        [sys.executable, str(SCRIPT), str(situs.data), what, *arguments],
        capture_output=True,
        text=True,
        check=False,
        env=environment | {"PETAJABATAN_PG_UJI": "1"},
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)
