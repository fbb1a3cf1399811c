"""gunicorn's settings, for `make run`, a container and a small server alike.

WEB_CONCURRENCY (gunicorn's own variable) changes the number of workers; everything else is fixed here.
"""

import gc
import os
import signal
from http import HTTPStatus
from pathlib import Path
from typing import Any

from gunicorn import util
from gunicorn.arbiter import Arbiter
from gunicorn.http import errors
from gunicorn.workers.base import Worker
from gunicorn.workers.gthread import ThreadWorker

from mindspace.children import end_with_parent

bind = f"{os.environ.get('HOST') or '127.0.0.1'}:{os.environ.get('PORT') or 8000}"
if bind.startswith("::"):
    bind = f"[{bind.rpartition(':')[0]}]:{bind.rpartition(':')[2]}"

PAGES = {
    name: Path(__file__).parent.joinpath("pages", f"{name}.html").read_bytes() for name in ("refused", "unavailable")
}
HEAD = (
    "HTTP/1.1 {status.value} {status.phrase}\r\nConnection: close\r\nContent-Type: text/html; charset=utf-8\r\n"
    "Content-Length: {length}\r\nCache-Control: no-store\r\nContent-Security-Policy: default-src 'none'\r\n\r\n"
)
STATUSES = {
    errors.LimitRequestLine: HTTPStatus.REQUEST_URI_TOO_LONG,
    errors.LimitRequestHeaders: HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
    errors.ExpectationFailed: HTTPStatus.EXPECTATION_FAILED,
    errors.UnsupportedTransferCoding: HTTPStatus.NOT_IMPLEMENTED,
}


class KindWorker(ThreadWorker):
    """Has the crisis lines on the pages, too, that are sent before a request reaches the site.

    gunicorn's own would log who asked for what, with the address.
    """

    def handle_error(self, req: Any, client: Any, addr: Any, exc: Exception) -> None:
        status, page = STATUSES.get(type(exc), HTTPStatus.BAD_REQUEST), PAGES["refused"]
        ours = (errors.ConfigurationProblem, errors.InvalidResponseHeader, errors.InvalidResponseHeaderName)
        if isinstance(exc, ours) or not isinstance(exc, errors.ParseException):
            self.log.error("Error handling a request", exc_info=exc)
            status, page = HTTPStatus.INTERNAL_SERVER_ERROR, PAGES["unavailable"]
        try:
            util.write_nonblock(client, HEAD.format(status=status, length=len(page)).encode() + page)
        except OSError:
            self.log.debug("Nobody was there any more to be told.")


worker_class = KindWorker
workers = int(os.environ.get("WEB_CONCURRENCY") or 2)
threads = 4
preload_app = True  # imported once, and the workers share its memory
timeout = 30
graceful_timeout = 10
keepalive = 20  # seconds; longer than a proxy waits between two requests of one visitor
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - a heartbeat file without content

# Nothing is written about who reads what.
accesslog = None
errorlog = "-"
loglevel = "warning"
control_socket_disable = True

# Whether a request came by HTTPS is believed only from the proxies that TRUSTED_PROXIES names.
forwarded_allow_ips = (
    ",".join(
        proxy
        for part in os.environ.get("TRUSTED_PROXIES", "").split(",")
        if (proxy := part.strip()) and proxy != "unix"
    )
    or "127.0.0.1"
)

# By default gunicorn lets a proxy's SCRIPT_NAME and PATH_INFO headers rewrite every link of a page. None of ours does.
forwarder_headers = ""


def pre_fork(arbiter: Arbiter, worker: Worker) -> None:
    """Keep the garbage collector off what was imported: touching it would unshare the memory."""
    gc.freeze()


def post_fork(arbiter: Arbiter, worker: Worker) -> None:
    """End with the arbiter, even when that was killed."""
    if arrange := end_with_parent(signal.SIGTERM, parent=arbiter.pid):
        arrange()
