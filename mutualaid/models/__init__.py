from mutualaid.models.held import HeldPost
from mutualaid.models.post import Post

__all__ = ["HeldPost", "Post"]
