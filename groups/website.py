"""Reads the page of a group's website, to see whether a code stands on it."""

from io import BytesIO

from mindspace.reach import Caller, NoAnswer, TooMuch, Unsafe  # the rules for calling out

MOST_BYTES = 1024 * 1024


def says(url: str, code: str, caller: Caller | None = None) -> bool:
    """Whether the page at `url` holds `code`, in the first megabyte of its source. False where it cannot be read."""
    caller = caller or Caller(agent="MindSpace listing check")
    page = BytesIO()
    try:
        caller.fetch(url, page, MOST_BYTES)
    except Unsafe:
        return False
    except (TooMuch, NoAnswer):
        pass  # what came until then is there
    return code in page.getvalue().decode("utf-8", "replace")  # only what a 200 answered is in it
