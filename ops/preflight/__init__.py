"""`preflight`: what would stop a stage's deployment or its first text, asked of AWS beforehand."""
