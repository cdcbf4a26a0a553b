"""When a person was last here, and what she lets others notice."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# SQLite can add and drop such columns in place: a table that most others refer to need not be made anew.
IN_PLACE = "never"


def upgrade() -> None:
    with op.batch_alter_table("users", schema=None, recreate=IN_PLACE) as batch_op:
        batch_op.add_column(sa.Column("shares_typing", sa.Boolean(), server_default=sa.true(), nullable=False))
        batch_op.add_column(sa.Column("shares_presence", sa.Boolean(), server_default=sa.true(), nullable=False))
        batch_op.add_column(sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("users", schema=None, recreate=IN_PLACE) as batch_op:
        batch_op.drop_column("last_seen_at")
        batch_op.drop_column("shares_presence")
        batch_op.drop_column("shares_typing")
