"""JSON routes of payments, below `/api/sp2d/v1`: all that the pages can do.

Amounts are JSON integers, whole rupiah above zero. A change names the version that was read. Steps
that bind the region's money take the `password` of the person again, as the pages do. A POST, PUT
or DELETE may carry `Idempotency-Key` (1 to 200 visible characters): sent again within seven days,
the same request gets the first answer and `Idempotency-Replayed: true`.
"""
