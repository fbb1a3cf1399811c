"""What the rows of weekly feeds have in common: what is said in words, how to join, and what a group is known by."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from groups.imports import rhythm, values
from groups.imports.limits import LONGEST_VALUE
from groups.imports.neutral import Aside, Found, Left, Refused
from groups.imports.places import Address
from groups.imports.words import cut, plain, take_secret, without_contacts
from groups.models import Group

# What codes and names of types say, in Meeting Guide, TSML and BMLT. Each is compared in small letters.
FLAGS = {
    "x": "step_free", "wc": "step_free", "wheelchair access": "step_free", "wheelchair accessible": "step_free",
    "wheelchair-accessible": "step_free", "wheelchair": "step_free", "wchr": "step_free",
    "asl": "sign_language", "american sign language": "sign_language", "ba": "childcare", "cf-childcare": "childcare",
    "babysitting available": "childcare", "babysitting": "childcare", "childcare": "childcare", "cc": "childcare",
    "al": "hearing_loop", "assistive listening": "hearing_loop",
}  # fmt: skip
ACCESS = {"o": Group.Access.OPEN, "open": Group.Access.OPEN, "c": Group.Access.CLOSED, "closed": Group.Access.CLOSED}
AUDIENCES = {
    "w": "women", "women": "women", "m": "men", "men": "men", "y": "young-people", "young people": "young-people",
    "sen": "older-people", "seniors": "older-people", "lgbtq": "lgbtq", "lgbtq+": "lgbtq", "g": "lgbtq",
    "gay": "lgbtq", "l": "lgbtq", "lesbian": "lgbtq", "t": "lgbtq", "transgender": "lgbtq", "bi": "lgbtq",
    "bisexual": "lgbtq", "gl": "lgbtq", "pa": "parents", "parents": "parents",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Joining:
    """How to come in online: what everybody may see of it, and the password."""

    link: str = ""
    phone: str = ""
    secret: str = ""
    words: str = ""


def judged(
    row: Mapping[str, Any], make: Callable[[Any, str], Found], name: Callable[[Any], str], kept: Iterable[str]
) -> Found | Left:
    """A row as a group, or why it is none. Whatever stands in a row, it stops that row only."""
    key = ""
    try:
        check_text(row)
        key = name(row)[:200]
        return make(row, key)
    except Aside as error:
        return Left("aside", str(error), key, raw_of(row, kept))
    except Refused as error:
        return Left("refused", str(error), key)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError):
        return Left("refused", _("We cannot read this row: something in it is of another kind than it should be."), key)


def check_text(row: Mapping[str, Any]) -> None:
    """Raises Refused for a row with characters that cannot be kept, or with a text that is too long."""
    for said in row.values():
        if type(said) is str and len(said) <= LONGEST_VALUE and said.isprintable():
            continue  # nearly all are: neither NUL nor half a character is printable
        _check(said)
    _check(list(row))


def _check(value: Any) -> None:
    for said in _texts(value):
        if len(said) > LONGEST_VALUE:
            raise Refused(_("One of its texts is too long."))
        if "\x00" in said:
            raise Refused(_("It holds a NUL character."))
        if not said.isascii() and any("\ud800" <= sign <= "\udfff" for sign in said):
            raise Refused(_("It holds characters that are none (broken Unicode)."))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


def joining(link: Any, phone: Any = "", *notes: Any) -> Joining:
    found, secret = values.link(link), ""
    if found:
        found, secret = values.without_secret(found)
    words = []
    for note in notes:
        said, named = take_secret(plain(note))
        secret = named or secret
        words.append(said)
    said = without_contacts("\n".join(filter(None, words)))
    return Joining(found, values.dial_in(phone), secret[:100], said)


def of_types(types: Iterable[str]) -> tuple[dict[str, Any], list[str]]:
    """What types say: columns of the group, and the slugs of audiences."""
    known = [said.lower() for said in types]
    fields: dict[str, Any] = {FLAGS[said]: True for said in known if said in FLAGS}
    if access := next((ACCESS[said] for said in known if said in ACCESS), None):
        fields["access"] = access
    if spoken := values.languages(types):
        fields["languages"] = spoken
    return fields, sorted({AUDIENCES[said] for said in known if said in AUDIENCES})


def reached_by(email: Any, phone: Any, website: Any) -> dict[str, Any]:
    """The ways that a group itself gives for everybody to see."""
    said = {"public_email": values.email(email), "public_phone": values.phone(phone), "website": values.link(website)}
    by = Group.ContactBy
    public = said["public_email"] or said["public_phone"]
    said["contact_by"] = (by.PUBLIC if public else by.WEBSITE if said["website"] else by.NONE).value
    return said


def must_be_weekly(*texts: str) -> None:
    """Raises Aside where words take back that it is every week: this format can only say weekly."""
    if words := rhythm.taken_back(*texts):
        raise Aside(_("It says “%s”, and this format can only say every week. Enter it by hand.") % words[:80])


def known_by(name: str, address: Address, online: bool) -> str:
    """The source's name for a group where it has no number of its own: the name and the place."""
    where = "online" if online else " ".join((address.name, address.street or address.whole or address.city))
    return f"{slugify(name)[:90]}--{slugify(where)[:100]}"


def lines(*texts: str) -> tuple[str, ...]:
    """Plain lines without contacts and passwords, each once."""
    said = (line for text in texts for line in without_contacts(take_secret(text)[0]).split("\n") if line)
    return tuple(dict.fromkeys(cut(line, 1200) for line in said))


def raw_of(row: Mapping[str, Any], kept: Iterable[str]) -> dict[str, str]:
    """What somebody needs to see of a row to enter it by hand: the columns named only, and no contact in them."""
    said = {name: without_contacts(take_secret(plain(row.get(name)))[0]) for name in kept}
    lists = {name: ", ".join(values.listed(row[name])) for name in kept if isinstance(row.get(name), list)}
    return {name: cut(text, 500) for name, text in {**said, **lists}.items() if text}
