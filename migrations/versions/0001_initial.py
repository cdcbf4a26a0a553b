"""Everything the main job needs: people, providers, bookings, conversations, events."""

import sqlalchemy as sa
from alembic import op

from app.storage.overlap import guard_against_overlap, unguard_against_overlap

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "users",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("role", sa.String(length=12), nullable=False),
        sa.Column("display_name", sa.String(length=80), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column("is_guest", sa.Boolean(), nullable=False),
        sa.Column("guest_key_hash", sa.LargeBinary(length=32), nullable=True),
        sa.Column("locale", sa.String(length=5), nullable=False),
        sa.Column("timezone", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("role IN ('customer', 'therapist', 'operator')", name=op.f("ck_users_role")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("email", name=op.f("uq_users_email")),
        sa.UniqueConstraint("guest_key_hash", name=op.f("uq_users_guest_key_hash")),
    )
    op.create_table(
        "event_heads",
        sa.Column("user_id", sa.String(length=40), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("tag", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_event_heads_user_id_users")),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_event_heads")),
    )
    op.create_table(
        "events",
        sa.Column("user_id", sa.String(length=40), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("tag", sa.String(length=16), nullable=False),
        sa.Column("type", sa.String(length=32), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_events_user_id_users")),
        sa.PrimaryKeyConstraint("user_id", "seq", name=op.f("pk_events")),
    )
    with op.batch_alter_table("events", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_events_created_at"), ["created_at"], unique=False)

    op.create_table(
        "sessions",
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("user_id", sa.String(length=40), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_sessions_user_id_users"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_sessions")),
    )
    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sessions_expires_at"), ["expires_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_sessions_user_id"), ["user_id"], unique=False)

    op.create_table(
        "therapists",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("user_id", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("display_name", sa.String(length=80), nullable=False),
        sa.Column("area", sa.String(length=80), nullable=False),
        sa.Column("areas_served", sa.JSON(), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=True),
        sa.Column("timezone", sa.String(length=64), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("travel_fee", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("about_en", sa.Text(), nullable=False),
        sa.Column("about_id", sa.Text(), nullable=False),
        sa.Column("photo_url", sa.String(length=200), nullable=True),
        sa.CheckConstraint("kind IN ('therapist', 'place')", name=op.f("ck_therapists_kind")),
        sa.CheckConstraint("status IN ('available', 'busy', 'offline')", name=op.f("ck_therapists_status")),
        sa.CheckConstraint("capacity >= 1", name=op.f("ck_therapists_capacity")),
        sa.CheckConstraint("travel_fee >= 0", name=op.f("ck_therapists_travel_fee")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_therapists_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_therapists")),
        sa.UniqueConstraint("user_id", name=op.f("uq_therapists_user_id")),
    )
    op.create_table(
        "conversations",
        sa.Column("id", sa.String(length=120), nullable=False),
        sa.Column("customer_id", sa.String(length=40), nullable=False),
        sa.Column("therapist_id", sa.String(length=40), nullable=False),
        sa.Column("therapist_user_id", sa.String(length=40), nullable=False),
        sa.Column("customer_name", sa.String(length=80), nullable=False),
        sa.Column("therapist_name", sa.String(length=80), nullable=False),
        sa.Column("booking_id", sa.String(length=40), nullable=True),
        sa.Column("is_unlocked", sa.Boolean(), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_reason", sa.String(length=24), nullable=True),
        sa.Column("last_seq", sa.Integer(), nullable=False),
        sa.Column("customer_delivered_seq", sa.Integer(), nullable=False),
        sa.Column("customer_read_seq", sa.Integer(), nullable=False),
        sa.Column("therapist_delivered_seq", sa.Integer(), nullable=False),
        sa.Column("therapist_read_seq", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("active_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["users.id"], name=op.f("fk_conversations_customer_id_users")),
        sa.ForeignKeyConstraint(
            ["therapist_id"], ["therapists.id"], name=op.f("fk_conversations_therapist_id_therapists")
        ),
        sa.ForeignKeyConstraint(
            ["therapist_user_id"], ["users.id"], name=op.f("fk_conversations_therapist_user_id_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conversations")),
        sa.UniqueConstraint("customer_id", "therapist_id", name=op.f("uq_conversations_customer_id_therapist_id")),
    )
    with op.batch_alter_table("conversations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_conversations_closes_at"), ["closes_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_conversations_therapist_user_id"), ["therapist_user_id"], unique=False)

    op.create_table(
        "services",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("therapist_id", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("name_id", sa.String(length=80), nullable=False),
        sa.Column("duration_minutes", sa.Integer(), nullable=False),
        sa.Column("price", sa.Integer(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint("duration_minutes BETWEEN 15 AND 480", name=op.f("ck_services_duration")),
        sa.CheckConstraint("price > 0", name=op.f("ck_services_price")),
        sa.ForeignKeyConstraint(["therapist_id"], ["therapists.id"], name=op.f("fk_services_therapist_id_therapists")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_services")),
    )
    with op.batch_alter_table("services", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_services_therapist_id"), ["therapist_id"], unique=False)

    op.create_table(
        "working_hours",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("therapist_id", sa.String(length=40), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("opens_minute", sa.Integer(), nullable=False),
        sa.Column("closes_minute", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "opens_minute >= 0 AND opens_minute < closes_minute AND closes_minute <= 1440",
            name=op.f("ck_working_hours_minutes"),
        ),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name=op.f("ck_working_hours_weekday")),
        sa.ForeignKeyConstraint(
            ["therapist_id"], ["therapists.id"], name=op.f("fk_working_hours_therapist_id_therapists")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_working_hours")),
    )
    with op.batch_alter_table("working_hours", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_working_hours_therapist_id"), ["therapist_id"], unique=False)

    op.create_table(
        "bookings",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("customer_id", sa.String(length=40), nullable=False),
        sa.Column("therapist_id", sa.String(length=40), nullable=False),
        sa.Column("conversation_id", sa.String(length=120), nullable=False),
        sa.Column("service_id", sa.String(length=80), nullable=False),
        sa.Column("service_name", sa.String(length=80), nullable=False),
        sa.Column("customer_name", sa.String(length=80), nullable=False),
        sa.Column("customer_whatsapp", sa.LargeBinary(), nullable=False),
        sa.Column("therapist_name", sa.String(length=80), nullable=False),
        sa.Column("area", sa.String(length=80), nullable=False),
        sa.Column("location", sa.String(length=300), nullable=False),
        sa.Column("location_type", sa.String(length=8), nullable=False),
        sa.Column("massage_for", sa.String(length=8), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("service_price", sa.Integer(), nullable=False),
        sa.Column("travel_fee", sa.Integer(), nullable=False),
        sa.Column("price", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("duration_minutes", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("timezone", sa.String(length=64), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("slot", sa.Integer(), nullable=True),
        sa.Column("cancelled_by", sa.String(length=12), nullable=True),
        sa.Column("cancel_reason", sa.String(length=24), nullable=True),
        sa.Column("cancel_note", sa.String(length=300), nullable=True),
        sa.Column("idempotency_key", sa.String(length=200), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(expires_at IS NULL) = (status IN ('user_confirmed', 'cancelled'))", name=op.f("ck_bookings_deadline")
        ),
        sa.CheckConstraint(
            "(status = 'cancelled') = (cancelled_by IS NOT NULL)", name=op.f("ck_bookings_cancelled_by")
        ),
        sa.CheckConstraint(
            "cancel_reason IN ('customer_cancelled', 'therapist_cancelled', 'declined', 'answer_expired', "
            "'confirm_expired')",
            name=op.f("ck_bookings_cancel_reason"),
        ),
        sa.CheckConstraint(
            "cancelled_by IN ('customer', 'therapist', 'system')", name=op.f("ck_bookings_cancelled_by_whom")
        ),
        sa.CheckConstraint(
            "status IN ('pending', 'therapist_accepted', 'user_confirmed', 'cancelled')",
            name=op.f("ck_bookings_status"),
        ),
        sa.CheckConstraint(
            "status NOT IN ('therapist_accepted', 'user_confirmed') OR slot IS NOT NULL",
            name=op.f("ck_bookings_active_has_slot"),
        ),
        sa.CheckConstraint("price = service_price + travel_fee", name=op.f("ck_bookings_price")),
        sa.CheckConstraint("slot >= 1", name=op.f("ck_bookings_slot")),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_bookings_times")),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name=op.f("fk_bookings_conversation_id_conversations")
        ),
        sa.ForeignKeyConstraint(["customer_id"], ["users.id"], name=op.f("fk_bookings_customer_id_users")),
        sa.ForeignKeyConstraint(["service_id"], ["services.id"], name=op.f("fk_bookings_service_id_services")),
        sa.ForeignKeyConstraint(["therapist_id"], ["therapists.id"], name=op.f("fk_bookings_therapist_id_therapists")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bookings")),
        sa.UniqueConstraint("customer_id", "idempotency_key", name=op.f("uq_bookings_customer_id_idempotency_key")),
    )
    with op.batch_alter_table("bookings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_bookings_conversation_id"), ["conversation_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_bookings_customer_id_created_at"), ["customer_id", "created_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_bookings_expires_at"), ["expires_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_bookings_therapist_id_starts_at"), ["therapist_id", "starts_at"], unique=False
        )

    op.create_table(
        "messages",
        sa.Column("conversation_id", sa.String(length=120), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("client_id", sa.String(length=100), nullable=False),
        sa.Column("sender_user_id", sa.String(length=40), nullable=False),
        sa.Column("sender_role", sa.String(length=12), nullable=False),
        sa.Column("sender_name", sa.String(length=80), nullable=False),
        sa.Column("receiver_name", sa.String(length=80), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("message_type", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "message_type IN ('text', 'system', 'booking', 'payment_card')", name=op.f("ck_messages_message_type")
        ),
        sa.CheckConstraint("sender_role IN ('customer', 'therapist')", name=op.f("ck_messages_sender_role")),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name=op.f("fk_messages_conversation_id_conversations")
        ),
        sa.ForeignKeyConstraint(["sender_user_id"], ["users.id"], name=op.f("fk_messages_sender_user_id_users")),
        sa.PrimaryKeyConstraint("conversation_id", "seq", name=op.f("pk_messages")),
        sa.UniqueConstraint("id", name=op.f("uq_messages_id")),
        sa.UniqueConstraint("sender_user_id", "client_id", name=op.f("uq_messages_sender_user_id_client_id")),
    )
    op.create_table(
        "booking_transitions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("booking_id", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("from_status", sa.String(length=20), nullable=True),
        sa.Column("to_status", sa.String(length=20), nullable=False),
        sa.Column("actor_role", sa.String(length=12), nullable=False),
        sa.Column("actor_user_id", sa.String(length=40), nullable=True),
        sa.Column("reason", sa.String(length=24), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["actor_user_id"], ["users.id"], name=op.f("fk_booking_transitions_actor_user_id_users")
        ),
        sa.ForeignKeyConstraint(
            ["booking_id"], ["bookings.id"], name=op.f("fk_booking_transitions_booking_id_bookings")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_booking_transitions")),
        sa.UniqueConstraint("booking_id", "version", name=op.f("uq_booking_transitions_booking_id_version")),
    )
    op.create_table(
        "notifications",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("user_id", sa.String(length=40), nullable=False),
        sa.Column("type", sa.String(length=32), nullable=False),
        sa.Column("booking_id", sa.String(length=40), nullable=True),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("body", sa.String(length=300), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["booking_id"], ["bookings.id"], name=op.f("fk_notifications_booking_id_bookings")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_notifications_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notifications")),
    )
    with op.batch_alter_table("notifications", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_notifications_booking_id"), ["booking_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_notifications_user_id_acknowledged_at"), ["user_id", "acknowledged_at"], unique=False
        )
    guard_against_overlap(op.get_bind().dialect.name, op.execute)


def downgrade() -> None:
    with op.batch_alter_table("notifications", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_notifications_user_id_acknowledged_at"))
        batch_op.drop_index(batch_op.f("ix_notifications_booking_id"))

    op.drop_table("notifications")
    op.drop_table("booking_transitions")
    op.drop_table("messages")
    with op.batch_alter_table("bookings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_bookings_therapist_id_starts_at"))
        batch_op.drop_index(batch_op.f("ix_bookings_expires_at"))
        batch_op.drop_index(batch_op.f("ix_bookings_customer_id_created_at"))
        batch_op.drop_index(batch_op.f("ix_bookings_conversation_id"))

    op.drop_table("bookings")
    with op.batch_alter_table("working_hours", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_working_hours_therapist_id"))

    op.drop_table("working_hours")
    with op.batch_alter_table("services", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_services_therapist_id"))

    op.drop_table("services")
    with op.batch_alter_table("conversations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_conversations_therapist_user_id"))
        batch_op.drop_index(batch_op.f("ix_conversations_closes_at"))

    op.drop_table("conversations")
    op.drop_table("therapists")
    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sessions_user_id"))
        batch_op.drop_index(batch_op.f("ix_sessions_expires_at"))

    op.drop_table("sessions")
    with op.batch_alter_table("events", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_events_created_at"))

    op.drop_table("events")
    op.drop_table("event_heads")
    op.drop_table("users")
    unguard_against_overlap(op.get_bind().dialect.name, op.execute)
