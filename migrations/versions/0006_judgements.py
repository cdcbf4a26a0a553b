"""Which appeal a notification is about, and what was written before a text that others complete."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

# SQLite can add and drop such columns in place: the tables need not be made anew.
IN_PLACE = "never"
UNTIL_JUDGED = "CONSTRAINT ck_appeals_recent_until_judged CHECK (recent IS NULL OR status = 'open')"


def upgrade() -> None:
    with op.batch_alter_table("notifications", schema=None, recreate=IN_PLACE) as batch_op:
        batch_op.add_column(sa.Column("appeal_id", sa.String(length=40), nullable=True))
    # Written out: a constraint that belongs to its column comes and goes with it in place, on SQLite too.
    kind = sa.LargeBinary().compile(dialect=op.get_bind().dialect)
    op.execute(f"ALTER TABLE appeals ADD COLUMN recent {kind} {UNTIL_JUDGED}")


def downgrade() -> None:
    op.execute("ALTER TABLE appeals DROP COLUMN recent")
    with op.batch_alter_table("notifications", schema=None, recreate=IN_PLACE) as batch_op:
        batch_op.drop_column("appeal_id")
