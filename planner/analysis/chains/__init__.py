"""Whether an economy can begin with what another left, and one program over several."""
