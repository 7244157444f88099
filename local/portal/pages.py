"""The stand-in's pages."""

from collections.abc import Iterable

from jinja2 import DictLoader, Environment

from absence_texts.database import Row

_LAYOUT = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{% block title %}{% endblock %} - stand-in portal</title>
<style>
  body { font: 1.1rem/1.5 system-ui, sans-serif; max-width: 34rem; margin: auto; padding: 1rem; }
  .stand-in { border-left: .4rem solid #b58900; background: #fdf6e3; color: #333; padding: .5rem; }
  select, button { font: inherit; padding: .6rem; width: 100%; margin: .5rem 0; }
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
<form method="post">
  <label for="guardian">Which guardian are you?</label>
  <select id="guardian" name="guardian">
  {% for guardian in guardians %}
    <option value="{{ guardian.guardian_id }}">{{ guardian.name }}</option>
  {% endfor %}
  </select>
  <p><label><input type="checkbox" name="strict"> Keep my session in a SameSite=Strict cookie, and
    recognise me by another cookie</label></p>
  <button type="submit">Log in</button>
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


def login(guardians: Iterable[Row]) -> str:
    return _templates.get_template("login").render(guardians=guardians)


def record(student: Row, guardian: Row) -> str:
    return _templates.get_template("record").render(student=student, guardian=guardian)


def plain(heading: str, sentence: str) -> str:
    return _templates.get_template("plain").render(heading=heading, sentence=sentence)
