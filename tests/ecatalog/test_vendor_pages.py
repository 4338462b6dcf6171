"""Pages of vendors: a stranger registers, is returned, mends it, is active; nothing leaks."""

import re
from collections.abc import Mapping
from typing import Any

import pytest

from leuit.identity import SYSTEM
from leuit.values import new_id
from leuit.work import AuditEntry, Leuit
from leuit_ecatalog.models import Vendor
from leuit_ecatalog.models.vendors import ACTIVE, CORRECT, WAITING
from leuit_ecatalog.rules.legal_forms import missing_papers
from leuit_ecatalog.rules.npwp import format_npwp
from leuit_ecatalog.service.membership import own_vendor
from leuit_ecatalog.service.vendor_papers import papers_by_kind
from tests.ecatalog.shop_office import (
    AREN,
    BATIK,
    CONTACT,
    KERTAS,
    PASSWORD,
    ShopOffice,
    jpeg,
    png,
    shop_office,
)
from tests.support.client import Client

pytestmark = pytest.mark.ci

SHOP = "/ecatalog/shop"
HOME = "/ecatalog/vendors"
IDENTITY = {
    "name": "UD Contoh Aren Sobang",
    "legal_form": "UD",
    "nib": "9999 8293 48964",
    "npwp": "90.485.863.6-000.000",
    "kbli": "10721, 46319",
}


@pytest.fixture
def office(app: Leuit) -> ShopOffice:
    """The regency."""
    return shop_office(app)


def registration(**changes: str) -> dict[str, str]:
    """What the form of a stranger sends."""
    return {
        "key": str(new_id()),
        "vendor": AREN["name"],
        "name": "Ibu Contoh",
        "login": "aren@contoh.id",
        "password": PASSWORD,
        **changes,
    }


def version_on(page: str) -> str:
    """The version that a page carries in its form."""
    found = re.search(r'name="version" value="(\d+)"', page)
    assert found, page
    return found[1]


def answered(client: Client, path: str, fields: Mapping[str, Any], **files: Any) -> Any:
    """Open a form and send it."""
    version = version_on(client.get(path).text)
    return client.post_form(path, {**fields, "version": version}, **files)


def test_a_stranger_becomes_a_vendor(office: ShopOffice, client: Client) -> None:
    """By the pages alone: registered and signed in, answered, sent, returned, mended, active."""
    assert SHOP.replace("shop", "register") in client.get("/sign-in").text
    key = re.search(r'name="key" value="([^"]+)"', client.get("/ecatalog/register").text)
    assert key
    sent = client.post_form("/ecatalog/register", registration(key=key[1]))
    assert (sent.status_code, sent.headers["location"]) == (303, SHOP)
    desk = client.get(SHOP).text
    assert "Akun Anda sudah dibuat" in desk
    assert "Ibu Contoh" in desk
    assert desk.count("Belum</span>") == 5
    assert answered(client, f"{SHOP}/identity", IDENTITY).is_redirect
    scale = answered(client, f"{SHOP}/scale", {"scale": "mikro", "taxable": "tidak"})
    assert scale.is_redirect
    assert answered(client, f"{SHOP}/contact", CONTACT).is_redirect
    bank = {name: AREN[name] for name in ("bank", "account_number", "account_holder")}
    assert answered(client, f"{SHOP}/account", bank).is_redirect
    for kind in missing_papers("UD", set()):
        path = f"{SHOP}/papers/{kind.code}"
        file = {"file": ("foto.jpg", jpeg(), "image/jpeg")}
        kept = answered(client, path, {"number": "1", "expires": "31/12/2027"}, files=file)
        assert kept.is_redirect, kept.text
    review = client.get(f"{SHOP}/review").text
    assert format_npwp(AREN["npwp"]) in review
    assert "Bukan PKP" in review
    assert answered(client, f"{SHOP}/review", {}).is_redirect
    assert "Menunggu verifikasi" in client.get(SHOP).text
    vendor_id = sent_vendor(office).id

    client.sign_out()
    client.sign_in(office.manager)
    assert "Pendaftaran penyedia" in client.get("/tasks").text
    verify = f"{HOME}/{vendor_id}/verify"
    page = client.get(verify).text
    fields = re.findall(r'name="field" value="([^"]+)"', page)
    assert {"nib", "paper.ktp"} <= set(fields)
    judged = {f"given.{name}": "ok" for name in fields}
    answer = {"field": fields, **judged, "version": version_on(page)}
    refused = client.post_form(verify, {**answer, "given.nib": "wrong", "outcome": "accept"})
    assert refused.status_code == 422
    assert "Pilih alasannya." in refused.text
    wrong = {
        "given.nib": "wrong",
        "reason.nib": "nib_unknown",
        "note.nib": "Satu angka tertukar.",
        "outcome": "return",
    }
    assert client.post_form(verify, {**answer, **wrong}).is_redirect
    assert sent_vendor(office).state == CORRECT

    client.sign_out()
    client.post_form("/sign-in", {"login": "aren@contoh.id", "password": PASSWORD})
    desk = client.get(SHOP).text
    assert "NIB tidak ditemukan" in desk
    assert "Satu angka tertukar." in desk
    assert "Perbaiki data usaha" in client.get("/tasks").text
    mended = {**IDENTITY, "nib": "9999829348964"}
    assert answered(client, f"{SHOP}/identity", mended).is_redirect
    assert answered(client, f"{SHOP}/review", {}).is_redirect

    client.sign_out()
    client.sign_in(office.manager)
    answer["version"] = version_on(client.get(verify).text)
    assert client.post_form(verify, {**answer, "outcome": "accept"}).is_redirect
    assert sent_vendor(office).state == ACTIVE
    assert "Diverifikasi dan aktif" in client.get(f"{HOME}/{vendor_id}").text
    client.sign_out()
    assert AREN["name"] in client.get(f"{HOME}/{vendor_id}/public").text


