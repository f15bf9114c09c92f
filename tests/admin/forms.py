"""What a page's form would send: every field as the browser found it, then what the person typed."""

from html.parser import HTMLParser


class _Form(HTMLParser):
    def __init__(self, form_id: str) -> None:
        super().__init__()
        self.form_id = form_id
        self.depth = self.inside_template = 0
        self.fields: dict[str, list[str]] = {}
        self.textarea = self.select = ""

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "template":
            self.inside_template += 1
        if tag == "form":
            self.depth = 1 if given.get("id") == self.form_id else 0
        if not self.depth or self.inside_template or "disabled" in given:
            return
        name = given.get("name", "")
        if tag == "input" and name and given.get("type") not in {"submit", "button", "file"}:
            ticked = given.get("type") in {"checkbox", "radio"}
            if not ticked or "checked" in given:
                self.fields.setdefault(name, []).append(given.get("value", "on" if ticked else ""))
        elif tag == "textarea" and name:
            self.textarea = name
            self.fields[name] = [""]
        elif tag == "select" and name:
            self.select = name
        elif tag == "option" and self.select and "selected" in given:
            self.fields.setdefault(self.select, []).append(given.get("value", ""))

    def handle_endtag(self, tag):
        if tag == "template":
            self.inside_template -= 1
        elif tag == "form":
            self.depth = 0
        elif tag == "textarea":
            self.textarea = ""
        elif tag == "select":
            self.select = ""

    def handle_data(self, text):
        if self.textarea:
            self.fields[self.textarea][0] += text


def sent_by(response, form_id: str = "article_form", **typed) -> dict[str, list[str] | str]:
    form = _Form(form_id)
    form.feed(response.content.decode())
    fields = {name: [value.removeprefix("\n") for value in values] for name, values in form.fields.items()}
    fields.pop("csrfmiddlewaretoken", None)
    return fields | typed
