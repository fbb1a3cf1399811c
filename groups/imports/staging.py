"""Checks a file: what each of its rows would come to. Nothing in the directory is touched.

Rows go through a temporary table of PostgreSQL, which puts those of one group together, so that the memory stays flat
however many there are.
"""

import json
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import closing
from math import inf
from time import monotonic
from typing import Any

from django.db import connection, transaction
from django.db.models import Q, Sum
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from groups.imports.kept import kept
from groups.imports.limits import MOST_ROWS
from groups.imports.merging import digest_of, merged
from groups.imports.neutral import CannotRead, Found, Left
from groups.imports.reading import in_time
from groups.models import ImportRow, ImportRun, Origin, Source
from groups.models.source import GONE_AFTER
from mindspace.encryption import encrypt

CHUNK = 1000
MOST_DROPPED = 0.20  # of a source's listings
MOST_CHANGED = 0.30
STAGE = """
    DROP TABLE IF EXISTS import_stage;
    CREATE TEMPORARY TABLE import_stage
        (position int, outcome text, external_id text, name text, reason text, said text, raw text) ON COMMIT DROP
"""
STAGED = """
    SELECT external_id, said FROM import_stage WHERE outcome = 'found' ORDER BY external_id COLLATE "C", position
"""
LEFT = """
    INSERT INTO groups_importrow (run_id, outcome, external_id, name, reason, raw, rows, digest)
    SELECT %s, outcome, external_id, COALESCE(NULLIF(name, ''), replace(%s, '#', position::text)), reason, raw::jsonb,
        1, ''
    FROM import_stage WHERE outcome <> 'found' ORDER BY position
"""
MERGED = "COPY groups_importrow (run_id, outcome, external_id, name, reason, rows, digest, said) FROM STDIN"

Reader = Callable[[], Iterable[Found | Left]]


def check(
    source: Source, read: Reader, run: ImportRun | None = None, *, seconds: float = inf, **about: Any
) -> ImportRun:
    """Keep what the rows that `read` gives would come to. A file that cannot be read leaves a failed run only.

    `seconds` is how long reading and comparing may take.
    """
    ends = monotonic() + seconds
    run = run or ImportRun.objects.create(source=source, status=ImportRun.Status.WAITING, **about)
    try:
        with transaction.atomic():
            Source.objects.select_for_update().get(pk=source.pk)
            _stage(in_time(read(), ends))
            with connection.cursor() as cursor:
                cursor.execute(LEFT, [run.pk, _("Entry # of the file")])  # what has no name is found by its place
            _keep(run, source, ends)
            _set_aside_what_is_kept(run, source)
            with connection.cursor() as cursor:
                cursor.execute("DROP TABLE import_stage")
            _settle(run)
            return run
    except CannotRead as error:
        return failed(run, error)


def failed(run: ImportRun, error: CannotRead) -> ImportRun:
    """A run of a file that could not be read, kept for whoever wants to know why."""
    run.status, run.message, run.finished_at = ImportRun.Status.FAILED, str(error)[:300], timezone.now()
    run.save(update_fields=["status", "message", "finished_at"])
    return run


