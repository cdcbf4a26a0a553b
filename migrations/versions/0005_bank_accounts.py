"""Bank accounts, payment cards, and who looked at one."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "bank_accounts",
        sa.Column("therapist_id", sa.String(length=40), nullable=False),
        sa.Column("bank", sa.String(length=40), nullable=False),
        sa.Column("holder", sa.LargeBinary(), nullable=False),
        sa.Column("number", sa.LargeBinary(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["therapist_id"], ["therapists.id"], name=op.f("fk_bank_accounts_therapist_id_therapists")
        ),
        sa.PrimaryKeyConstraint("therapist_id", name=op.f("pk_bank_accounts")),
    )
    op.create_table(
        "payment_cards",
        sa.Column("message_id", sa.String(length=40), nullable=False),
        sa.Column("conversation_id", sa.String(length=120), nullable=False),
        sa.Column("booking_id", sa.String(length=40), nullable=False),
        sa.Column("therapist_id", sa.String(length=40), nullable=False),
        sa.Column("bank", sa.String(length=40), nullable=False),
        sa.Column("holder", sa.LargeBinary(), nullable=False),
        sa.Column("number", sa.LargeBinary(), nullable=False),
        sa.Column("outdated_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name=op.f("fk_payment_cards_message_id_messages")),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name=op.f("fk_payment_cards_conversation_id_conversations")
        ),
        sa.ForeignKeyConstraint(["booking_id"], ["bookings.id"], name=op.f("fk_payment_cards_booking_id_bookings")),
        sa.ForeignKeyConstraint(
            ["therapist_id"], ["therapists.id"], name=op.f("fk_payment_cards_therapist_id_therapists")
        ),
        sa.PrimaryKeyConstraint("message_id", name=op.f("pk_payment_cards")),
    )
    op.create_index(op.f("ix_payment_cards_booking_id"), "payment_cards", ["booking_id"])
    op.create_index(op.f("ix_payment_cards_therapist_id_outdated_at"), "payment_cards", ["therapist_id", "outdated_at"])
    op.create_table(
        "payment_card_reveals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.String(length=40), nullable=False),
        sa.Column("booking_id", sa.String(length=40), nullable=False),
        sa.Column("viewer_user_id", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id"],
            ["payment_cards.message_id"],
            name=op.f("fk_payment_card_reveals_message_id_payment_cards"),
        ),
        sa.ForeignKeyConstraint(
            ["booking_id"], ["bookings.id"], name=op.f("fk_payment_card_reveals_booking_id_bookings")
        ),
        sa.ForeignKeyConstraint(
            ["viewer_user_id"], ["users.id"], name=op.f("fk_payment_card_reveals_viewer_user_id_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_card_reveals")),
    )
    op.create_index(op.f("ix_payment_card_reveals_message_id"), "payment_card_reveals", ["message_id"])
    op.create_index(op.f("ix_payment_card_reveals_viewer_user_id_at"), "payment_card_reveals", ["viewer_user_id", "at"])


def downgrade() -> None:
    op.drop_table("payment_card_reveals")
    op.drop_table("payment_cards")
    op.drop_table("bank_accounts")
