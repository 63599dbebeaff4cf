"""Work in the background: what can be asked for, done once by a worker, its progress, and whether the site can work at all."""
