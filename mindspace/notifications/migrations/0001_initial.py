
import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Notification',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=60, verbose_name='kind')),
                ('key', models.CharField(max_length=160)),
                ('path', models.CharField(blank=True, max_length=200)),
                ('about', models.CharField(blank=True, max_length=160)),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='when')),
                ('read_at', models.DateTimeField(null=True)),
                ('mail_at', models.DateTimeField(null=True)),
                ('is_daily', models.BooleanField(default=False)),
                ('mailed_at', models.DateTimeField(null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notifications', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'notification',
                'verbose_name_plural': 'notifications',
                'indexes': [models.Index(fields=['user', '-at'], name='notification_of_member'), models.Index(condition=models.Q(('mail_at__isnull', False)), fields=['mail_at'], name='notification_to_mail')],
                'constraints': [models.UniqueConstraint(fields=('user', 'key'), name='notification_told_once'), models.CheckConstraint(condition=models.Q(('path', ''), models.Q(('path__startswith', '/'), models.Q(('path__startswith', '//'), _negated=True)), _connector='OR'), name='notification_leads_to_our_site'), models.CheckConstraint(condition=models.Q(('mail_at', None), ('mailed_at', None), _connector='OR'), name='notification_mailed_once')],
            },
        ),
        migrations.CreateModel(
            name='Preference',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=60)),
                ('choice', models.CharField(choices=[('at once', 'At once'), ('daily', 'Once a day, together'), ('never', 'Not by mail')], max_length=8)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'choice of mail',
                'verbose_name_plural': 'choices of mail',
                'constraints': [models.UniqueConstraint(fields=('user', 'kind'), name='preference_once'), models.CheckConstraint(condition=models.Q(('choice__in', ['at once', 'daily', 'never'])), name='preference_is_a_choice')],
            },
        ),
        migrations.CreateModel(
            name='QuietHours',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts', models.TimeField(verbose_name='from')),
                ('ends', models.TimeField(verbose_name='until')),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'quiet hours',
                'verbose_name_plural': 'quiet hours',
                'constraints': [models.CheckConstraint(condition=models.Q(('starts', models.F('ends')), _negated=True), name='quiet_hours_have_a_length')],
            },
        ),
    ]
