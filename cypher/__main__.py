"""`python -m cypher` says what is wrong with the query files; with `--markdown` it prints what they are."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import cypher
from cypher import lint, listing


def main(arguments: Sequence[str]) -> int:
    """The exit code: 0 where nothing is wrong, 1 with a line for each finding otherwise."""
    if list(arguments) == ["--markdown"]:
        sys.stdout.write(listing.markdown(cypher.entries()))
        return 0
    files = cypher.files()
    findings = lint.check_all(files)
    for finding in findings:
        sys.stdout.write(f"{finding}\n")
    sys.stderr.write(f"{len(files)} query files, {len(findings)} findings\n")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
