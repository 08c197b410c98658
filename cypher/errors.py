"""What is wrong with a query file, a row type or a call, in one sentence."""


class QueryError(Exception):
    """A query file and the program around it do not fit together; the text says where and why."""
