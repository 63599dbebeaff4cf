"""A decision about an action may be taken back, as a decision of its own."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """The choices of a decision; nothing in the tables changes."""

    dependencies = (("ledger", "0002_accounts_and_jobs"),)

    operations = (
        migrations.AlterField(
            model_name="approval",
            name="decision",
            field=models.CharField(
                choices=[("approve", "Approve"), ("changes", "Changes"), ("refuse", "Refuse"), ("withdraw", "Withdraw")], max_length=10
            ),
        ),
    )
