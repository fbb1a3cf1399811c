
import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('moderation', '0003_decisions_stay'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PersonReport',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('key', models.UUIDField(editable=False, null=True, unique=True)),
                ('state', models.CharField(choices=[('unconfirmed', 'Not confirmed by mail yet'), ('waiting', 'Waits for a moderator'), ('asked', 'Waits for an answer'), ('approved', 'Approved'), ('refused', 'Refused')], default='unconfirmed', max_length=12, verbose_name='state')),
                ('risk', models.PositiveSmallIntegerField(default=0, verbose_name='risk')),
                ('sealed_email', models.TextField(blank=True, editable=False)),
                ('token_hash', models.CharField(editable=False, max_length=64, null=True, unique=True)),
                ('answer', models.TextField(blank=True, verbose_name='answer to a question')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='made')),
                ('waits_since', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='waits since')),
                ('decided_at', models.DateTimeField(editable=False, null=True, verbose_name='decided')),
                ('reason', models.CharField(max_length=20, verbose_name='what is wrong')),
                ('note', models.TextField(blank=True, max_length=1000, verbose_name='in your words')),
                ('weight', models.PositiveSmallIntegerField(default=0, editable=False)),
                ('made_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('target', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'report of a person',
                'verbose_name_plural': 'reports of people',
                'ordering': ['-made_at'],
                'abstract': False,
                'indexes': [models.Index(fields=['state', '-risk', 'waits_since'], name='personreport_queue')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', False), ('state__in', ('approved', 'refused'))), models.Q(('decided_at', None), ('state__in', ('unconfirmed', 'waiting', 'asked'))), _connector='OR'), name='moderation_personreport_decided_when'), models.UniqueConstraint(condition=models.Q(('made_by__isnull', False), ('state', 'waiting')), fields=('target', 'made_by'), name='moderation_personreport_one_open')],
            },
        ),
    ]
