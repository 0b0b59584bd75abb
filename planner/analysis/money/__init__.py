"""Money of a plan beside its goods: an accounting of a solved plan, which binds none."""
