"""One file a command: options, one call, one answer."""
