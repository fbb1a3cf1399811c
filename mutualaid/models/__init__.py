from mutualaid.models.acted import Acted
from mutualaid.models.arrangement import Arrangement, Seat
from mutualaid.models.asked import Asked
from mutualaid.models.held import HeldPost
from mutualaid.models.held_message import HeldMessage, PassRequest
from mutualaid.models.message import Message
from mutualaid.models.post import Post
from mutualaid.models.report import PostReport
from mutualaid.models.response import Response
from mutualaid.models.reveal import Reveal
from mutualaid.models.thread_report import ResponseReport

__all__ = [
    "Acted",
    "Arrangement",
    "Asked",
    "HeldMessage",
    "HeldPost",
    "Message",
    "PassRequest",
    "Post",
    "PostReport",
    "Response",
    "ResponseReport",
    "Reveal",
    "Seat",
]
