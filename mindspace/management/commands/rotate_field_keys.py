import uuid
from typing import Any

from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand
from django.db import transaction

from mindspace import sealed
from mindspace.encryption import decrypt_bytes, encrypt_bytes, rotate
from mindspace.mail.models import OutgoingMail

SECRETS = ("secret", "seed")


class Command(BaseCommand):
    help = "Encrypt every private field anew with the first of FIELD_KEYS. Then the others can be taken away."

    def handle(self, *args: Any, **options: Any) -> None:
        count = sum(self.rotate_factor(pk) for pk in Authenticator.objects.values_list("pk", flat=True))
        count += sum(self.rotate_mail(pk) for pk in OutgoingMail.objects.values_list("pk", flat=True))
        count += sealed.rotate_all()
        self.stdout.write(f"{count} rows are under the newest key. Who is signed in under an older one signs in anew.")

    @transaction.atomic
    def rotate_factor(self, pk: int) -> bool:
        row = Authenticator.objects.select_for_update().filter(pk=pk).first()
        if row is None or not any(name in row.data for name in SECRETS):
            return False
        row.data |= {name: rotate(row.data[name]) for name in SECRETS if name in row.data}
        row.save(update_fields=["data"])
        return True

    @transaction.atomic
    def rotate_mail(self, pk: uuid.UUID) -> bool:
        row = OutgoingMail.objects.select_for_update().filter(pk=pk).first()
        if row is None:
            return False
        row.sealed = encrypt_bytes(decrypt_bytes(bytes(row.sealed)))
        row.save(update_fields=["sealed"])
        return True
