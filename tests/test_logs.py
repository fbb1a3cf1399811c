"""What a log line leaves out."""

import logging
import sys

from mindspace.logs import WithoutValues


def test_an_error_of_the_database_is_told_without_the_row_it_quotes() -> None:
    said = "duplicate key\nDETAIL:  Key (email)=(ana@example.org) already exists."
    try:
        raise ValueError(said)
    except ValueError:
        record = logging.LogRecord("django", logging.ERROR, __file__, 1, "Internal error", (), sys.exc_info())
    line = WithoutValues("{message}", style="{").format(record)
    assert "duplicate key" in line
    assert "ana@example.org" not in line
