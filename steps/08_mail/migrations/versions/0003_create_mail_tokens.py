"""Create the tokens that are sent by mail, and remember which addresses are verified."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column(
        "users", sa.Column("email_verified_at", sa.DateTime(timezone=True), nullable=True)
    )
    # The operator answers for these: they came from the settings.
    op.execute("UPDATE users SET email_verified_at = created_at WHERE is_admin")
    op.create_table(
        "auth_mail_tokens",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("purpose", sa.SmallInteger(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column(
            "updated_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["users.id"],
            name=op.f("fk_auth_mail_tokens_user_id_users"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_auth_mail_tokens")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_auth_mail_tokens_token_hash")),
        sa.UniqueConstraint("user_id", "purpose", name=op.f("uq_auth_mail_tokens_user_id_purpose")),
    )
    op.create_index(op.f("ix_auth_mail_tokens_expires_at"), "auth_mail_tokens", ["expires_at"])


def downgrade() -> None:
    op.drop_table("auth_mail_tokens")
    op.drop_column("users", "email_verified_at")
