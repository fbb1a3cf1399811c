"""`manage.py up`: the whole site on this machine, which is what `make run` starts."""

import contextlib
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any, NoReturn
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from mindspace import children, collected, environment, examples, postgres

SECONDS_FOR_PORT = 3  # what a site that was just killed needs to let go of it
SECONDS_TO_ANSWER = 30
# Written on a table, in the database itself: once the examples are removed, all of them, they do not come back.
LOADED = "The first content and the examples were loaded."

Parts = dict[str, "subprocess.Popen[bytes]"]
PARTS: dict[str, list[str]] = {
    "The worker": ["manage.py", "work"],
    "The web server": ["-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "mindspace.wsgi:application"],
}


class Command(BaseCommand):
    help = "Start the site on this machine: PostgreSQL, the database's tables, first content, web server and worker."
    requires_system_checks = []  # `make test` runs them; here they would cost every start half a second

    def handle(self, *args: Any, **options: Any) -> None:
        with children.signals_raise_stopped():
            try:
                with contextlib.ExitStack() as stack:  # ends everything in the opposite order, PostgreSQL last
                    self._run(stack)
            except (children.Stopped, children.Crashed) as reason:
                self.stdout.write(f"\n{reason}: everything has stopped. The data stays in {settings.VAR_DIR}")
                sys.exit(reason.status)

    def _run(self, stack: contextlib.ExitStack) -> NoReturn:
        begun = time.monotonic()
        _wait_for_port()
        settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
        parts: Parts = {}
        with self._step("Database server"):
            if not environment.text("DATABASE_URL"):
                server = postgres.Server.start(settings.VAR_DIR)
                stack.callback(server.stop)
                parts["PostgreSQL"] = server.process
        with self._step("Database tables"):
            self._migrate()
        sign_ins: list[str] = []
        if settings.ON_LOOPBACK:
            with self._step("First content and examples"):
                sign_ins = self._load_once()
        if not settings.DEBUG:
            with self._step("Static files"):
                collected.collect()
        connection.close()
        with self._step("Web server and worker"):
            for name, arguments in PARTS.items():
                parts[name] = stack.enter_context(children.running([sys.executable, *arguments], settings.BASE_DIR))
            _wait_for_answer(parts)
        self.stdout.write(f"Up after {time.monotonic() - begun:.1f} s.\n\n  {settings.SITE_URL}\n")
        for line in sign_ins:
            self.stdout.write(f"  {line}")
        self.stdout.write("\nCtrl-C stops everything; the data stays.")
        self.stdout.flush()
        children.wait_for_a_crash(parts)

    @contextlib.contextmanager
    def _step(self, name: str) -> Iterator[None]:
        begun = time.monotonic()
        self.stdout.write(f"{name} ... ", ending="")
        self.stdout.flush()
        try:
            yield
        except (postgres.CannotStart, OperationalError, subprocess.CalledProcessError) as error:
            raise CommandError(f"failed.\n{error}") from None
        self.stdout.write(f"{time.monotonic() - begun:.1f} s")

    def _migrate(self) -> None:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            call_command("migrate", interactive=False, verbosity=0, skip_checks=True)

    def _load_once(self) -> list[str]:
        """Load what a new site opens with. Return what to tell about the examples, if any are there."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT obj_description('django_migrations'::regclass)")
            done = cursor.fetchone() == (LOADED,)
            if not done:
                call_command("load_content", verbosity=0)
            says = examples.load() if not done or examples.present() else []
            if not done:
                cursor.execute("COMMENT ON TABLE django_migrations IS %s", [LOADED])
        return says


def _wait_for_port() -> None:
    """Raise CommandError if another program keeps HOST:PORT."""
    family = socket.AF_INET6 if ":" in settings.HOST else socket.AF_INET
    deadline = time.monotonic() + SECONDS_FOR_PORT
    while True:
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((settings.HOST, settings.PORT))
                return
            except OSError as error:
                if time.monotonic() > deadline:
                    raise CommandError(
                        f"The site cannot listen on {settings.HOST}, port {settings.PORT}: {error.strerror}. "
                        "Stop the program that uses it, or set PORT to another number."
                    ) from None
        time.sleep(0.2)


def _wait_for_answer(parts: Parts) -> None:
    """Return once the site answers. Raises Crashed if a part ends first, CommandError if it takes too long."""
    host = "127.0.0.1" if settings.HOST == "0.0.0.0" else settings.HOST  # noqa: S104 - compared, not bound
    url = f"http://{f'[{host}]' if ':' in host else host}:{settings.PORT}/healthz"
    request = urllib.request.Request(url, headers={"Host": urlsplit(settings.SITE_URL).netloc})
    deadline = time.monotonic() + SECONDS_TO_ANSWER
    while time.monotonic() < deadline:
        for name, part in parts.items():
            if part.poll() is not None:
                raise children.Crashed(name, part.returncode)
        try:
            with urllib.request.urlopen(request, timeout=5):  # noqa: S310 - our own address
                return
        except urllib.error.HTTPError as error:
            raise CommandError(f"The site answers {error.code} at {url}. Its words are above.") from None
        except OSError:
            time.sleep(0.05)
    raise CommandError(f"The site did not answer at {url} within {SECONDS_TO_ANSWER} seconds.")