def sent_vendor(office: ShopOffice) -> Vendor:
    """The only vendor."""
    with office.app.read(SYSTEM) as view:
        found = view.session.query(Vendor).one()
        view.session.expunge(found)
        return found


def test_the_same_form_twice_is_one_account(office: ShopOffice, client: Client) -> None:
    """Sent again it signs in again with its password, and does not with another."""
    form = registration()
    assert client.post_form("/ecatalog/register", form).is_redirect
    client.sign_out()
    assert client.post_form("/ecatalog/register", form).is_redirect
    assert client.get(SHOP).status_code == 200
    client.sign_out()
    other = client.post_form("/ecatalog/register", {**form, "password": "sandi lain sekali"})
    assert other.status_code == 422
    assert client.get(SHOP).is_redirect
    assert sent_vendor(office).name == AREN["name"]


def test_faults_of_registering_stand_at_their_fields(office: ShopOffice, client: Client) -> None:
    """Everything wrong is told at once, what was typed stays, the password does not."""
    typed = registration(login="bukan email", password="pendek", vendor="UD <b>Contoh</b>")
    answer = client.post_form("/ecatalog/register", typed)
    assert answer.status_code == 422
    assert "Tulis alamat email" in answer.text
    assert "UD &lt;b&gt;Contoh&lt;/b&gt;" in answer.text
    assert 'value="pendek"' not in answer.text
    assert client.post_form("/ecatalog/register", registration(key="x")).status_code == 422


def test_registering_is_counted(office: ShopOffice, client: Client) -> None:
    """A network that registers without end is stopped before anything slow happens."""
    typed = registration(login="x")
    codes = [client.post_form("/ecatalog/register", typed).status_code for _try in range(13)]
    assert codes == [422] * 12 + [429]


def test_who_is_signed_in_does_not_register(office: ShopOffice, client: Client) -> None:
    """A vendor goes to his desk, staff go home."""
    who = office.open("aren@contoh.id")
    for identity, path in ((who, SHOP), (office.plain, "/")):
        with client.as_(identity):
            assert client.get("/ecatalog/register").headers["location"] == path


def test_faults_of_a_page_are_told_and_nothing_is_lost(office: ShopOffice, client: Client) -> None:
    """Three wrong numbers are three faults of one answer, each with what was typed."""
    who = office.open("aren@contoh.id")
    with client.as_(who):
        bad = {**IDENTITY, "nib": "12", "npwp": "34", "kbli": "abc"}
        answer = answered(client, f"{SHOP}/identity", bad)
        assert answer.status_code == 422
        assert "Ada 3 hal yang perlu diperbaiki" in answer.text
        for typed in ("12", "34", "abc"):
            assert f'value="{typed}"' in answer.text
        nothing = client.post_form(f"{SHOP}/identity", {})
        assert nothing.status_code == 422


