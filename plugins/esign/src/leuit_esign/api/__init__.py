"""JSON routes of e-sign, for programs that bring documents and follow them.

Paraf, signature and refusal have no route here: each asks for the signer's password and passphrase
at that moment, and a token must never stand for the sole control of a person over his key.
"""
