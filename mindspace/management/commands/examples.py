from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from mindspace import examples


class Command(BaseCommand):
    help = "Load the examples that show a site at work, on one's own machine only; --remove takes them away again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--remove", action="store_true", help="remove every example, and nothing else")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["remove"]:
            examples.remove()
            self.stdout.write("The examples are gone.")
            return
        try:
            lines = examples.load()
        except examples.NotHere:
            raise CommandError(
                "Examples have passwords that everybody knows. They load only where HOST and SITE_URL are this machine."
            ) from None
        for line in lines:
            self.stdout.write(line)
