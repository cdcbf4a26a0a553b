"""Which appeal a notification is about."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

# SQLite can add and drop such columns in place: the tables need not be made anew.
IN_PLACE = "never"


def upgrade() -> None:
    with op.batch_alter_table("notifications", schema=None, recreate=IN_PLACE) as batch_op:
        batch_op.add_column(sa.Column("appeal_id", sa.String(length=40), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("notifications", schema=None, recreate=IN_PLACE) as batch_op:
        batch_op.drop_column("appeal_id")
