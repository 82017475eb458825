"""What stops a command. Faults in data are Issues and never raised."""


class WpsError(Exception):
    """A command cannot go on; the text says where, what was found and what to do.

    ``at_button`` is what somebody reads who pressed a button, where that is something else.
    """

    def __init__(self, text: str = "", at_button: str = "") -> None:
        super().__init__(text)
        self.at_button = at_button or text


class CodebookError(WpsError):
    """A code list, layout or template of the package is at odds with itself."""


class InputError(WpsError):
    """A file or an argument that the user named cannot be used."""


class OutputError(WpsError):
    """A file cannot be written where the user wants it."""
