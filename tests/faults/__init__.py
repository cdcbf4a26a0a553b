"""Bad networks, made on purpose, and the shipped client engine on them."""
