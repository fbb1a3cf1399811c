"""Roles are groups; migrations make them and give them their permissions."""

from typing import Any

EDITOR = "Editor"
REVIEWER = "Reviewer"
MODERATOR = "Moderator"
ROLES = (EDITOR, REVIEWER, MODERATOR)


def grant(apps: Any, role: str, *permissions: str) -> None:
    """Give `role` permissions such as "articles.publish_article", from inside a migration.

    Django makes permissions only after all migrations have run, so missing ones are made here, under the name Django
    would give them. The model's name is the last part of the codename. Depend on the migration that makes the model.
    Raises LookupError for a permission that the model does not have.
    """
    group, _made = apps.get_model("auth", "Group").objects.get_or_create(name=role)
    group.permissions.add(*(_permission(apps, permission) for permission in permissions))


def _permission(apps: Any, permission: str) -> Any:
    app_label, codename = permission.split(".")
    model = apps.get_model(app_label, codename.rpartition("_")[2])
    options = model._meta
    names = dict(options.permissions)
    names |= {
        f"{do}_{options.model_name}": f"Can {do} {options.verbose_name_raw}" for do in options.default_permissions
    }
    if codename not in names:
        raise LookupError(f"{permission} is not a permission of {options.label}.")
    content_type, _made = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label=app_label, model=options.model_name
    )
    found, _made = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=content_type, codename=codename, defaults={"name": names[codename]}
    )
    return found
