"""Where staff write, check and publish. Each module registers its models with the admin."""

from articles.admin import article, edition, picture, resource, topic

__all__ = ["article", "edition", "picture", "resource", "topic"]
