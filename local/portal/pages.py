"""The stand-in's pages."""

from collections.abc import Sequence

from jinja2 import DictLoader, Environment

from absence_texts.database import Row
from local.portal.guardian_search import MOST_OFFERED

_LAYOUT = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{% block title %}{% endblock %} - stand-in portal</title>
<style>
  body { font: 1.1rem/1.5 system-ui, sans-serif; max-width: 34rem; margin: auto; padding: 1rem; }
  .stand-in { border-left: .4rem solid #b58900; background: #fdf6e3; color: #333; padding: .5rem; }
  button, [type=search] { box-sizing: border-box; font: inherit; margin: .5rem 0; padding: .6rem;
    width: 100%; }
</style>
</head>
<body>
<p class="stand-in">This is a stand-in for the college's Communications Portal, for trying out
absence texts on one machine. It asks for no password.</p>
<main><h1>{{ self.title() }}</h1>{% block main %}{% endblock %}</main>
</body>
</html>
"""
_LOGIN = """{% extends "layout" %}
{% block title %}Log in{% endblock %}
{% block main %}
<form>
  <input type="hidden" name="ReturnUrl" value="{{ back }}">
  <label for="words">Find a guardian: by name, by student, or by the account's number</label>
  <input type="search" id="words" name="words" value="{{ words }}">
  <button>Find</button>
</form>
<form method="post">
  <p><label><input type="checkbox" name="strict"> Keep my session in a SameSite=Strict cookie, and
    recognise me by another cookie</label></p>
  {% for guardian in guardians[:most] %}
  <button name="guardian" value="{{ guardian.guardian_id }}">Log in as {{ guardian.name }}, account
    {{ guardian.guardian_id }}{% if guardian.students %}, for {{ guardian.students }}{% endif -%}
  </button>
  {% else %}
  <p>No guardian is found.</p>
  {% endfor %}
  {% if guardians | length > most %}<p>{{ guardians | length - most }} more are not shown.</p>
  {% endif %}
</form>
{% endblock %}
"""
_RECORD = """{% extends "layout" %}
{% block title -%}
Record an absence for {{ student.first_name }} {{ student.last_name }}
{%- endblock %}
{% block main %}
<p>Student {{ student.reference }}. You are logged in as {{ guardian.name }}.</p>
<p>The real portal asks for the reason here.</p>
{% endblock %}
"""
_PLAIN = """{% extends "layout" %}
{% block title %}{{ heading }}{% endblock %}
{% block main %}<p>{{ sentence }}</p>{% endblock %}
"""
_templates = Environment(
    loader=DictLoader(
        {"layout": _LAYOUT, "login": _LOGIN, "record": _RECORD, "plain": _PLAIN},
    ),
    autoescape=True,
)


def login(guardians: Sequence[Row], *, words: str, back: str) -> str:
    return _templates.get_template("login").render(
        guardians=guardians, words=words, back=back, most=MOST_OFFERED
    )


def record(student: Row, guardian: Row) -> str:
    return _templates.get_template("record").render(student=student, guardian=guardian)


def plain(heading: str, sentence: str) -> str:
    return _templates.get_template("plain").render(heading=heading, sentence=sentence)
