"""Where staff keep the directory. Each module registers its models with the admin."""

from groups.admin import group, import_run, organization, place, schedule, source, topic

__all__ = ["group", "import_run", "organization", "place", "schedule", "source", "topic"]
