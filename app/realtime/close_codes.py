"""Why a socket is closed; docs/protocol.md says what the client does then."""

MALFORMED = 1003
POLICY = 1008
FAULT = 1011
RESTART = 1012
SIGNED_OUT = 4001
TOO_SLOW = 4008
FLOOD = 4029
