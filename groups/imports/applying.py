"""Does what a checked run found: one transaction, in which the whole run is done or nothing of it."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

import pghistory
from django.db import connection
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from groups import errors, indexing
from groups.imports import adding, altering
from groups.imports.staging import count, missing
from groups.models import Group, ImportRow, ImportRun, Origin, Source
from groups.models.source import GONE_AFTER
from groups.models.standing import recorded

CHUNK = 500
CONFIRMED_FOR = timedelta(days=30)  # what a source still says is confirmed anew after so long, and not with each run
# While groups are added, foreign keys are checked with each statement. Put off to the end, the list of checks grows
# with every row, and PostgreSQL goes through all of it each time that a trigger catches an error, as the history's do.
AT_ONCE, AT_THE_END = "SET CONSTRAINTS ALL IMMEDIATE", "SET CONSTRAINTS ALL DEFERRED"
SOURCE = "source"  # who says so, in `confirmed_by` and in the history


def apply(run: ImportRun, by: Any = None, reason: str = "") -> None:
    """See `ImportRun.apply`."""
    with recorded(SOURCE, by), pghistory.context(source=run.source.name, run=run.pk):
        source = Source.objects.select_for_update().get(pk=run.source_id)
        row = ImportRun.objects.select_for_update().get(pk=run.pk)
        if not row.can_be_applied:
            raise errors.RunNotReady
        row.release(reason)
        if source.applied_at is not None and source.applied_at > row.started_at:
            raise errors.RunOutdated
        # The first write of the transaction also tells its triggers who does it; COPY cannot.
        Source.objects.filter(pk=source.pk).update(applied_at=timezone.now())
        _add(row, source)
        for rows in _rows(row, ImportRow.Outcome.CHANGED):
            indexing.refresh(altering.alter(source, rows))
        _remember(row)
        _come_back(row, by)
        _pause(row, by)
        _confirm(row)
        _close_books(row, source)
    run.refresh_from_db()


def _add(run: ImportRun, source: Source) -> None:
    with connection.cursor() as cursor:
        cursor.execute(AT_ONCE)
    for rows in _rows(run, ImportRow.Outcome.ADDED):
        indexing.insert(Group.objects.filter(pk__in=indexing.among(adding.add(source, rows))), timezone.now())
    with connection.cursor() as cursor:
        cursor.execute(AT_THE_END)


def _rows(run: ImportRun, outcome: str) -> Iterator[Sequence[ImportRow]]:
    """The rows that have something to write, in chunks; each chunk is read only after the one before is done."""
    last = 0
    while True:
        found = list(run.rows.filter(outcome=outcome, said__isnull=False, pk__gt=last).order_by("pk")[:CHUNK])
        if not found:
            return
        last = found[-1].pk
        yield found


def _present(run: ImportRun) -> Any:
    """Origins that the run has a listing for, also where what stands here is kept."""
    listed = run.rows.exclude(digest="").values("external_id")
    return Origin.objects.filter(source=run.source_id, external_id__in=listed)


def _remember(run: ImportRun) -> None:
    """What a source said of a listing that is kept as it stands here: said again, it is no news."""
    aside = run.rows.filter(outcome=ImportRow.Outcome.ASIDE).exclude(digest="")
    last = aside.filter(external_id=OuterRef("external_id")).values("digest")[:1]
    origins = Origin.objects.filter(source=run.source_id, external_id__in=aside.values("external_id"))
    origins.update(digest=Subquery(last))


def _come_back(run: ImportRun, by: Any) -> None:
    """What is there again meets again, if it was us who paused it."""
    for origin in _present(run).filter(paused=True).select_related("group").iterator(CHUNK):
        if origin.group.paused_from is not None:
            origin.group.resume(SOURCE, by)
        origin.paused = False
        origin.save(update_fields=["paused"])
    _present(run).filter(missed__gt=0).update(missed=0)


def _pause(run: ImportRun, by: Any) -> None:
    """Pause what is missing for the second time, and at once what its source now says in a way we cannot list."""
    gone = missing(run).filter(missed__lt=GONE_AFTER)
    ids = list(gone.values_list("pk", flat=True))
    for pks in (ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK)):
        for origin in Origin.objects.filter(pk__in=pks).select_related("group"):
            origin.missed += 1
            if origin.missed >= GONE_AFTER:
                run.paused += _pause_one(origin, by)
            origin.save(update_fields=["missed", "paused"])
    unclear = run.rows.filter(outcome=ImportRow.Outcome.ASIDE, digest="").exclude(external_id="")
    unsaid = Origin.objects.filter(source=run.source_id, paused=False, external_id__in=unclear.values("external_id"))
    for origin in unsaid.exclude(pk__in=_present(run).values("pk")).select_related("group").iterator(CHUNK):
        run.paused += _pause_one(origin, by)
        origin.save(update_fields=["paused"])


def _pause_one(origin: Origin, by: Any) -> int:
    """1 if it is on a pause through this."""
    group = origin.group
    if group.status != Group.Status.LISTED or group.is_paused():
        return 0
    group.pause(SOURCE, by)
    origin.paused = True
    return 1


def _confirm(run: ImportRun) -> None:
    """What its source still says is right from today on, unless it was said to be so in the last weeks.

    Where there are organizers, they are asked instead.
    """
    now = timezone.now()
    groups = Group.objects.filter(status=Group.Status.LISTED, organizers=None, confirmed_at__lt=now - CONFIRMED_FOR)
    # By their names, some hundreds at a time: PostgreSQL knows too little of rows that were written a moment ago to
    # put them together with all groups, and once took a minute for it.
    still = run.rows.filter(outcome=ImportRow.Outcome.UNCHANGED).order_by("pk").values_list("pk", "external_id")
    last = 0
    while found := list(still.filter(pk__gt=last)[:CHUNK]):
        last = found[-1][0]
        names = [name for _pk, name in found]
        ids = list(
            groups.filter(origin__source=run.source_id, origin__external_id__in=names).values_list("pk", flat=True)
        )
        Group.objects.filter(pk__in=ids).update(confirmed_at=now, confirmed_by=SOURCE)
        indexing.refresh(ids)


def _close_books(run: ImportRun, source: Source) -> None:
    """Keep of this run, and of those before it, what somebody may want to look at."""
    now = timezone.now()
    run.rows.exclude(said=None).update(said=None)
    count(run)
    run.status, run.finished_at = ImportRun.Status.APPLIED, now
    run.save()
    earlier = ImportRun.objects.filter(source=source).exclude(pk=run.pk)
    ImportRow.objects.filter(run__in=earlier, outcome__in=["added", "changed", "unchanged"]).delete()
    waiting = earlier.filter(status__in=[ImportRun.Status.CHECKED, ImportRun.Status.HELD])
    waiting.update(status=ImportRun.Status.OUTDATED)
