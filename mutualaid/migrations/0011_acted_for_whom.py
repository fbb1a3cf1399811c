import django.db.models.deletion
from django.db import migrations, models

# Between two who are both helped by phone, an answer and stepping back are of whoever answered, the rest of the author.
FOR_WHOM = """
UPDATE mutualaid_acted AS acted SET member_id = CASE
    WHEN acted.did IN ('answer', 'withdraw') OR author.user_id IS NULL THEN response.by_id ELSE author.user_id END
FROM mutualaid_response AS response
    JOIN mutualaid_post AS post ON post.id = response.post_id
    LEFT JOIN accounts_phonemember AS author ON author.user_id = post.author_id
WHERE response.id = acted.response_id;
DELETE FROM mutualaid_acted WHERE member_id IS NULL OR member_id NOT IN (SELECT user_id FROM accounts_phonemember);
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
"""

# Before this there was no room for what was done about a post: going back, it is lost.
ABOUT_POSTS = """
DELETE FROM mutualaid_acted WHERE response_id IS NULL;
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0011_kept_out"),
        ("mutualaid", "0010_held_by_the_database"),
    ]

    operations = [
        migrations.AddField(
            model_name="acted",
            name="member",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="accounts.phonemember",
                db_constraint=False,
            ),
        ),
        migrations.RunSQL(FOR_WHOM, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="acted",
            name="member",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="accounts.phonemember"
            ),
        ),
        migrations.AlterField(
            model_name="acted",
            name="response",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="acted",
                to="mutualaid.response",
            ),
        ),
        migrations.AddField(
            model_name="acted",
            name="post",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="acted", to="mutualaid.post"
            ),
        ),
        migrations.AlterField(
            model_name="acted",
            name="did",
            field=models.CharField(
                choices=[
                    ("answer", "Answered"),
                    ("say", "Wrote"),
                    ("thank", "Said thank you"),
                    ("accept", "Said yes"),
                    ("decline", "Said no"),
                    ("withdraw", "Stepped back"),
                    ("pass", "Asked a moderator to let the helper pass"),
                    ("done", "Said that it is done"),
                    ("cancel", "Called it off"),
                    ("missed", "Said that it did not happen"),
                    ("dispute", "Saw it differently"),
                    ("suggest", "Suggested a time"),
                    ("agree", "Said yes to the time"),
                    ("keep", "Said no to the time"),
                    ("publish", "Sent the post in"),
                    ("edit", "Changed the post"),
                    ("pause", "Paused the post"),
                    ("resume", "Put the post on the board again"),
                    ("renew", "Said that the post still is true"),
                    ("close", "Took the post off the board"),
                ],
                max_length=8,
            ),
        ),
        migrations.AddConstraint(
            model_name="acted",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("post__isnull", False), ("response", None)),
                    models.Q(("post", None), ("response__isnull", False)),
                    _connector="OR",
                ),
                name="acted_about_one_thing",
            ),
        ),
        migrations.RunSQL(migrations.RunSQL.noop, ABOUT_POSTS),  # the last one goes back first
    ]
