"""What neighbors ask for and give, as the first article has it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Category(models.TextChoices):
    GROCERIES = "groceries", _("Groceries and meals")
    RIDES = "rides", _("Rides to appointments")
    CHILDCARE = "childcare", _("Childcare during therapy")
    MEDICATION = "medication", _("Picking up medication")
    ERRANDS = "errands", _("Errands, forms and things at home")
    LISTENING = "listening", _("Listening")
    CHECK_INS = "check_ins", _("Check-ins")
    COMPANY = "company", _("Company, or a walk")
    KNOWLEDGE = "knowledge", _("Knowing how things work")
    CRISIS_PLANNING = "crisis_planning", _("Planning for a crisis")


# Where somebody is alone with a child, a car or a prescription: the post is looked at first, and the helper is vouched
# for before both can say yes.
SENSITIVE = frozenset({Category.CHILDCARE, Category.RIDES, Category.MEDICATION})

PARTS: tuple[tuple[object, tuple[Category, ...]], ...] = (
    (
        _("A practical hand"),
        (Category.GROCERIES, Category.RIDES, Category.CHILDCARE, Category.MEDICATION, Category.ERRANDS),
    ),
    (_("Somebody there"), (Category.LISTENING, Category.CHECK_INS, Category.COMPANY)),
    (_("Knowing and planning"), (Category.KNOWLEDGE, Category.CRISIS_PLANNING)),
)
PRACTICAL = frozenset(PARTS[0][1])  # done by being there
# For a form: the choices under their headings.
CHOICES = [(heading, [(each.value, each.label) for each in those]) for heading, those in PARTS]
