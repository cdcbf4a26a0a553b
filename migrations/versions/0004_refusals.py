"""What the contact filter refused, appeals against it, and the audit trail."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

KIND = "kind IN ('message', 'customerName', 'location', 'note', 'reason', 'displayName', 'profile')"
STANDING = sa.text("status IN ('open', 'allowed')")


def upgrade() -> None:
    _create_refusals()
    _create_appeals()
    op.create_table(
        "audit_entries",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("actor_id", sa.String(length=40), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("subject_type", sa.String(length=24), nullable=False),
        sa.Column("subject_id", sa.String(length=120), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["users.id"], name=op.f("fk_audit_entries_actor_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entries")),
    )
    op.create_index(op.f("ix_audit_entries_created_at"), "audit_entries", ["created_at"])
    op.create_index(op.f("ix_audit_entries_subject_type_subject_id"), "audit_entries", ["subject_type", "subject_id"])


def _create_refusals() -> None:
    op.create_table(
        "refusals",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("user_id", sa.String(length=40), nullable=True),
        sa.Column("conversation_id", sa.String(length=120), nullable=True),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("redacted", sa.Text(), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("engine_version", sa.String(length=40), nullable=False),
        sa.Column("rules_version", sa.String(length=40), nullable=False),
        sa.Column("enforced", sa.Boolean(), nullable=False),
        sa.Column("spared_by", sa.String(length=40), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(KIND, name=op.f("ck_refusals_kind")),
        sa.CheckConstraint("tries >= 1", name=op.f("ck_refusals_tries")),
        *_references("refusals"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refusals")),
    )
    for columns in (["user_id", "created_at"], ["digest", "created_at"], ["created_at"]):
        op.create_index(op.f("_".join(["ix_refusals", *columns])), "refusals", columns)


def _create_appeals() -> None:
    op.create_table(
        "appeals",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("user_id", sa.String(length=40), nullable=False),
        sa.Column("conversation_id", sa.String(length=120), nullable=True),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("status", sa.String(length=8), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=True),
        sa.Column("spans", sa.JSON(), nullable=False),
        sa.Column("redacted", sa.Text(), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("judged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(KIND, name=op.f("ck_appeals_kind")),
        sa.CheckConstraint("status IN ('open', 'allowed', 'rejected', 'used')", name=op.f("ck_appeals_status")),
        sa.CheckConstraint("(status = 'open') = (text IS NOT NULL)", name=op.f("ck_appeals_text_until_judged")),
        sa.CheckConstraint("(status = 'open') = (judged_at IS NULL)", name=op.f("ck_appeals_judged")),
        sa.CheckConstraint("(status = 'used') = (used_at IS NOT NULL)", name=op.f("ck_appeals_used")),
        *_references("appeals"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appeals")),
    )
    op.create_index(
        "uq_appeals_digest_standing",
        "appeals",
        ["digest"],
        unique=True,
        sqlite_where=STANDING,
        postgresql_where=STANDING,
    )
    for columns in (["status", "created_at"], ["user_id"], ["created_at"]):
        op.create_index(op.f("_".join(["ix_appeals", *columns])), "appeals", columns)


def _references(table: str) -> tuple[sa.ForeignKeyConstraint, ...]:
    return tuple(
        sa.ForeignKeyConstraint(
            [column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}_{target}"), ondelete="CASCADE"
        )
        for column, target in (("user_id", "users"), ("conversation_id", "conversations"))
    )


def downgrade() -> None:
    op.drop_table("audit_entries")
    op.drop_table("appeals")
    op.drop_table("refusals")
