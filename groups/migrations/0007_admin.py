import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


from mindspace.accounts.roles import MODERATOR, grant


def let_moderators_take_away_times(apps, schema_editor):
    """A meeting time that was never right is taken away; the history keeps it."""
    grant(apps, MODERATOR, "groups.delete_meetingschedule")


class Migration(migrations.Migration):

    dependencies = [
        ('groups', '0006_keeping'),
    ]

    operations = [
        migrations.RemoveConstraint(model_name='group', name='group_pause_in_order'),
        migrations.AddConstraint(
            model_name='group',
            constraint=models.CheckConstraint(condition=models.Q(('paused_until', None), models.Q(('paused_from__isnull', False), ('paused_until__gt', models.F('paused_from'))), _connector='OR'), name='group_pause_in_order', violation_error_message='The pause ends before it begins.'),
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='place',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='place',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='place',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='organization',
            name='key',
            field=models.UUIDField(editable=False, null=True, unique=True),
        ),
        migrations.AddField(
            model_name='place',
            name='is_example',
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name='place',
            name='key',
            field=models.UUIDField(editable=False, null=True, unique=True),
        ),
        migrations.AddField(
            model_name='placeevent',
            name='is_example',
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name='placeevent',
            name='key',
            field=models.UUIDField(editable=False, null=True),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='place',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "groups_placeevent" ("city", "hint", "id", "is_example", "key", "latitude", "longitude", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "postal_code", "precision", "publicity", "state", "street", "zone") VALUES (NEW."city", NEW."hint", NEW."id", NEW."is_example", NEW."key", NEW."latitude", NEW."longitude", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."postal_code", NEW."precision", NEW."publicity", NEW."state", NEW."street", NEW."zone"); RETURN NULL;', hash='9b225121751d9cdb9bc8a310e9454dd740013060', operation='INSERT', pgid='pgtrigger_insert_insert_80091', table='groups_place', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='place',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "groups_placeevent" ("city", "hint", "id", "is_example", "key", "latitude", "longitude", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "postal_code", "precision", "publicity", "state", "street", "zone") VALUES (NEW."city", NEW."hint", NEW."id", NEW."is_example", NEW."key", NEW."latitude", NEW."longitude", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."postal_code", NEW."precision", NEW."publicity", NEW."state", NEW."street", NEW."zone"); RETURN NULL;', hash='b18202c87cf2b851d9b844603be4c2d13a180e31', operation='UPDATE', pgid='pgtrigger_update_update_b5a7d', table='groups_place', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='place',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "groups_placeevent" ("city", "hint", "id", "is_example", "key", "latitude", "longitude", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "postal_code", "precision", "publicity", "state", "street", "zone") VALUES (OLD."city", OLD."hint", OLD."id", OLD."is_example", OLD."key", OLD."latitude", OLD."longitude", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."postal_code", OLD."precision", OLD."publicity", OLD."state", OLD."street", OLD."zone"); RETURN NULL;', hash='ec32970e37b229b398c0e74020c608291175db6a', operation='DELETE', pgid='pgtrigger_delete_delete_3f156', table='groups_place', when='AFTER')),
        ),
        migrations.RunPython(let_moderators_take_away_times, migrations.RunPython.noop),
    ]
