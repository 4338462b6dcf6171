"""What the health checks of the core and the plugins answer now."""

from typing import Any

from leuit.identity import SYSTEM
from leuit.plugins import HealthAnswer, Host
from leuit.values import _
from leuit.work import Leuit


def health_answers(host: Host, app: Leuit) -> list[dict[str, Any]]:
    """Every check by `name` and `title` with its `answer`; one that fails is not well."""
    lines = []
    for _owner, check in host.merged.health.values():
        try:
            with app.read(SYSTEM) as view:
                answer = check.check(view)
        except Exception as error:  # noqa: BLE001 -- a plugin's check may raise anything; shown
            answer = HealthAnswer(False, _("Pemeriksaan gagal: %s") % error)
        lines.append({"name": check.name, "title": check.title, "answer": answer})
    return lines
