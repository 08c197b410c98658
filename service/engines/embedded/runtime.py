"""The engine's program as its wheel brings it: a Java runtime of its own and the jars."""

import importlib.util
import os
import sys
from dataclasses import dataclass
from pathlib import Path

from service.errors import Code, ServiceError

PACKAGES = ("arcadedb_embedded", "arcadedb")  # the package is being renamed upstream


@dataclass(frozen=True, slots=True)
class Runtime:
    """Where the program lies."""

    java: Path
    jars: Path


def runtime() -> Runtime:
    """The installed engine, or what to do where there is none."""
    if sys.platform == "win32":
        raise _missing("the embedded engine is supervised on Linux and macOS only")
    for package in PACKAGES:
        spec = importlib.util.find_spec(package)  # found and not imported: importing would look for a JVM to load
        for location in (spec.submodule_search_locations or []) if spec else []:
            found = Runtime(Path(location, "jre", "bin", "java"), Path(location, "jars"))
            if os.access(found.java, os.X_OK) and found.jars.is_dir():
                return found
    raise _missing(
        f"the embedded engine is not installed for {sys.platform}"
        " (there are wheels for Linux with glibc 2.34 or newer and for macOS on arm64)"
    )


def _missing(found: str) -> ServiceError:
    return ServiceError(Code.UNAVAILABLE, f"{found}; name the URI of a Neo4j as the store")