def test_hostile_papers_are_told_at_the_field(office: ShopOffice, client: Client) -> None:
    """A program called PDF is refused, an unknown kind is not there, no file asks for one."""
    who = office.open("aren@contoh.id")
    with client.as_(who):
        path = f"{SHOP}/papers/nib"
        bad = {"file": ("nib.pdf", b"MZ" + bytes(100), "application/pdf")}
        answer = answered(client, path, {}, files=bad)
        assert answer.status_code == 422
        assert "Berkas harus PDF, JPEG atau PNG." in answer.text
        assert answered(client, path, {}).status_code == 422
        assert client.get(f"{SHOP}/papers/gambar").status_code == 404
        old = answered(
            client, path, {"expires": "01/01/2020"}, files={"file": ("a.png", png(), "image/png")}
        )
        assert "sudah tidak berlaku" in old.text


def test_papers_are_looked_at_and_taken_off(office: ShopOffice, client: Client) -> None:
    """The vendor opens his own file as a download, and takes it off while nobody verified it."""
    who = office.open("aren@contoh.id")
    office.fill(who)
    with office.app.read(who) as view:
        vendor = own_vendor(view)
        paper = papers_by_kind(view, vendor)["nib"]
    file = f"{SHOP}/papers/files/{paper.id}"
    with client.as_(who):
        got = client.get(file)
        assert got.content == png()
        assert got.headers["content-disposition"].startswith("attachment")
        assert client.post_form(f"{file}/remove", {}).status_code == 422
        version = str(office.version(who))
        assert client.post_form(f"{file}/remove", {"version": version}).is_redirect
        assert client.get(file).status_code == 404
    with client.as_(office.open("lain@contoh.id")):
        assert client.get(file).status_code == 404
    with client.as_(office.reader):
        officer = f"{HOME}/{vendor.id}/papers/{paper.id}"
        assert client.get(officer).status_code == 404


def test_sending_is_taken_back_and_a_change_dropped(office: ShopOffice, client: Client) -> None:
    """By the buttons of the desk; pressed twice the second is told why not."""
    who = office.open("aren@contoh.id")
    office.fill(who)
    office.send(who)
    with client.as_(who):
        version = {"version": str(office.version(who))}
        assert client.post_form(f"{SHOP}/withdraw", version).is_redirect
        assert client.post_form(f"{SHOP}/withdraw", version).status_code == 422
        again = {"version": str(office.version(who))}
        assert "Tidak ada perubahan" in client.post_form(f"{SHOP}/drop", again).text
    office.send(who)
    office.judge(who)
    with client.as_(who):
        changed = {"bank": "002", "account_number": "998877665", "account_holder": "Ibu Contoh"}
        assert answered(client, f"{SHOP}/account", changed).is_redirect
        desk = client.get(SHOP).text
        assert "Ada perubahan yang belum dikirim" in desk
        assert answered(client, f"{SHOP}/review", {}).is_redirect
        assert "Perubahan menunggu" in client.get(SHOP).text
    with client.as_(office.manager):
        page = client.get(f"{HOME}/{office.vendor(who).id}/verify").text
        assert "sebelumnya:" in page
        assert "00123456789" in page


def test_a_sanction_by_pages(office: ShopOffice, client: Client) -> None:
    """Chosen by the act, recorded with its decree, told to the vendor and the public, lifted."""
    who = office.active("siaga@contoh.id", KERTAS)
    vendor = office.vendor(who)
    path = f"{HOME}/{vendor.id}/sanctions"
    client.sign_in(office.manager)
    assert "Perpres 16/2018 Pasal 80" in client.get(path).text
    record = f"{path}/record"
    assert client.get(record).headers["location"] == path
    form = {"kind": "pesanan", "decree": "027/9-UKPBJ/2026", "since": "05/10/2026"}
    file = {"file": ("sk.png", png(), "image/png")}
    version = version_on(client.get(f"{record}?kind=pesanan").text)
    bad = client.post_form(record, {**form, "version": version})
    assert bad.status_code == 422
    assert "Pilih berkas." in bad.text
    hostile = {"file": ("sk.pdf", b"bukan", "application/pdf")}
    filled = {**form, "reason": "Nomor telepon 0812 9999 0001 tidak dijawab.", "version": version}
    assert client.post_form(record, filled, files=hostile).status_code == 422
    assert client.post_form(record, filled, files=file).is_redirect
    page = client.get(f"{HOME}/{vendor.id}").text
    sanction = re.search(r"/ecatalog/sanctions/[0-9a-f-]{36}", page)
    assert sanction
    one = client.get(sanction[0]).text
    assert "5 April 2027" in one
    assert client.get(f"{sanction[0]}/file").content == png()
    client.sign_out()
    public = client.get(f"{HOME}/{vendor.id}/public").text
    assert "Berlaku sampai 4 April 2027." in public
    assert "0812" not in public
    with client.as_(who):
        assert "Berlaku sampai 4 April 2027." in client.get(SHOP).text
        assert "Kena sanksi" in client.get("/").text
    client.sign_in(office.manager)
    lift = {"on": "06/10/2026", "reason": "Barang sudah dikirim."}
    assert answered(client, f"{sanction[0]}/lift", lift).is_redirect
    assert "Barang sudah dikirim." in client.get(sanction[0]).text
    assert answered(client, f"{sanction[0]}/lift", lift).status_code == 422


