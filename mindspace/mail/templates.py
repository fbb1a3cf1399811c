"""Mail written as a pair of templates, `<name>_subject.txt` and `<name>_message.txt`."""

from typing import Any

from django.core.mail import EmailMessage
from django.template.loader import render_to_string


def send(name: str, address: str, context: dict[str, Any], headers: dict[str, str] | None = None) -> None:
    """Mail a pair of templates to one person, from the site's neutral address.

    An address that ends in .invalid stands for a member without e-mail (RFC 2606: no server has it): nothing is sent.
    """
    if address.endswith(".invalid"):
        return
    subject = " ".join(render_to_string(f"{name}_subject.txt", context).split())
    text = render_to_string(f"{name}_message.txt", context).strip() + "\n"
    EmailMessage(subject, text, to=[address], headers=headers).send()
