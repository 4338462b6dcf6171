"""The table `[plugins.sp2d]` of the settings."""

import attrs


@attrs.frozen
class PaymentSettings:
    """The region's general account (RKUD), from which everything is paid.

    `rkud_bank` is the three-digit code of its bank. Without an account no file of orders is made.
    """

    rkud_name: str = ""
    rkud_bank: str = ""
    rkud_account: str = ""
