from mutualaid.models.held import HeldPost
from mutualaid.models.post import Post
from mutualaid.models.report import PostReport

__all__ = ["HeldPost", "Post", "PostReport"]
