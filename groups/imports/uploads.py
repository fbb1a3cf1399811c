"""What staff hand in through the admin: a file, which is checked at once, or the wish to have the feed fetched."""

import tempfile
from pathlib import Path
from typing import Any

from groups.imports import formats
from groups.imports.limits import MEGABYTE, MOST_SECONDS_WAITED
from groups.models import ImportRun, Source

MOST_BYTES = 10 * MEGABYTE  # as much as is checked while somebody waits


def take(source: Source, file: Any | None, *, by: Any, key: Any) -> ImportRun:
    """A run that is checked, or that waits for the worker to fetch the feed."""
    if file is None:
        from groups import tasks  # noqa: PLC0415 - they use this package

        run = ImportRun.objects.create(
            source=source, came_from=source.url, status=ImportRun.Status.WAITING, by=by, key=key
        )
        tasks.check_import.defer(run_id=run.pk)
        return run
    with tempfile.NamedTemporaryFile(prefix="mindspace-import-") as kept:
        for chunk in file.chunks():
            kept.write(chunk)
        kept.flush()
        path, seconds = Path(kept.name), MOST_SECONDS_WAITED
        return formats.check_file(source, path, came_from=file.name, by=by, key=key, seconds=seconds)
