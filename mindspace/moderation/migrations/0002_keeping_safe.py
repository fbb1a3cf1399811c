
import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('moderation', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Appeal',
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
                ('words', models.TextField(max_length=2000, verbose_name='in your words')),
            ],
            options={
                'verbose_name': 'appeal',
                'verbose_name_plural': 'appeals',
                'ordering': ['-made_at'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Sanction',
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
                ('kind', models.CharField(choices=[('mute', 'Cannot write for a while'), ('suspension', 'Cannot take part for a while'), ('ban', 'Cannot take part any more')], max_length=10, verbose_name='kind')),
                ('reason', models.TextField(max_length=1000, verbose_name='reason')),
                ('until', models.DateTimeField(blank=True, null=True, verbose_name='until')),
                ('lifted_at', models.DateTimeField(editable=False, null=True)),
            ],
            options={
                'verbose_name': 'sanction',
                'verbose_name_plural': 'sanctions',
                'ordering': ['-made_at'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ThreadLook',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('queue', models.CharField(max_length=40)),
                ('item', models.UUIDField()),
                ('thread', models.UUIDField()),
                ('reason', models.TextField(max_length=300, verbose_name='reason')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='when')),
            ],
            options={
                'verbose_name': 'look at a private thread',
                'verbose_name_plural': 'looks at private threads',
                'ordering': ['-at'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='decision',
            name='decision_is_made_once',
        ),
        migrations.AlterField(
            model_name='decision',
            name='verdict',
            field=models.CharField(choices=[('approve', 'Approve'), ('ask', 'Ask'), ('refuse', 'Refuse'), ('propose', 'Propose to another moderator')], max_length=8, verbose_name='verdict'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.UniqueConstraint(condition=models.Q(('verdict__in', ['approve', 'refuse'])), fields=('queue', 'item'), name='decision_is_made_once'),
        ),
        migrations.AddField(
            model_name='appeal',
            name='decision',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='appeal', to='moderation.decision'),
        ),
        migrations.AddField(
            model_name='appeal',
            name='made_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='sanction',
            name='made_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='sanction',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sanctions', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='threadlook',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by'),
        ),
        migrations.AddIndex(
            model_name='appeal',
            index=models.Index(fields=['state', '-risk', 'waits_since'], name='appeal_queue'),
        ),
        migrations.AddConstraint(
            model_name='appeal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', False), ('state__in', ('approved', 'refused'))), models.Q(('decided_at', None), ('state__in', ('unconfirmed', 'waiting', 'asked'))), _connector='OR'), name='moderation_appeal_decided_when'),
        ),
        migrations.AddIndex(
            model_name='sanction',
            index=models.Index(fields=['state', '-risk', 'waits_since'], name='sanction_queue'),
        ),
        migrations.AddConstraint(
            model_name='sanction',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', False), ('state__in', ('approved', 'refused'))), models.Q(('decided_at', None), ('state__in', ('unconfirmed', 'waiting', 'asked'))), _connector='OR'), name='moderation_sanction_decided_when'),
        ),
        migrations.AddConstraint(
            model_name='sanction',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'ban'), ('until', None)), models.Q(models.Q(('kind', 'ban'), _negated=True), ('until__isnull', False)), _connector='OR'), name='sanction_only_a_ban_has_no_end'),
        ),
        migrations.AddConstraint(
            model_name='sanction',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='sanction_has_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='sanction',
            constraint=models.CheckConstraint(condition=models.Q(('made_by', None), models.Q(('made_by', models.F('user')), _negated=True), _connector='OR'), name='sanction_of_another'),
        ),
        migrations.AddConstraint(
            model_name='threadlook',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='thread_look_has_a_reason'),
        ),
    ]
