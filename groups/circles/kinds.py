"""What circles tell their members of."""

from django.utils.translation import gettext_lazy as _

from mindspace.notifications.kinds import Kind

NEWS = Kind("circles.news", _("When something changes in a circle of yours"), _("There is news for you."))
