"""A schema as a set of sentences, read from PostgreSQL's own catalogue."""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

QUESTIONS = (
    "SELECT 'table ' || table_name FROM information_schema.tables WHERE table_schema = 'public'",
    """
    SELECT concat_ws(' ', 'column', table_name, column_name, data_type, character_maximum_length,
                     'null', is_nullable, 'default', column_default, 'identity', is_identity)
    FROM information_schema.columns WHERE table_schema = 'public'
    """,
    "SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = 'public'",
    """
    SELECT concat_ws(' ', 'constraint', conrelid::regclass, conname, pg_get_constraintdef(oid))
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    """,
    """
    SELECT concat_ws(' ', 'trigger', pg_get_triggerdef(oid)) FROM pg_trigger WHERE NOT tgisinternal
    """,
    """
    SELECT concat_ws(' ', 'enum', enumtypid::regtype, enumlabel, enumsortorder) FROM pg_enum
    """,
)


async def describe(engine: AsyncEngine) -> set[str]:
    """Tell everything about the app's tables that a migration can get wrong."""
    async with engine.connect() as connection:
        rows = [row for question in QUESTIONS for row in await connection.scalars(text(question))]
    return {row for row in rows if "alembic_version" not in row}
