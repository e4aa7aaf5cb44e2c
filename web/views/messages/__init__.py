"""Messages: the inbox, one conversation, a new message, and the buttons of a conversation."""
