"""OFD, the Chinese standard of fixed pages (GB/T 33190): XML parts in a package, with the text placed on pages."""
