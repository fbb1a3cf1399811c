from contextlib import ExitStack
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from groups import errors
from groups.imports import formats
from groups.models import Group, ImportRun, Source, Topic

SHOWN = 20


class Command(BaseCommand):
    help = "Take groups over from a file, a folder (HSDS) or a web address. All of it, or nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file_or_url")
        parser.add_argument("--source", required=True, help="whom it comes from, by name; made if it is new")
        parser.add_argument("--format", choices=Source.Format.values, help="needed for a new source")
        parser.add_argument("--kind", choices=Group.Kind.values, help="what kind the groups of a new source are")
        parser.add_argument("--topic", action="append", default=[], help="a topic of them all, for a new source")
        parser.add_argument("--dry-run", action="store_true", help="say what would change, and write nothing")
        parser.add_argument(
            "--even-if-held", metavar="REASON", default="", help="go on where it would change very much, and say why"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """One transaction. Only that a file could not be read, or is held, is kept of a run that was not done."""
        with ExitStack() as stack:
            if options["dry_run"]:
                stack.enter_context(transaction.atomic())
            run = self._checked(options)
            self._show(run)
            if options["dry_run"]:
                transaction.set_rollback(True)
        if run.status == ImportRun.Status.FAILED:
            raise CommandError(run.message)
        if options["dry_run"]:
            self.stdout.write("This was a dry run: nothing has been written.")
            return
        try:
            run.apply(reason=options["even_if_held"])
        except errors.RunIsHeld as error:
            raise CommandError(
                f"{error} ({run.message}) Apply it in the admin, or run this again with --even-if-held and the reason."
            ) from None
        self.stdout.write(f"Done. {run.aside} rows wait for a look in the admin. {run.paused} listings were paused.")

    def _checked(self, options: dict[str, Any]) -> ImportRun:
        source = self._source(options)
        where = options["file_or_url"]
        if where.lower().startswith(("http://", "https://")):
            return formats.check_url(source, where)
        if not Path(where).exists():
            raise CommandError(f"There is no {where}.")
        return formats.check_file(source, Path(where), came_from=Path(where).name)

    def _source(self, options: dict[str, Any]) -> Source:
        source = Source.objects.filter(name=options["source"]).first()
        if source is None:
            if not options["format"]:
                raise CommandError("This source is new: say its --format.")
            topics = Topic.objects.filter(slug__in=options["topic"])
            if missing := set(options["topic"]) - {topic.slug for topic in topics}:
                raise CommandError(f"There is no topic {', '.join(sorted(missing))}.")
            source = Source.objects.create(
                name=options["source"], format=options["format"], kind=options["kind"] or Group.Kind.PEER
            )
            source.topics.set(topics)
        elif options["format"] and options["format"] != source.format:
            raise CommandError(f"{source} sends {source.get_format_display()}. Change that in the admin first.")
        return source

    def _show(self, run: ImportRun) -> None:
        self.stdout.write(
            f"{run.rows_read} rows: {run.added} added, {run.changed} changed, {run.unchanged} unchanged, "
            f"{run.aside} set aside, {run.refused} refused. {run.missing} listings are no longer there."
        )
        for row in run.rows.filter(outcome__in=["aside", "refused"])[:SHOWN]:
            self.stdout.write(f"  {row.get_outcome_display()}: {row.name or row.external_id or '?'}. {row.reason}")
        if run.message:
            self.stdout.write(run.message)
