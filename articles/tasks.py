"""What the worker does for articles."""

from procrastinate.contrib.django import app

from articles.links import check_links


@app.periodic(cron="40 4 * * 1")
@app.task(name="articles.check_links", queueing_lock="articles.check_links")
def check_links_weekly(timestamp: int) -> None:
    """Call every link that readers can meet, in the quiet hours of Monday."""
    check_links()
