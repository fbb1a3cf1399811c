"""Where staff keep the directory. Each module registers its models with the admin."""

from groups.admin import group, organization, place, schedule, topic

__all__ = ["group", "organization", "place", "schedule", "topic"]
