"""What a site that others can reach must not start with. Each refusal names the variable to set."""

from urllib.parse import SplitResult

from django.core.exceptions import ImproperlyConfigured

SHORTEST_KEY = 50
FEWEST_CHARACTERS = 5  # different ones, as Django's own check counts


def refuse_unsafe(*, debug: bool, host: str, site_url: SplitResult, secret_key: str, allowed_hosts: list[str]) -> None:
    """Raise ImproperlyConfigured at the first setting that would put visitors at risk. Called off loopback only."""
    if debug:
        raise ImproperlyConfigured(
            f"DEBUG is 1, and HOST ({host}) or SITE_URL ({site_url.geturl()}) let others in: it would show them the "
            "insides of the site. Take DEBUG away."
        )
    if site_url.scheme != "https":
        raise ImproperlyConfigured(
            f"SITE_URL is {site_url.geturl()!r}: a site that others reach must start with https://. To try it on this "
            "machine alone, leave HOST and SITE_URL unset."
        )
    if site_url.path or site_url.query or not site_url.hostname:
        raise ImproperlyConfigured(f"SITE_URL is {site_url.geturl()!r}: it must be https://, a name and nothing more.")
    if len(secret_key) < SHORTEST_KEY or len(set(secret_key)) < FEWEST_CHARACTERS:
        raise ImproperlyConfigured(f"SECRET_KEY is too easy to guess: set {SHORTEST_KEY} random characters or more.")
    if any("*" in name for name in allowed_hosts):
        raise ImproperlyConfigured("ALLOWED_HOSTS has a *: name each host, so that nobody can forge links in mail.")
    if wide := next((name for name in allowed_hosts if name.startswith(".") and "." not in name.strip(".")), None):
        raise ImproperlyConfigured(f"ALLOWED_HOSTS has {wide!r}, which is everybody under it: name each host.")
    if not any(_covers(name, site_url.hostname) for name in allowed_hosts):
        raise ImproperlyConfigured(f"ALLOWED_HOSTS does not name {site_url.hostname}, the host of SITE_URL.")


def _covers(name: str, host: str) -> bool:
    return host == name.lower().lstrip(".") or (name.startswith(".") and host.endswith(name.lower()))
