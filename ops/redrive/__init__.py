"""`redrive`: what to do with each job in the dead-letter queue."""
