"""Create the users."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0001"
down_revision: str | None = None
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "users",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("username", sa.String(length=50), nullable=False),
        sa.Column("password_hash", sa.String(length=255), nullable=False),
        sa.Column("status_id", sa.SmallInteger(), server_default="1", nullable=False),
        sa.Column("is_admin", sa.Boolean(), server_default=sa.text("false"), nullable=False),
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
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("status_id IN (1, 2)", name=op.f("ck_users_status_id_known")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
    )
    living = sa.text("deleted_at IS NULL")
    op.create_index(
        "uq_users_email_living", "users", ["email"], unique=True, postgresql_where=living
    )
    op.create_index(
        "uq_users_username_living", "users", ["username"], unique=True, postgresql_where=living
    )


def downgrade() -> None:
    op.drop_table("users")
