"""Uploaded pictures in a bucket, for several web nodes that share no disk. The variable S3_URL turns it on."""

from typing import Any

from botocore.config import Config
from django.conf import settings
from django.utils.encoding import filepath_to_uri
from storages.backends.s3 import S3Storage


class PictureStorage(S3Storage):
    """Readers never meet the bucket: the site fetches from it, and editions hold addresses of the site's own."""

    def get_default_settings(self) -> dict[str, Any]:
        # A bucket that does not answer is given up before gunicorn gives up on the worker. Checksums that AWS invented
        # lately are left out where nobody asks for them: other makers of buckets do not know them.
        patient = Config(
            signature_version="s3v4",
            s3={"addressing_style": "path"},
            connect_timeout=5,
            read_timeout=10,
            retries={"total_max_attempts": 2},
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        )
        return {**super().get_default_settings(), "client_config": patient}

    def url(self, name: str | None, *args: Any, **kwargs: Any) -> str:
        return f"{settings.MEDIA_URL}{filepath_to_uri(name)}"
