"""How complete each revision was, the kind of business, the other side of a comparison, and drafts that are opened again."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Columns and a table are added; nothing that was written is touched. Figures of older revisions are worked out when somebody looks at them."""

    dependencies = (("ledger", "0005_shared_papers"),)

    operations = (
        migrations.AddField(model_name="revision", name="maturity", field=models.JSONField(null=True)),
        migrations.AddField(model_name="draftrevision", name="maturity", field=models.JSONField(null=True)),
        migrations.AddField(model_name="workspace", name="business", field=models.CharField(blank=True, default="", max_length=40)),
        migrations.AddField(model_name="draftplan", name="is_of_strategy", field=models.BooleanField(default=False)),
        migrations.CreateModel(
            name="DraftReopening",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("by", models.CharField(max_length=200)),
                ("made_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
                ("closed_by", models.CharField(max_length=200, null=True)),
                ("number", models.PositiveIntegerField()),
                ("adopted_as", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.revision")),
                ("draft", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="reopenings", to="ledger.draft")),
            ],
            options={"abstract": False, "base_manager_name": "objects"},
        ),
        migrations.AddConstraint(
            model_name="draftreopening",
            constraint=models.UniqueConstraint(fields=("draft", "number"), name="ledger_draft_reopening_number"),
        ),
    )
