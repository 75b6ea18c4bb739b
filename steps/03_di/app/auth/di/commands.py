"""The commands of the module and who carries them out."""

from app.auth.commands.users.register import RegisterUser, RegisterUserHandler
from app.core.mediator import CommandRegistry, CommandTable

COMMANDS: CommandTable = ((RegisterUser, RegisterUserHandler),)


def register_auth_command_handlers(registry: CommandRegistry) -> None:
    """Tell the mediator."""
    for command, handler in COMMANDS:
        registry.register(command, handler)