def test_nothing_personal_is_public(office: ShopOffice, client: Client) -> None:
    """EC-60: the page of a natural person holds no NIK, NPWP, NIB, telephone, address or account;
    that of a firm its NIB alone.
    """
    person, firm = office.active("batik@contoh.id", BATIK), office.active("pt@contoh.id", KERTAS)
    private = ("npwp", "address", "phone", "email", "account_number", "account_holder")
    for who, shows_nib in ((person, False), (firm, True)):
        vendor = office.vendor(who)
        answer = client.get(f"{HOME}/{vendor.id}/public")
        assert answer.headers["cache-control"] == "public, max-age=300"
        for name in private:
            assert str(getattr(vendor, name)) not in answer.text
        assert format_npwp(vendor.npwp or "") not in answer.text
        assert ((vendor.nib or "?") in answer.text) is shows_nib
        assert "Kecamatan Sobang" in answer.text
    with client.as_(person):
        own = client.get(f"{HOME}/{office.vendor(person).id}/public")
        assert own.headers["cache-control"] == "no-store"


def test_who_was_not_verified_has_no_public_page(office: ShopOffice, client: Client) -> None:
    """A draft, one that waits and nobody at all are the same to the public."""
    draft = office.open("draf@contoh.id")
    office.fill(draft)
    for path in (office.vendor(draft).id, new_id(), "x"):
        assert client.get(f"{HOME}/{path}/public").status_code == 404
    office.send(draft)
    assert office.vendor(draft).state == WAITING
    assert client.get(f"{HOME}/{office.vendor(draft).id}/public").status_code == 404


def test_reading_a_vendor_is_noted(office: ShopOffice, client: Client) -> None:
    """Whoever opens a vendor's data leaves an entry in the audit log, before the page comes."""
    who = office.active("aren@contoh.id")
    ref = str(office.vendor(who).id)
    with client.as_(office.reader):
        assert format_npwp(AREN["npwp"]) in client.get(f"{HOME}/{ref}").text
    with office.app.read(SYSTEM) as view:
        entries = view.session.query(AuditEntry).filter_by(ref_id=ref).all()
    assert "core.personal_data.read" in {entry.action for entry in entries}


def test_the_list_shows_states_and_turns_pages(office: ShopOffice, client: Client) -> None:
    """Pills count, filters narrow, an unknown state narrows nothing."""
    office.active("aren@contoh.id")
    office.open("draf@contoh.id", "Warung Contoh")
    with client.as_(office.reader):
        page = client.get(HOME).text
        assert "Aktif (1)" in page
        assert "Draf (1)" in page
        assert "Warung Contoh" not in client.get(f"{HOME}?state=aktif").text
        assert "Warung Contoh" in client.get(f"{HOME}?state=apa").text
        assert "Tidak ada yang cocok" in client.get(f"{HOME}?q=zzz").text


def test_a_firm_is_closed_by_a_page(office: ShopOffice, client: Client) -> None:
    """Closed with a reason that the vendor reads; its public page is gone until it is opened."""
    who = office.active("aren@contoh.id")
    path = f"{HOME}/{office.vendor(who).id}"
    with client.as_(office.manager):
        assert answered(client, f"{path}/turn", {"reason": "Tutup usaha."}).is_redirect
    assert client.get(f"{path}/public").status_code == 404
    with client.as_(who):
        assert "Tutup usaha." in client.get(SHOP).text
    with client.as_(office.manager):
        assert answered(client, f"{path}/turn", {"reason": "Buka lagi."}).is_redirect
    assert client.get(f"{path}/public").status_code == 200
