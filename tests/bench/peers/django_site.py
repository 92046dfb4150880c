"""What many would build instead: Django, a model with history, a form, a paged list.

`python -m tests.bench.peers.django_site migrate` lays its tables and fills RECORDS rows;
`gunicorn tests.bench.peers.django_site:application` serves it. DSN is the database.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import Any

import django
from django.apps import AppConfig
from django.conf import settings
from psycopg.conninfo import conninfo_to_dict

_KNOWN = conninfo_to_dict(os.environ["DSN"])
_LIST = """<!doctype html><html lang="zh-CN"><head><title>投诉</title></head><body><h1>投诉</h1>
<table>{% for one in page %}<tr><td>{{ one.number }}</td><td>{{ one.name }}</td>
<td>{{ one.business }}</td><td>{{ one.goods }}</td><td>{{ one.facts|truncatechars:60 }}</td>
<td>{{ one.amount }}</td><td>{{ one.received }}</td></tr>{% endfor %}</table>
<p>{{ page.number }} / {{ page.paginator.num_pages }}</p></body></html>"""
_FORM = """<!doctype html><html lang="zh-CN"><head><title>我要投诉</title></head><body>
<form method="post">{% csrf_token %}{{ form.as_p }}<button>提交</button></form></body></html>"""


class Peers(AppConfig):
    """Models want an application to belong to."""

    name, label, path = "tests.bench.peers", "peers", os.path.dirname(__file__)


if not settings.configured:
    settings.configure(
        SECRET_KEY="bench",
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF=__name__,
        USE_TZ=True,
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        INSTALLED_APPS=[
            "django.contrib.contenttypes",
            "django.contrib.auth",
            "simple_history",
            Peers("tests.bench.peers", import_module("tests.bench.peers")),
        ],
        MIDDLEWARE=[
            "django.middleware.security.SecurityMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "simple_history.middleware.HistoryRequestMiddleware",
        ],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "OPTIONS": {
                    "loaders": [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                (
                                    "django.template.loaders.locmem.Loader",
                                    {"list.html": _LIST, "form.html": _FORM},
                                )
                            ],
                        )
                    ]
                },
            }
        ],
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.postgresql",
                "NAME": _KNOWN["dbname"],
                "HOST": _KNOWN.get("host", ""),
                "PORT": _KNOWN.get("port", ""),
                "USER": _KNOWN.get("user", ""),
                "PASSWORD": _KNOWN.get("password", ""),
                "CONN_MAX_AGE": None,
            }
        },
    )
    django.setup()

from django.core.management import call_command  # noqa: E402
from django.core.paginator import Paginator  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import connection, models  # noqa: E402
from django.forms import ModelForm  # noqa: E402
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.shortcuts import render  # noqa: E402
from django.urls import path  # noqa: E402
from simple_history.models import HistoricalRecords  # noqa: E402


class Complaint(models.Model):
    """A complaint as a row that is changed in place, with simple-history beside it."""

    number: Any = models.CharField(max_length=40, blank=True)
    name: Any = models.CharField(max_length=60)
    phone: Any = models.CharField(max_length=20)
    business: Any = models.CharField(max_length=120)
    goods: Any = models.CharField(max_length=120)
    facts: Any = models.TextField(max_length=2000)
    wish: Any = models.CharField(max_length=300)
    amount: Any = models.DecimalField(max_digits=12, decimal_places=2)
    received: Any = models.DateTimeField(auto_now_add=True)
    history: Any = HistoricalRecords()

    class Meta:
        app_label = "peers"


class Lodging(ModelForm):  # type: ignore[misc]
    """Its fields, validated."""

    class Meta:
        model = Complaint
        fields = ("name", "phone", "business", "goods", "facts", "wish", "amount")


def lodge(request: HttpRequest) -> HttpResponse:
    """The form, and what is sent with it."""
    form = Lodging(request.POST or None)
    if request.method == "POST" and form.is_valid():
        kept = form.save()
        return HttpResponse(f"GZ-{kept.pk}", status=201)
    return render(request, "form.html", {"form": form})


def listed(request: HttpRequest) -> HttpResponse:
    """Fifty to a page, newest first."""
    page = Paginator(Complaint.objects.order_by("-id"), 50).get_page(request.GET.get("page", 1))
    return render(request, "list.html", {"page": page})


urlpatterns = [path("complain", lodge), path("complaints", listed)]
application = get_wsgi_application()


def main(records: int) -> None:
    """Lay the tables without migrations of their own, and fill them."""
    call_command("migrate", verbosity=0)
    with connection.schema_editor() as editor:
        editor.create_model(Complaint)
        editor.create_model(Complaint.history.model)
    Complaint.objects.bulk_create(
        [
            Complaint(
                number=f"GZ-{n}", name=f"消费者{n}", phone="13800000000", business="闽海充电器",
                goods="电动自行车充电器", facts="充电时外壳发烫。" * 20, wish="退款",
                amount=n % 900,
            )
            for n in range(records)
        ],
        batch_size=5000,
    )  # fmt: skip


if __name__ == "__main__":
    main(int(sys.argv[1]))
