"""What the worker does for circles. It may run twice, or late."""

from procrastinate.contrib.django import app

from groups.circles.models import Circle


@app.periodic(cron="50 4 * * *")
@app.task(name="circles.forget", queueing_lock="circles.forget")
def forget(timestamp: int) -> None:
    """Delete circles that nobody is in any more, once nothing names them."""
    Circle.objects.forget()
