"""What the lists of articles say about each one."""

from django import template

from articles.reading import facts
from articles.search import highlight

register = template.Library()

register.filter("highlight", highlight)
register.filter("facts", facts)
