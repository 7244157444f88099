"""`redrive`: queues the jobs of the dead-letter queue again if their texts may still be sent."""
