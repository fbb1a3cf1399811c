"""People, invitations and lost second steps in the admin.

Nobody can hand out more than they have: only superusers change staff and superusers, an invitation offers only roles
whose every permission the inviting person has, and addresses are changed by their owners alone.
"""

from typing import Any, cast

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin
from django.contrib.auth.models import Group
from django.db import models
from django.db.models import ForeignKey
from django.forms import ModelChoiceField
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django.models import ProcrastinateJob

from mindspace.accounts.admin_kept_out import KeptOutAdmin  # noqa: F401 - this registers it
from mindspace.accounts.models import Invitation, SecondFactorReset, User
from mindspace.admin.once import OnceAdmin
from mindspace.once import OnceForm

# Addresses, keys and jobs have no business in a list; staff work with people.
for hidden in (EmailAddress, Authenticator, ProcrastinateJob):
    if admin.site.is_registered(hidden):
        admin.site.unregister(hidden)


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    list_display = ["display_name", "role_names", "is_staff", "is_active", "date_joined"]
    list_filter = ["is_staff", "is_active", "groups"]
    ordering = ["display_name"]
    filter_horizontal = ["groups"]

    @admin.display(description=_("roles"))
    def role_names(self, user: User) -> str:
        return ", ".join(group.name for group in user.groups.all())

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[User]:
        return super().get_queryset(request).prefetch_related("groups")

    def get_search_fields(self, request: HttpRequest) -> list[str]:
        return ["display_name", "email"] if request.user.is_superuser else ["display_name"]

    def get_fields(self, request: HttpRequest, obj: User | None = None) -> Any:
        # A member's address is nobody's business here; colleagues may look one another's up.
        address = ["email"] if request.user.is_superuser or (obj and obj.is_staff) else []
        return [
            *address,
            "display_name",
            "is_active",
            "is_staff",
            "groups",
            "is_superuser",
            "date_joined",
            "last_login",
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[str]:
        always = ["email", "date_joined", "last_login"]
        return always if request.user.is_superuser else [*always, "is_staff", "groups", "is_superuser"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # people make their own accounts; staff are invited

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        return allowed and (request.user.is_superuser or obj is None or not (obj.is_staff or obj.is_superuser))

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return request.user.is_superuser and obj != request.user


class InvitationForm(OnceForm, forms.ModelForm):
    pass


@admin.register(Invitation)
class InvitationAdmin(OnceAdmin):
    list_display = ["whom", "role", "invited_by", "created_at", "expires_at", "accepted_at"]
    list_filter = ["role"]
    list_select_related = ["role", "invited_by", "accepted_by"]
    search_fields = ["email", "accepted_by__display_name"]
    form = InvitationForm

    @admin.display(description=_("whom"))
    def whom(self, invitation: Invitation) -> str:
        return invitation.accepted_by.display_name if invitation.accepted_by else invitation.email

    def get_fields(self, request: HttpRequest, obj: Invitation | None = None) -> Any:
        return ["email", "role"] if obj else ["email", "role", "form_key"]

    def formfield_for_foreignkey(
        self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField | None:
        if db_field.name == "role":
            mine = request.user.get_all_permissions()
            kwargs["queryset"] = Group.objects.filter(pk__in=[g.pk for g in Group.objects.all() if _within(g, mine)])
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: Invitation, form: Any, change: bool) -> None:
        by = cast(User, request.user)
        obj.invited_by, obj.key = by, form.key_of(by)
        obj.pk = obj.send().pk

    def has_change_permission(self, request: HttpRequest, obj: Invitation | None = None) -> bool:
        return False  # a mail that is out cannot be changed: delete it and send another

    def has_delete_permission(self, request: HttpRequest, obj: Invitation | None = None) -> bool:
        return super().has_delete_permission(request, obj) and (obj is None or obj.accepted_at is None)


def _within(group: Group, permissions: set[str]) -> bool:
    theirs = group.permissions.values_list("content_type__app_label", "codename")
    return {f"{app_label}.{codename}" for app_label, codename in theirs} <= permissions


class ResetForm(OnceForm, forms.ModelForm):
    pass


@admin.register(SecondFactorReset)
class SecondFactorResetAdmin(OnceAdmin):
    list_display = ["whose", "by", "at", "reason"]
    list_select_related = ["whose", "by"]
    form = ResetForm

    def get_fields(self, request: HttpRequest, obj: SecondFactorReset | None = None) -> Any:
        return ["whose", "reason"] if obj else ["whose", "reason", "form_key"]

    def formfield_for_foreignkey(
        self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField | None:
        if db_field.name == "whose":
            others = User.objects.filter(is_staff=True).exclude(pk=cast(User, request.user).pk)
            kwargs["queryset"] = others if request.user.is_superuser else others.filter(is_superuser=False)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: SecondFactorReset, form: Any, change: bool) -> None:
        by = cast(User, request.user)
        done = SecondFactorReset.objects.perform(obj.whose, by=by, reason=obj.reason, key=form.key_of(by))
        obj.pk = done.pk

    def has_change_permission(self, request: HttpRequest, obj: SecondFactorReset | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: SecondFactorReset | None = None) -> bool:
        return False
