"""Who publishes the files of motorsport-uk, and under which licence."""

from service.graph.model import Mode, SourceRecord

PUBLIC = 0  # the first visibility class
CC_BY = "CC BY 4.0"


def f1db(file: str, title: str) -> SourceRecord:
    """A file cut from the F1DB data set."""
    url = "https://github.com/f1db/f1db"
    return SourceRecord(f"motorsport-uk/{file}", f"F1DB: {title}", Mode.HISTORY, PUBLIC, "F1DB", url, CC_BY)


def groups(file: str, title: str, mode: Mode = Mode.HISTORY) -> SourceRecord:
    """A file cut from the register of All-Party Parliamentary Groups."""
    publisher = "mySociety, from the register of the UK Parliament"
    named = f"Register of All-Party Parliamentary Groups: {title}"
    return SourceRecord(f"motorsport-uk/{file}", named, mode, PUBLIC, publisher, None, CC_BY)


def interests(file: str, title: str) -> SourceRecord:
    """A file cut from the register of members' interests."""
    publisher = "mySociety, from the register of the UK Parliament"
    return SourceRecord(f"motorsport-uk/{file}", title, Mode.HISTORY, PUBLIC, publisher, None, CC_BY)


def ministers(file: str, title: str) -> SourceRecord:
    """A file cut from the database of ministers."""
    publisher = "Institute for Government"
    return SourceRecord(f"motorsport-uk/{file}", title, Mode.HISTORY, PUBLIC, publisher, None, CC_BY)
