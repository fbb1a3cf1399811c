from django.db import migrations

from mindspace.accounts.roles import EDITOR, REVIEWER, grant

CONTENT = ("topic", "picture", "resource")
WRITE = [f"articles.{do}_{model}" for model in ("article", *CONTENT) for do in ("view", "add", "change")]
READ = [
    f"articles.view_{model}"
    for model in ("article", *CONTENT, "edition", "withdrawal", "approval", "feedback", "linkcheck")
]


def grant_permissions(apps, schema_editor):
    grant(apps, EDITOR, *WRITE, *READ, "articles.delete_resource", "articles.delete_picture")
    grant(apps, EDITOR, "articles.publish_article", "articles.withdraw_article")
    grant(apps, REVIEWER, *READ, "articles.review_article", "articles.withdraw_article")


class Migration(migrations.Migration):
    dependencies = [("articles", "0002_editions_never_change"), ("accounts", "0002_roles")]
    operations = [migrations.RunPython(grant_permissions, migrations.RunPython.noop)]
