"""What is near a place: posts for whoever looks at the board, people for a post, posts for a person."""

from typing import Any

from django.db.models import F, FloatField, Func, TextField, Value

from groups.facets import meters
from groups.models.search import Inside, point


def distance_from(x: float, y: float) -> Func:
    """How far a row is from a point, in meters of Web Mercator; None for one that is nowhere."""
    here, there = point(Value(x), Value(y)), point(F("x"), F("y"))
    return Func(there, here, template="(%(expressions)s)", arg_joiner=" <-> ", output_field=FloatField())


def near(rows: Any, x: float, y: float, latitude: float, miles: float) -> Any:
    """Those rows within `miles` of a point, with their `distance`; `x`, `y` and it are in meters of Web Mercator.

    The square is what the GiST index is asked for, the distance what is meant.
    """
    reach = meters(miles, latitude)
    corners = (point(Value(x + side * reach), Value(y + side * reach)) for side in (1, -1))
    square = Func(*corners, function="box", output_field=TextField())
    return rows.annotate(distance=distance_from(x, y)).filter(
        Inside(point(F("x"), F("y")), square), x__isnull=False, distance__lte=reach
    )
