from articles.models.article import Article
from articles.models.desk import Approval, DeskEdit, ReviewRequest
from articles.models.edition import Edition, EditionPicture, Withdrawal
from articles.models.feedback import Feedback
from articles.models.linkcheck import LinkCheck
from articles.models.picture import Picture
from articles.models.resource import Resource
from articles.models.slug import ArticleSlug
from articles.models.topic import Topic

__all__ = [
    "Approval",
    "Article",
    "ArticleSlug",
    "DeskEdit",
    "Edition",
    "EditionPicture",
    "Feedback",
    "LinkCheck",
    "Picture",
    "Resource",
    "ReviewRequest",
    "Topic",
    "Withdrawal",
]
