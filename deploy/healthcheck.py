"""Exit 0 if the web server of this container answers."""

import os
import sys
import urllib.request
from urllib.parse import urlsplit

host = urlsplit(os.environ.get("SITE_URL", "http://localhost")).netloc
request = urllib.request.Request(f"http://127.0.0.1:{os.environ.get('PORT') or 8000}/healthz", headers={"Host": host})
try:
    urllib.request.urlopen(request, timeout=4).close()  # noqa: S310 - our own address
except OSError as error:
    sys.exit(f"No answer: {error}")
