from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from mindspace.accounts.models import SecondFactorReset, User


class Command(BaseCommand):
    help = "Take away a person's lost second factor, where no other member of staff can do it in the admin."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--reason", required=True, help="what happened; it is recorded and cannot be changed")

    def handle(self, *args: Any, **options: Any) -> None:
        reason = options["reason"].strip()
        if not reason or len(reason) > 300:
            raise CommandError("--reason must have 1 to 300 characters.")
        try:
            user = User.objects.get_by_natural_key(options["email"])
        except User.DoesNotExist:
            raise CommandError("Nobody here has that e-mail address.") from None
        SecondFactorReset.objects.perform(user, by=None, reason=reason)
        self.stdout.write("Done: recorded, and the person is told by mail. They sign in by mail and set up a new one.")
