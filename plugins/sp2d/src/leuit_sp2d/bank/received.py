"""Our orders as the bank reads them: a pain.001.001.09 in rupiah whose count and sums are right."""

import attrs

from leuit.values import _

from .node import Node
from .xml import WrongFileError, parse

_NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"


class WrongOrderFileError(WrongFileError):
    """The file is no pain.001.001.09, or contradicts itself; `fields` tells cause and place."""

    code = "wrong_order_file"


@attrs.frozen
class Transfer:
    """One order: whole rupiah, to the account's holder."""

    end_to_end: str
    amount: int
    holder: str
    remittance: str


@attrs.frozen
class ReceivedOrders:
    """What one file orders, all from one account."""

    payment_id: str
    account: str
    bank: str
    transfers: tuple[Transfer, ...]


def read_orders(data: bytes) -> ReceivedOrders:
    """The orders of a file as `write_orders` makes it. Errors: WrongOrderFileError."""
    root = parse(data, WrongOrderFileError)
    if root.tag != f"{{{_NAMESPACE}}}Document":
        raise WrongOrderFileError("wrong_kind", _("Berkas bukan perintah bayar pain.001.001.09."))
    message = Node(root, _NAMESPACE, WrongOrderFileError).need("CstmrCdtTrfInitn")
    payment = message.need("PmtInf")
    transfers = tuple(_transfer(node) for node in payment.children("CdtTrfTxInf"))
    if len({each.end_to_end for each in transfers}) < len(transfers):
        raise payment.fault("repeated", _("ID transaksi dipakai lebih dari sekali."))
    for header in (message.need("GrpHdr"), payment):
        count, total = header.need("NbOfTxs"), header.need("CtrlSum")
        if count.text(15) != str(len(transfers)):
            raise count.fault("wrong_count", _("Jumlah transaksi tidak sama dengan isi berkas."))
        if total.rupiah() != sum(each.amount for each in transfers):
            raise total.fault("wrong_sum", _("Nilai total tidak sama dengan isi berkas."))
    return ReceivedOrders(
        payment_id=payment.need("PmtInfId").text(35),
        account=payment.need("DbtrAcct/Id/Othr/Id").text(34),
        bank=payment.need("DbtrAgt/FinInstnId/ClrSysMmbId/MmbId").text(35),
        transfers=transfers,
    )


def _transfer(node: Node) -> Transfer:
    return Transfer(
        end_to_end=node.need("PmtId/EndToEndId").text(35),
        amount=node.need("Amt/InstdAmt").amount(),
        holder=node.need("Cdtr/Nm").text(140),
        remittance=node.told("RmtInf/Ustrd", 140),
    )
