from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from mindspace import backups, postgres


class Command(BaseCommand):
    help = "Put the site back as it was in an archive that `backup` wrote. FIELD_KEYS must be those of that time."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--replace", action="store_true", help="drop what is in the database now")

    def handle(self, *args: Any, file: Path, replace: bool, **options: Any) -> None:
        try:
            with backups.database_running():
                manifest = backups.restore(file, replace=replace)
        except (backups.CannotBackUp, postgres.CannotStart, OSError) as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"The site is as it was at {manifest['made_at']}. Everybody is signed out.")
        self.stdout.write(
            "Next: `manage.py migrate`, if this release is newer than the backup (`manage.py up` does it)."
        )