def _stage(results: Iterable[Found | Left]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(STAGE)
        with cursor.copy("COPY import_stage FROM STDIN") as copy:
            position = 0
            for position, result in enumerate(results, 1):
                if position > MOST_ROWS:
                    raise CannotRead(_("The file has more than %d rows.") % MOST_ROWS)
                copy.write_row((position, *_columns(result)))
        if not position:
            raise CannotRead(_("There is no meeting in this file."))


def _columns(result: Found | Left) -> tuple[Any, ...]:
    if isinstance(result, Left):
        raw = json.dumps(result.raw) if result.raw else None
        name = (result.raw or {}).get("name", "")[:120]
        return result.outcome, result.external_id, name, result.reason[:300], None, raw
    said = result.as_json()
    for time in said["times"]:
        if time["secret"]:
            # Only a mark of it is compared. After a change of SECRET_KEY the marks are others, and so are such rows.
            time["sealed"] = encrypt(time["secret"])
            time["secret"] = salted_hmac("groups.imports", time["secret"]).hexdigest()[:16]
    return "found", result.external_id, "", "", json.dumps(said), None


def _keep(run: ImportRun, source: Source, ends: float) -> None:
    """Keep the staged groups as rows of the run, each compared with what the source said the last time."""
    topics = sorted(source.topics.values_list("slug", flat=True))
    with closing(_staged()) as staged:  # before anything is rolled back, which it reads from
        for chunk in _chunks(in_time(merged(staged), ends), CHUNK):
            for said in chunk:
                if "refusal" not in said:
                    said["topics"] = sorted({*said["topics"], *topics})
                    said["fields"] = {"kind": source.kind, **said["fields"]}
            ids = [said["external_id"] for said in chunk]
            known = dict(source.origins.filter(external_id__in=ids).values_list("external_id", "digest"))
            with connection.cursor() as cursor, cursor.copy(MERGED) as copy:
                for said in chunk:
                    copy.write_row((run.pk, *_row(said, known)))


def _row(said: dict[str, Any], known: Mapping[str, str]) -> tuple[Any, ...]:
    key, rows = said["external_id"], said["rows"]
    if "refusal" in said:
        return ImportRow.Outcome.REFUSED.value, key, "", said["refusal"], rows, "", None
    digest = digest_of(said)
    if key not in known:
        outcome = ImportRow.Outcome.ADDED
    else:
        outcome = ImportRow.Outcome.UNCHANGED if known[key] == digest else ImportRow.Outcome.CHANGED
    kept = None if outcome == ImportRow.Outcome.UNCHANGED else json.dumps(said)
    return outcome.value, key, said["fields"]["name"][:120], "", rows, digest, kept


def _set_aside_what_is_kept(run: ImportRun, source: Source) -> None:
    """What would be changed, but stands here as somebody wrote it here."""
    changed = run.rows.filter(outcome=ImportRow.Outcome.CHANGED).order_by("pk")
    for names in _chunks(list(changed.values_list("external_id", flat=True)), CHUNK):
        origins = {origin.group_id: origin for origin in source.origins.filter(external_id__in=names)}
        for group, reason in kept(list(origins.values())).items():
            row = changed.filter(external_id=origins[group].external_id)
            row.update(outcome=ImportRow.Outcome.ASIDE, reason=reason)


def _staged() -> Generator[tuple[str, dict[str, Any]], None, None]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(STAGED)
        while rows := cursor.fetchmany(CHUNK):
            yield from ((external_id, json.loads(said)) for external_id, said in rows)


def missing(run: ImportRun) -> Any:
    """The origins that a run has no row of, or only one that is refused, as of a group that does not meet."""
    rows = run.rows.exclude(external_id="").exclude(outcome=ImportRow.Outcome.REFUSED).values("external_id")
    return Origin.objects.filter(source=run.source_id).exclude(external_id__in=rows)


def count(run: ImportRun) -> None:
    """How many rows of the file ended as what."""
    found = dict(run.rows.order_by().values_list("outcome").annotate(count=Sum("rows")))
    for outcome in ImportRow.Outcome.values:
        setattr(run, outcome, found.get(outcome, 0))


def _settle(run: ImportRun) -> None:
    """Count, and hold what would change too much."""
    count(run)
    known = Origin.objects.filter(source=run.source_id, missed__lt=GONE_AFTER).count()
    run.missing = missing(run).filter(missed__lt=GONE_AFTER).count()
    listed = Origin.objects.filter(source=run.source_id).values("external_id")
    unclear = Q(outcome=ImportRow.Outcome.ASIDE, digest="")  # with a digest, it is kept as it stands here
    differing = run.rows.filter(Q(outcome=ImportRow.Outcome.CHANGED) | unclear, external_id__in=listed)
    changed = differing.values("external_id").distinct().count()
    run.status = ImportRun.Status.CHECKED
    if known and run.missing > known * MOST_DROPPED:
        run.message = _("%(part)d of %(all)d listings are no longer in the file.") % {"part": run.missing, "all": known}
        run.status = ImportRun.Status.HELD
    elif known and changed > known * MOST_CHANGED:
        run.message = _("%(part)d of %(all)d listings would change.") % {"part": changed, "all": known}
        run.status = ImportRun.Status.HELD
    run.finished_at = timezone.now()
    run.save()


def _chunks(rows: Iterable[Any], size: int) -> Iterator[list[Any]]:
    chunk: list[Any] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
