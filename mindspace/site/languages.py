from django.conf import settings


def site_languages() -> list[tuple[str, str]]:
    """The choices of a column that says its language: a callable, so that a new one in settings needs no migration."""
    return list(settings.LANGUAGES)
