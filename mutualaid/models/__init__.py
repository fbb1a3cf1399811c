from mutualaid.models.acted import Acted
from mutualaid.models.arrangement import Arrangement, Seat
from mutualaid.models.asked import Asked
from mutualaid.models.held import HeldPost
from mutualaid.models.message import Message
from mutualaid.models.post import Post
from mutualaid.models.report import PostReport
from mutualaid.models.response import Response
from mutualaid.models.reveal import Reveal

__all__ = ["Acted", "Arrangement", "Asked", "HeldPost", "Message", "Post", "PostReport", "Response", "Reveal", "Seat"]
