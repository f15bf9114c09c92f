/* The panel in which a picture of the library is chosen or a new one is uploaded. One for all editors of a page. */
"use strict";

(function () {
  CKEDITOR.portalFigurePicker = { open };

  function open(wanted) {
    addStylesheet(wanted.stylesheet);
    const panel = build(wanted.words);
    const listing = { query: "", page: 1, asked: 0 };
    let asset = null;

    const list = async (more) => {
      listing.page = more ? listing.page + 1 : 1;
      const mine = ++listing.asked;
      const query = new URLSearchParams({ kind: "image", q: listing.query, page: listing.page });
      const found = await ask(`${wanted.address}?${query}`, {}, wanted.words);
      if (mine !== listing.asked) {
        return;
      }
      if (found.error) {
        say(panel, found.error);
        return;
      }
      say(panel, found.assets.length || more ? "" : wanted.words.nothing);
      const tiles = found.assets.map((each) => tile(each, wanted, choose));
      more ? panel.pictures.append(...tiles) : panel.pictures.replaceChildren(...tiles);
      panel.more.hidden = !found.next;
    };

    const choose = (chosen) => {
      asset = chosen;
      panel.dialog.close();
    };

    const upload = async () => {
      const file = panel.file.files[0];
      if (!file) {
        return;
      }
      const form = new FormData();
      form.append("file", file);
      panel.upload.disabled = true;
      say(panel, wanted.words.uploading);
      const made = await ask(
        wanted.address,
        { method: "POST", body: form, headers: { "X-CSRFToken": token() } },
        wanted.words,
      );
      panel.upload.disabled = false;
      if (made.error || made.kind !== "image") {
        say(panel, made.error || wanted.words.notAPicture);
        return;
      }
      choose(made);
    };

    let pause;
    panel.search.addEventListener("input", () => {
      clearTimeout(pause);
      pause = setTimeout(() => {
        listing.query = panel.search.value;
        list(false);
      }, 250);
    });
    panel.more.addEventListener("click", () => list(true));
    panel.upload.addEventListener("click", upload);
    panel.cancel.addEventListener("click", () => panel.dialog.close());
    panel.dialog.addEventListener("close", () => {
      clearTimeout(pause);
      panel.dialog.remove();
      asset ? wanted.chosen(asset) : wanted.closed();
    });

    document.body.append(panel.dialog);
    panel.dialog.showModal();
    list(false);
  }

  function build(words) {
    const panel = {
      dialog: make("dialog", { className: "portal-picker" }),
      search: make("input", { type: "search", id: "portal-picker-search", autofocus: true }),
      file: make("input", {
        type: "file",
        id: "portal-picker-file",
        accept: "image/jpeg,image/png,image/webp,image/gif,image/avif",
      }),
      upload: make("button", { type: "button", textContent: words.upload }),
      message: make("p", { className: "portal-picker__message" }),
      pictures: make("ul", { className: "portal-picker__pictures" }),
      more: make("button", { type: "button", textContent: words.more, hidden: true }),
      cancel: make("button", { type: "button", textContent: words.cancel }),
    };
    const heading = make("h2", { id: "portal-picker-heading", textContent: words.heading });
    const searching = make("p", { className: "portal-picker__line" });
    const uploading = make("p", { className: "portal-picker__line" });
    const ending = make("p", { className: "portal-picker__line" });
    searching.append(make("label", { htmlFor: panel.search.id, textContent: words.search }), panel.search);
    uploading.append(make("label", { htmlFor: panel.file.id, textContent: words.newPicture }), panel.file, panel.upload);
    ending.append(panel.more, panel.cancel);
    panel.upload.dataset.upload = "";
    panel.message.setAttribute("role", "status");
    panel.dialog.setAttribute("aria-labelledby", heading.id);
    panel.dialog.append(heading, searching, uploading, panel.message, panel.pictures, ending);
    return panel;
  }

  function tile(asset, wanted, choose) {
    const said = asset.words[wanted.language];
    const button = make("button", { type: "button" });
    const picture = make("img", { src: asset.thumbnail, alt: said.alt, loading: "lazy" });
    const name = make("span", { textContent: said.title || asset.filename });
    const item = make("li");
    button.append(picture, name);
    button.addEventListener("click", () => choose(asset));
    item.append(button);
    return item;
  }

  async function ask(address, request, words) {
    try {
      const answer = await fetch(address, { credentials: "same-origin", ...request });
      const isJson = (answer.headers.get("Content-Type") || "").startsWith("application/json");
      if (isJson) {
        return await answer.json();
      }
      return { error: answer.redirected || answer.status === 403 ? words.notAllowed : words.failed };
    } catch {
      return { error: words.failed };
    }
  }

  function say(panel, text) {
    panel.message.textContent = text;
  }

  function token() {
    const field = document.querySelector("input[name=csrfmiddlewaretoken]");
    return field ? field.value : "";
  }

  function make(name, properties) {
    return Object.assign(document.createElement(name), properties);
  }

  function addStylesheet(address) {
    if (!document.querySelector(`link[href="${address}"]`)) {
      document.head.append(make("link", { rel: "stylesheet", href: address }));
    }
  }
})();
