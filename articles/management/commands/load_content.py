from typing import Any

from django.core.management.base import BaseCommand

from articles import first_content


class Command(BaseCommand):
    help = "Load the first article and its resources, once. What staff changed or removed since is left as it is."

    def handle(self, *args: Any, **options: Any) -> None:
        edition = first_content.load()
        if options["verbosity"]:
            self.stdout.write(f"Published “{edition.title}”." if edition else "The first content is here already.")
