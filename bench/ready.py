"""Importing this sets Django up, on the site that the environment names: for processes that the bench starts."""

import django

django.setup()
