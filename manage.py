#!/usr/bin/env python
"""Django's command line for MindSpace."""

import os
import sys
from pathlib import Path

from mindspace import local


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mindspace.settings")
    local.complete(os.environ, Path(__file__).resolve().parent, make_keys=sys.argv[1:2] == ["up"])
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(f"The site cannot start: {error}")


if __name__ == "__main__":
    main()
