"""Lock files name packages and hashes, never where to fetch them from; exits 1 with the lines that do."""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FILES = [
    *sorted((ROOT / "requirements").glob("*")),
    ROOT / "package-lock.json",
    ROOT / ".npmrc",
    ROOT / "pyproject.toml",
]
ADDRESS = re.compile(
    r"https?://|--(extra-)?index-url|--find-links|^\s*registry\s*=|\"resolved\"", re.MULTILINE
)
FUNDING = re.compile(r'^\s*"url": "https?://[^"]*",?$')
"""npm copies the funding links of packages; they are not places to fetch from."""


def main() -> int:
    found = []
    for path in FILES:
        for number, line in enumerate(path.read_text().splitlines(), 1):
            if ADDRESS.search(line) and not FUNDING.match(line):
                found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()}")
    unhashed = _unhashed()
    for line in (*found, *unhashed):
        print(line)
    return 1 if found or unhashed else 0


def _unhashed() -> list[str]:
    """Packages of a locked requirements file without a hash."""
    missing = []
    for path in sorted((ROOT / "requirements").glob("*.txt")):
        blocks = re.split(r"\n(?=[A-Za-z0-9])", path.read_text())
        missing += [
            f"{path.name}: no hash for {block.split()[0]}"
            for block in blocks
            if re.match(r"[A-Za-z0-9]", block) and "--hash=sha256:" not in block
        ]
    return missing


if __name__ == "__main__":
    sys.exit(main())
