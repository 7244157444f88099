"""`preview`: the texts that a run would claim, and how they differ from the texts sent."""
