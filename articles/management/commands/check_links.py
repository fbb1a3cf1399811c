from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from articles.links import MOST_LINKS, MOST_SECONDS, check_links
from articles.models import LinkCheck


class Command(BaseCommand):
    help = "Call every web address that articles, resources and help lines name, and keep what they said for staff."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--links", type=int, default=MOST_LINKS, help="call at most so many (default: %(default)s)")
        parser.add_argument("--seconds", type=float, default=MOST_SECONDS, help="begin none after so long")

    def handle(self, *args: Any, **options: Any) -> None:
        verdicts = check_links(links=options["links"], seconds=options["seconds"])
        for verdict in sorted(verdicts, key=lambda verdict: verdict.url):
            self.stdout.write(f"{verdict.status:7} {verdict.url}  {verdict.detail}")
        look = LinkCheck.objects.needing_a_look().count()
        self.stdout.write(f"{len(verdicts)} links checked, {look} need a look.")
