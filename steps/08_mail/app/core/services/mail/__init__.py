"""Mail: messages from views, sent at once or by a worker."""

from app.core.configs.mail import SMTPConfig
from app.core.services.mail.email_data import EmailData
from app.core.services.mail.service import MailService
from app.core.services.mail.template import BaseTemplate

__all__ = ["BaseTemplate", "EmailData", "MailService", "SMTPConfig"]
