"""`day` and `unreached`: about which absent students somebody at home was told."""
