from app.audit.models.audit_entry import AuditEntry
from app.audit.models.block_count import BlockCount

__all__ = ["AuditEntry", "BlockCount"]
