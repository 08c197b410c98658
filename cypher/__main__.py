"""`python -m cypher`: read every query file and say what is wrong with it."""

from __future__ import annotations

import sys

import cypher
from cypher import lint


def main() -> int:
    """The exit code: 0 where nothing is wrong, 1 with a line for each finding otherwise."""
    files = cypher.files()
    findings = lint.check_all(files)
    for finding in findings:
        sys.stdout.write(f"{finding}\n")
    sys.stderr.write(f"{len(files)} query files, {len(findings)} findings\n")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
