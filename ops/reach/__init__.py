"""`reach`: about which students nobody at home could be texted, and what to mend."""
