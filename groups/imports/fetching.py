"""Brings a feed from its web address into a file, past what mindspace/reach.py refuses."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.utils.translation import gettext as _

from groups.imports.limits import MOST_BYTES, MOST_SECONDS
from groups.imports.neutral import CannotRead
from groups.imports.reading import too_large
from mindspace.reach import Caller, NoAnswer, TooMuch, Unsafe


@contextmanager
def fetched(url: str, caller: Caller | None = None) -> Iterator[Path]:
    """The path of a file that is gone afterwards. Raises CannotRead."""
    caller = caller or Caller(seconds=MOST_SECONDS, agent="MindSpace import")
    with tempfile.NamedTemporaryFile(prefix="mindspace-import-") as file:
        try:
            answer = caller.fetch(url, file, MOST_BYTES)
        except Unsafe as error:
            raise CannotRead(_("We do not fetch from this address: %s.") % error) from error
        except NoAnswer as error:
            raise CannotRead(_("The address does not answer: %s.") % error) from error
        except TooMuch as error:
            raise too_large() from error
        if answer.status != 200:
            raise CannotRead(_("The address answers with an error: %d.") % answer.status)
        file.flush()
        yield Path(file.name)
