"""Providers of signatures: brought by a hook, chosen by settings, checked in what they return."""

import datetime as dt
import pickle
import sys
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import attrs
import pytest

from leuit.builtin import BUILTINS
from leuit.builtin.organisation import PostHolder
from leuit.builtin.regulations.body import read_body
from leuit.plugins import Found, Plugin, discover, hookimpl, load
from leuit.settings import Settings
from leuit.values import LeuitError, SetupError
from leuit.work import Leuit
from leuit_esign.providers import Provider, Secret, SignOrder
from leuit_esign.service import sign as service
from leuit_esign.service.results import RefusedResultError
from leuit_esign.service.trust import TrustedCertificate, TrustList, trust_kind
from leuit_esign.test_pki import Authority
from tests.esign.letters import Pen, letter

Sign = Callable[[Leuit, SignOrder], bytes]


def unchanged(_leuit: Leuit, order: SignOrder) -> bytes:
    """A provider that signs nothing."""
    return order.pdf


def no_certificate(_leuit: Leuit, _person_id: UUID) -> bytes:
    """Of somebody who has none."""
    return b""


def test_esign_register_providers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another plugin's provider is found beside `lokal`."""
    mine = Provider("kantor", "Layanan kantor", ("B-B",), unchanged, no_certificate)
    module = types.ModuleType("kantor_hooks")

    def esign_register_providers() -> list[Provider]:
        return [mine]

    vars(module)["esign_register_providers"] = hookimpl(esign_register_providers, optionalhook=True)
    monkeypatch.setitem(sys.modules, "kantor_hooks", module)
    plugin = Plugin("kantor", "Kantor", "1", "leuit.values", hooks="kantor_hooks")
    found = [one for one in discover() if one.name == "esign"]
    host = load(
        Settings(data=Path("unused")),
        BUILTINS,
        [*found, Found("kantor", "leuit-kantor", "1", lambda: plugin)],
    )
    assert host.failed == ()
    app = types.SimpleNamespace(vocabulary=host.vocabulary)
    assert sorted(service.providers(app)) == ["kantor", "lokal"]  # type: ignore[arg-type]  # all it reads
    assert service.providers(app)["kantor"] is mine  # type: ignore[arg-type]  # as above


@pytest.fixture
def signing_by(
    app: Leuit, authority: Authority, pen: Pen, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., service.Signed]:
    """Signs a letter by a provider with the given function, for the bupati."""
    signer = PostHolder(uuid4(), "SITI CONTOH", "1", uuid4(), "Bupati", "Setda", "definitif")
    monkeypatch.setattr(service, "position_named", lambda *_a: signer.position_id)
    monkeypatch.setattr(service, "holder_of", lambda *_a: signer)
    trust = TrustList((TrustedCertificate("Root", authority.root_pem),))
    held = pen.signer("bupati").signing_cert
    assert held is not None
    own = held.dump()
    monkeypatch.setattr(service, "trust_on", lambda *_a: trust)

    def signed(sign: Sign, *others: Provider, **options: Any) -> service.Signed:
        lokal = Provider("lokal", "Uji", ("B-B",), sign, lambda *_asked: own)
        vocabulary = attrs.evolve(app.vocabulary, extras={service.HOOK: (lokal, *others)})
        monkeypatch.setattr(app, "vocabulary", vocabulary)
        return service.sign_as(
            app, letter(), "Bupati", Secret("rahasia"), name="surat.pdf", **options
        )

    return signed


def test_what_a_provider_adds_is_accepted(
    signing_by: Callable[..., service.Signed], pen: Pen
) -> None:
    """The answer is what was handed over with one good signature more, of who was asked."""
    signed = signing_by(lambda _leuit, order: pen.sign(order.pdf, "bupati", order.field))
    assert signed.pdf.startswith(letter())
    assert signed.field == "TTE1"


@pytest.mark.parametrize(
    "answer",
    [lambda pdf: pdf, lambda pdf: b"%PDF-1.7 lain", lambda pdf: pdf[:-1], lambda pdf: pdf + b"x"],
)
def test_what_a_provider_changes_is_refused(
    signing_by: Callable[..., service.Signed], answer: Callable[[bytes], bytes]
) -> None:
    """ES-25: an answer that is not the input with a signature added is not accepted."""
    with pytest.raises(RefusedResultError):
        signing_by(lambda _leuit, order: answer(order.pdf))


def test_another_signer_is_refused(signing_by: Callable[..., service.Signed], pen: Pen) -> None:
    """A good signature of a trusted person who was not asked."""
    with pytest.raises(RefusedResultError, match="bukan orang yang diminta"):
        signing_by(lambda _leuit, order: pen.sign(order.pdf, "kadis", order.field))


def test_a_provider_that_raises_signs_nothing(
    app: Leuit, signing_by: Callable[..., service.Signed]
) -> None:
    """Its own sentence reaches the signer."""

    def fail(_leuit: Leuit, _order: SignOrder) -> bytes:
        raise LeuitError("Penyedia sedang tidak menjawab.")

    with pytest.raises(LeuitError, match="tidak menjawab"):
        signing_by(fail)


def test_levels_beyond_a_provider_are_refused(signing_by: Callable[..., service.Signed]) -> None:
    """A provider is not asked for what it does not offer."""
    with pytest.raises(LeuitError, match="B-LTA"):
        signing_by(lambda _leuit, order: order.pdf + b"x", level="B-LTA")


def test_names_of_providers_are_unique(signing_by: Callable[..., service.Signed]) -> None:
    """Two providers of one name, or a value that is none, are faults of the installation."""
    twin = Provider("lokal", "Kembar", ("B-B",), unchanged, no_certificate)
    for other in (twin, "bukan penyedia"):
        with pytest.raises(SetupError):
            signing_by(lambda _leuit, order: order.pdf + b"x", other)


def test_an_order_shows_no_secret() -> None:
    """Neither the passphrase nor the document appears where an order is printed."""
    now = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    order = SignOrder(b"isi surat", uuid4(), Secret("rahasia"), "TTE1", "B-B", now)
    for text in (repr(order), str(order), f"{order.secret}", repr(attrs.asdict(order))):
        assert "rahasia" not in text
    assert "isi surat" not in repr(order)
    assert order.secret.reveal() == "rahasia"
    with pytest.raises(TypeError):
        pickle.dumps(order)


@pytest.mark.parametrize(
    "change, words",
    [
        ({"roots": []}, "sedikitnya satu"),
        ({"roots": [{"name": "x", "pem": "bukan"}]}, "PEM"),
        ({"level": "B-Z"}, "body.level"),
        ({"level": "B-T", "time_stamp_url": ""}, "penanda waktu"),
        ({"level": "B-T", "time_stamp_url": "ftp://x"}, "penanda waktu"),
        ({"extra": 1}, "body.extra"),
        ({"roots": [{"name": "x", "pem": "bukan"}]}, "body.roots[0]"),
    ],
)
def test_a_trust_list_is_checked(authority: Any, change: dict[str, Any], words: str) -> None:
    """What cannot be a list of trusted authorities is refused with a sentence."""
    plain = {"roots": [{"name": "Root", "pem": authority.root_pem}]} | change
    kept, faults = read_body(trust_kind(), plain)
    assert kept is None
    assert words in " ".join(f"{fault.path} {fault.sentence()}" for fault in faults)
    good = trust_kind().structure({"roots": [{"name": "Root", "pem": authority.root_pem}]})
    assert isinstance(good, TrustList)
    assert trust_kind().structure(trust_kind().unstructure(good)) == good
