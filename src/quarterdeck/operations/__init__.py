"""One use case a module, named by its verb: the only place where ledger, lake and the pure rooms meet."""
