"""Every button's payload, typed and versioned, one file a feature.

A payload travels as `code:field:field` in at most 64 bytes of callback data. When the fields of one change, its code
gets a new number, and buttons that still hang in old messages are answered as old instead of being misread. A payload
is known from the moment that its module is imported: the conversation that answers it does.
"""
