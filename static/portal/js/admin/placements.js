// Covers and attachments chosen from the library. Pictures in the text are placed by the editor's own button.
const rows = document.querySelector("[data-placements]");
const template = document.getElementById("placement-template");
const pickerTemplate = document.getElementById("picker-template");

function pick(kind) {
  const dialog = pickerTemplate.content.firstElementChild.cloneNode(true);
  const part = (name) => dialog.querySelector(`[data-${name}]`);
  const message = part("message");
  let page = 1;
  let asked = 0;

  async function ask(query, request) {
    try {
      const answer = await fetch(`${rows.dataset.picker}${query}`, { credentials: "same-origin", ...request });
      return await answer.json();
    } catch {
      return { error: message.dataset.failed };
    }
  }

  return new Promise((done) => {
    async function list(more) {
      page = more ? page + 1 : 1;
      const mine = ++asked;
      const query = new URLSearchParams({ q: part("search").value, page, ...(kind === "image" ? { kind } : {}) });
      const found = await ask(`?${query}`);
      if (mine !== asked) return;
      message.textContent = found.error ?? (found.assets.length || more ? "" : message.dataset.nothing);
      if (found.error) return;
      const tiles = found.assets.map(tile);
      if (more) part("found").append(...tiles);
      else part("found").replaceChildren(...tiles);
      part("more").hidden = !found.next;
    }

    function tile(asset) {
      const button = Object.assign(document.createElement("button"), { type: "button" });
      const name = Object.assign(document.createElement("span"), {
        textContent: asset.words[document.documentElement.lang]?.title || asset.filename,
      });
      if (asset.thumbnail) {
        button.append(Object.assign(document.createElement("img"), { src: asset.thumbnail, alt: "", loading: "lazy" }));
      }
      button.append(name);
      button.addEventListener("click", () => finish(asset));
      const item = document.createElement("li");
      item.append(button);
      return item;
    }

    async function upload() {
      const file = part("file").files[0];
      if (!file) return;
      const form = new FormData();
      form.append("file", file);
      const token = document.querySelector("input[name=csrfmiddlewaretoken]").value;
      const made = await ask("", { method: "POST", body: form, headers: { "X-CSRFToken": token } });
      if (made.error) message.textContent = made.error;
      else finish(made);
    }

    function finish(asset) {
      done(asset);
      dialog.close();
    }

    let pause;
    part("search").addEventListener("input", () => {
      clearTimeout(pause);
      pause = setTimeout(list, 250, false);
    });
    part("more").addEventListener("click", () => list(true));
    part("upload").addEventListener("click", upload);
    part("close").addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => {
      dialog.remove();
      done(null);
    });
    document.body.append(dialog);
    dialog.showModal();
    list(false);
  });
}

function add(role, asset) {
  const total = document.getElementById(`id_${rows.dataset.placements}-TOTAL_FORMS`);
  const holder = document.createElement("ol");
  holder.innerHTML = template.innerHTML.replaceAll("__prefix__", total.value);
  const row = holder.firstElementChild;
  const field = (name) => row.querySelector(`[name$="-${name}"]`);
  field("asset").value = asset.uuid;
  field("role").value = role;
  field("position").value = Number(total.value) + 1;
  for (const [language, words] of Object.entries(asset.words)) {
    for (const [word, text] of Object.entries(words)) {
      const input = field(`${word}_${language}`);
      if (input) input.value = text;
    }
  }
  const face = row.querySelector("[data-face]");
  if (asset.thumbnail) face.replaceWith(Object.assign(document.createElement("img"), { src: asset.thumbnail, alt: "" }));
  else face.textContent = asset.filename;
  row.querySelector(".placement__name").textContent = asset.filename;
  rows.append(row);
  total.value = Number(total.value) + 1;
  row.querySelector("textarea, input:not([type=hidden])").focus();
  row.dispatchEvent(new Event("input", { bubbles: true }));
}

if (rows && template) {
  document.querySelector(".placements__add").hidden = false;
  for (const button of document.querySelectorAll("[data-add-placement]")) {
    button.addEventListener("click", async () => {
      const role = button.dataset.addPlacement;
      const asset = await pick(button.dataset.kind);
      if (asset) add(role, asset);
    });
  }
}
