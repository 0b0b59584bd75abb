"""Projects as wholes: when each is begun, and what that takes."""
