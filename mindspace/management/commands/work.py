import asyncio
from typing import Any

from django.core.management import BaseCommand
from procrastinate.contrib.django import app

SECONDS_TO_FINISH = 10  # what a running job has left once we are asked to stop


class Command(BaseCommand):
    help = "Do the jobs that pages leave behind, such as sending mail, until told to stop (SIGINT or SIGTERM)."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        with app.replace_connector(app.connector.get_worker_connector()):  # type: ignore[attr-defined]
            asyncio.run(self._work())

    async def _work(self) -> None:
        async with app.open_async():
            await app.run_worker_async(shutdown_graceful_timeout=SECONDS_TO_FINISH)
