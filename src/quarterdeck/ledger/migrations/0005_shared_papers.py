from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0004_drafts_and_shares"),
    ]

    operations = [
        migrations.AddField(
            model_name="share",
            name="body",
            field=models.TextField(default=""),
        ),
    ]
