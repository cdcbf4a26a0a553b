"""What clients may send, and the envelopes of what they get, a file for each resource. Lengths and meanings are the
domain's to check, so that all faults of a form are reported in one way.
"""
