from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from articles import pruning


class Command(BaseCommand):
    help = "List pictures, a week old or more, that no edition, article or earlier version shows; or delete them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--delete", action="store_true", help="delete them, with their files, for good")

    def handle(self, *args: Any, delete: bool, **options: Any) -> None:
        pictures = pruning.prune() if delete else list(pruning.unused())
        for picture in pictures:
            self.stdout.write(f"{picture.uploaded_at:%Y-%m-%d}  {picture}")
        said = "Deleted" if delete else "Not used, and kept until you say --delete"
        self.stdout.write(f"{said}: {len(pictures)}.")
