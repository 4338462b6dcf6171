"""Pages of regulations, used as a browser uses them."""

import datetime as dt
import json
import re
from typing import Any

import pytest

from leuit.builtin.regulations import RegulationEdition, seed_edition
from leuit.identity import SYSTEM, Identity
from tests.core.regulations.office import BODY, KIND, Office, draft
from tests.support.client import Client

TYPED: dict[str, Any] = {
    "kind": KIND.name,
    "title": "Tabel <potongan> 2026",
    "legal_basis": "Perbup 1/2026 Pasal 4",
    "source": "Salinan JDIH",
    "confidence": "secondary",
    "effective_from": "01/01/2026",
    "effective_to": "",
    "body": json.dumps(BODY),
}


def rows(office: Office) -> list[RegulationEdition]:
    with office.app.read(SYSTEM) as view:
        return list(view.session.query(RegulationEdition).order_by(RegulationEdition.id))


def written(office: Office, client: Client, who: Identity, **changes: Any) -> str:
    with client.as_(who):
        answer = client.post_form("/regulations/new", {**TYPED, **changes})
    assert answer.status_code == 303, answer.text
    location: str = answer.headers["location"]
    return location


def step(client: Client, who: Identity, path: str, name: str, **fields: Any) -> Any:
    with client.as_(who):
        found = re.search(r'name="version" value="(\d+)"', client.get(path).text)
        version = found[1] if found else "0"
        return client.post_form(f"{path}/{name}", {"version": version, **fields})


def test_an_edition_is_written_proposed_and_activated_by_pages(
    office: Office, client: Client
) -> None:
    """Two people bring an edition into force with nothing but forms and links."""
    path = written(office, client, office.drafter)
    assert step(client, office.drafter, path, "propose").status_code == 303
    with client.as_(office.activator):
        text = client.get(path).text
        assert f'action="{path}/activate"' in text
    assert step(client, office.activator, path, "activate").status_code == 303
    [row] = rows(office)
    assert (row.status, row.activated_by) == ("active", office.activator.account_id)
    with client.as_(office.drafter):
        text = client.get(path).text
    assert "Berlaku hari ini" in text
    assert f'action="{path}/activate"' not in text


def test_the_page_tells_figures_mark_source_basis_and_people(
    office: Office, client: Client
) -> None:
    """Whoever opens an edition sees what it says, where it comes from and how sure we are."""
    path = written(office, client, office.drafter)
    with client.as_(office.drafter):
        text = client.get(path).text
    for words in (
        "Tabel &lt;potongan&gt; 2026",
        "Perbup 1/2026 Pasal 4",
        "Salinan JDIH",
        "dibaca dari tulisan lain yang mengutipnya",
        "Tanpa keterangan",
        "TL1",
        "0,5",
        "drafter",
    ):
        assert words in text, words


def test_warnings_stand_on_the_page_of_odd_figures(office: Office, client: Client) -> None:
    """A draft with odd figures is saved and its page warns, before and after it is in force; the
    page of ordinary figures does not.
    """
    warned = '<div class="notice notice-tunggu">'
    sentence = "Hari bebas &lt;lebih&gt; dari 20"
    ordinary = written(office, client, office.drafter)
    odd = json.dumps({**BODY, "free_days": 21})
    path = written(office, client, office.drafter, title="Aneh", body=odd)
    with client.as_(office.drafter):
        assert warned not in client.get(ordinary).text
        text = client.get(path).text
    assert text.count(warned) == 1
    assert sentence in text
    step(client, office.drafter, path, "propose")
    step(client, office.activator, path, "activate")
    assert [row.status for row in rows(office) if row.title == "Aneh"] == ["active"]
    with client.as_(office.branch):
        assert sentence in client.get(path).text


def test_a_refused_form_names_paths_and_loses_nothing(office: Office, client: Client) -> None:
    """Faults stand at their fields with the paths of figures; every typed value is still there."""
    wrong = {
        **TYPED,
        "title": "",
        "effective_from": "31/02/2026",
        "body": '{"windows": [{"name": "TL1", "percent": 0.5}]}',
    }
    with client.as_(office.drafter):
        answer = client.post_form("/regulations/new", wrong)
        assert answer.status_code == 422
        assert "Salinan JDIH" in answer.text
        assert "31/02/2026" in answer.text
        again = client.post_form(
            "/regulations/new", {**wrong, "effective_from": "1/2/2026", "title": "T"}
        )
    assert again.status_code == 422
    assert "windows[0].percent" in again.text
    assert "&#34;percent&#34;: 0.5" in again.text
    assert rows(office) == []


def test_broken_json_is_kept_and_told_by_line(office: Office, client: Client) -> None:
    """A slip while typing figures is answered with line and column, and the text is kept."""
    with client.as_(office.drafter):
        answer = client.post_form("/regulations/new", {**TYPED, "body": '{"absent": "3",\n oops}'})
    assert answer.status_code == 422
    assert "Baris 2" in answer.text
    assert "oops" in answer.text


