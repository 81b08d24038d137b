"""职权交叉 and 职责空白: matters with several bodies, and what documents leave open of who does what, by when, with what liability."""
