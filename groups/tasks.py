"""What the worker does for the directory. Each may run twice, or late."""

from datetime import timedelta

from django.utils import timezone
from procrastinate.contrib.django import app

from groups import errors, indexing, website
from groups.imports import formats
from groups.models import Claim, ImportRun, NameWord, OrganizerLink, Question, Sighting
from mindspace.accounts.models import User

SIGHTINGS_KEPT = timedelta(days=90)
MOST_ROUNDS = 200


@app.periodic(cron="10 15 * * *")
@app.task(name="groups.ask_organizers", queueing_lock="groups.ask_organizers")
def ask_organizers(timestamp: int) -> None:
    """Ask those who keep a listing whether it is still right, by day in all of the country."""
    now = timezone.now()
    for group in Question.objects.due(now).only("pk").iterator(chunk_size=500):
        Question.objects.ask(group, now)


@app.periodic(cron="50 4 * * *")
@app.task(name="groups.forget", queueing_lock="groups.forget")
def forget(timestamp: int) -> None:
    """Drop links and sayings whose time is over."""
    now = timezone.now()
    OrganizerLink.objects.filter(expires_at__lte=now).delete()
    Sighting.objects.filter(at__lte=now - SIGHTINGS_KEPT).delete()


@app.periodic(cron="*/10 * * * *")
@app.task(name="groups.advance", queueing_lock="groups.advance")
def advance(timestamp: int) -> None:
    """Find the next meeting anew where the last known one is over."""
    for _round in range(MOST_ROUNDS):
        if not indexing.advance():
            return


@app.periodic(cron="25 * * * *")
@app.task(name="groups.learn_names", queueing_lock="groups.learn_names")
def learn_names(timestamp: int) -> None:
    """Know the words of names, also those of what came in through an import."""
    NameWord.objects.learn()


@app.task(name="groups.look_at_website")
def look_at_website(claim_id: str) -> None:
    """See whether the code of a claim stands on the group's website."""
    claim = Claim.objects.filter(pk=claim_id, decided_at=None).select_related("group").first()
    if claim is not None and claim.group.website:
        claim.code_seen(website.says(claim.group.website, claim.code))


@app.task(name="groups.check_import")
def check_import(run_id: int) -> None:
    """Fetch the feed of a source and find out what it would change."""
    run = ImportRun.objects.select_related("source").filter(pk=run_id, status=ImportRun.Status.WAITING).first()
    if run is not None:
        formats.check_url(run.source, run.came_from, run=run)


@app.task(name="groups.apply_import")
def apply_import(run_id: int, by_id: str) -> None:
    run = ImportRun.objects.select_related("source").filter(pk=run_id, status=ImportRun.Status.APPLYING).first()
    if run is None:
        return
    try:
        run.apply(User.objects.filter(pk=by_id).first())
    except errors.GroupError as error:
        ImportRun.objects.filter(pk=run_id).update(status=ImportRun.Status.FAILED, message=str(error)[:300])