def test_a_new_draft_starts_from_what_holds(office: Office, client: Client) -> None:
    """The form offers the figures in force today, so that only what changes is typed."""
    with office.app.change(SYSTEM) as work:
        seed_edition(work, KIND.name, draft(body={**BODY, "absent": "3.75"}))
    with client.as_(office.drafter):
        text = client.get(f"/regulations/new?kind={KIND.name}").text
    assert "3.75" in text


def test_a_stale_form_is_told_what_changed_and_keeps_its_text(
    office: Office, client: Client
) -> None:
    """The second drafter sees the first one's change beside his own text, and may then decide."""
    path = written(office, client, office.drafter)
    typed = {key: value for key, value in TYPED.items() if key != "kind"}
    with client.as_(office.second_drafter):
        first = {**typed, "version": "1", "legal_basis": "Pasal 9"}
        assert client.post_form(f"{path}/edit", first).status_code == 303
    with client.as_(office.drafter):
        mine = {**typed, "version": "1", "title": "Judul saya"}
        answer = client.post_form(f"{path}/edit", mine)
        assert answer.status_code == 422
        assert "Judul saya" in answer.text
        assert "legal_basis: Perbup 1/2026 Pasal 4 menjadi Pasal 9" in answer.text
        assert client.post_form(f"{path}/edit", {**mine, "version": "2"}).status_code == 303
    [row] = rows(office)
    assert (row.title, row.version) == ("Judul saya", 3)


def test_an_author_is_told_why_he_cannot_activate(office: Office, client: Client) -> None:
    """Who wrote a proposal sees the reason instead of a button, and a forced request is 403."""
    path = written(office, client, office.both)
    step(client, office.both, path, "propose")
    with client.as_(office.both):
        text = client.get(path).text
    assert f'action="{path}/activate"' not in text
    assert "orang lain" in text
    with client.as_(office.both):
        answer = client.post_form(f"{path}/activate", {"version": "2"})
    assert answer.status_code == 403
    assert rows(office)[0].status == "proposed"


def test_the_source_document_comes_back_as_it_was(office: Office, client: Client) -> None:
    """An uploaded PDF downloads byte for byte as what its bytes are; other files do not pass."""
    data = b"%PDF-1.7\n%naskah\n"
    with client.as_(office.drafter):
        refused = client.post_form(
            "/regulations/new",
            TYPED,
            files={"document": ("a.html", b"<script>", "application/pdf")},
        )
        assert refused.status_code == 422
        answer = client.post_form(
            "/regulations/new", TYPED, files={"document": ("perbup.pdf", data, "text/html")}
        )
        found = client.get(answer.headers["location"] + "/source")
    assert found.content == data
    assert found.headers["content-type"] == "application/pdf"
    assert found.headers["content-disposition"].startswith("attachment")


def test_the_list_filters_and_marks_what_holds(office: Office, client: Client) -> None:
    """The list tells which edition holds today and can be narrowed by kind and state."""
    with office.app.change(SYSTEM) as work:
        seed_edition(work, KIND.name, draft(title="Edisi lama"))
        seed_edition(work, KIND.name, draft(title="Edisi kini", effective_from=dt.date(2026, 7, 1)))
    written(office, client, office.drafter, title="Edisi calon")
    with client.as_(office.drafter):
        text = client.get("/regulations").text
        assert text.count("Berlaku hari ini") == 1
        assert text.index("Edisi kini") < text.index("Edisi lama")
        narrowed = client.get("/regulations?status=draft").text
        assert "Edisi calon" in narrowed
        assert "Edisi kini" not in narrowed
        empty = client.get("/regulations?kind=x")
        assert empty.status_code == 200
        assert "Belum ada edisi" in empty.text


@pytest.mark.parametrize("who", ["stranger", "branch"])
def test_drafts_are_closed_to_others(office: Office, client: Client, who: str) -> None:
    """Who does not make editions for the regency cannot open a draft nor any form."""
    path = written(office, client, office.drafter)
    with client.as_(getattr(office, who)):
        assert client.get(path).status_code in (403, 404)
        assert client.get(f"{path}/edit").status_code in (403, 404)
        assert client.post_form(f"{path}/withdraw", {"version": "1"}).status_code == 403


def test_withdrawing_asks_for_a_reason(office: Office, client: Client) -> None:
    """Without a reason nothing is withdrawn; with one the page shows it."""
    path = written(office, client, office.drafter)
    step(client, office.drafter, path, "withdraw", reason="")
    assert rows(office)[0].status == "draft"
    step(client, office.drafter, path, "withdraw", reason="Salah tabel")
    assert rows(office)[0].status == "withdrawn"
    with client.as_(office.drafter):
        assert "Salah tabel" in client.get(path).text
