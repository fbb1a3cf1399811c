from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from mindspace import backups, postgres


class Command(BaseCommand):
    help = "Write the database and the uploaded pictures into one archive. Keys are left out."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, help="where to (a new file in VAR_DIR/backups if left out)")

    def handle(self, *args: Any, file: Path | None, **options: Any) -> None:
        target = file or settings.VAR_DIR / "backups" / f"mindspace-{timezone.now():%Y%m%d-%H%M%S}.tar"
        if target.exists():
            raise CommandError(f"{target} exists already. Name another file.")
        try:
            with backups.database_running():
                count = backups.back_up(target)
        except (backups.CannotBackUp, postgres.CannotStart, OSError) as error:
            raise CommandError(str(error)) from None
        self.stdout.write(
            f"Wrote {target}: the database and {count - 1} uploaded files, {target.stat().st_size:,} bytes."
        )
        self.stdout.write(
            "Not in it: FIELD_KEYS and SECRET_KEY. Keep FIELD_KEYS in another safe place, too: without them nobody can "
            "read private fields again, and whoever has them with this file can read all of them."
        )
        if "bucket_name" in settings.STORAGES["default"].get("OPTIONS", {}):
            self.stdout.write(
                "Nor are the uploaded pictures: they are in the bucket of S3_URL. Keep a copy of that, too."
            )
