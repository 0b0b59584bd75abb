"""Commands that solve nothing, one file each: what there is, what words mean, a copy to begin with, files for other programs."""
