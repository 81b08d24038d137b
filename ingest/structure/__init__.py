"""From a normalised text to its clause trees: lines, labels, frames, outline, and whose each paragraph is. `segment` is the way in."""
