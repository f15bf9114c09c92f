// What is typed and not saved is kept in this browser, under the thing and the version it was typed into, and
// offered back after a crash or an expired session. Saving forgets it: the version has then moved on.
const sheet = document.querySelector("[data-keep]");
const form = sheet?.closest("form");
const PREFIX = "typed:";
const DAYS = 14;

const editors = () => Object.values(window.CKEDITOR?.instances ?? {});

function typed() {
  for (const editor of editors()) editor.updateElement();
  const fields = {};
  for (const [name, value] of new FormData(form)) {
    if (name === "csrfmiddlewaretoken" || name.endsWith("lock_version") || typeof value !== "string") continue;
    (fields[name] ??= []).push(value);
  }
  return fields;
}

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

function write(key, value) {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // No room, or none allowed: the page still holds what was typed.
  }
}

function forgetOld() {
  const oldest = Date.now() - DAYS * 86_400_000;
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith(PREFIX) && (read(key)?.at ?? 0) < oldest) write(key, null);
  }
}

function bringBack(fields) {
  for (const [name, values] of Object.entries(fields)) {
    const controls = [...form.querySelectorAll(`[name="${CSS.escape(name)}"]`)];
    for (const control of controls) {
      if (control.type === "checkbox" || control.type === "radio") control.checked = values.includes(control.value);
      else if (control.multiple) for (const option of control.options) option.selected = values.includes(option.value);
      else if (control.type !== "hidden") control.value = values[0];
    }
    window.CKEDITOR?.instances[`id_${name}`]?.setData(values[0]);
  }
  changed();
}

let timer;
function changed() {
  document.documentElement.toggleAttribute("data-unsaved-changes", true);
  form.querySelector("[data-unsaved]").hidden = false;
  clearTimeout(timer);
  timer = setTimeout(() => write(PREFIX + sheet.dataset.keep, { at: Date.now(), fields: typed() }), 1000);
}

function watch() {
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  window.CKEDITOR?.on("instanceReady", ({ editor }) => editor.on("change", changed));
  for (const editor of editors()) editor.on("change", changed);
  let leaving = false;
  form.addEventListener("submit", (event) => {
    if (event.submitter?.hasAttribute("data-no-keep")) return;
    leaving = true;
    clearTimeout(timer);
    write(PREFIX + sheet.dataset.keep, { at: Date.now(), fields: typed() });
  });
  addEventListener("beforeunload", (event) => {
    if (!leaving && document.documentElement.hasAttribute("data-unsaved-changes")) event.preventDefault();
  });
}

function offer() {
  const key = PREFIX + sheet.dataset.keep;
  const kept = read(key);
  const note = form.querySelector("[data-kept]");
  // A refused form holds what was typed already.
  if (!kept || document.querySelector(".conflict, .errornote, .errorlist")) return;
  if (JSON.stringify(kept.fields) === JSON.stringify(typed())) return;
  note.querySelector("span").textContent = note.dataset.words;
  note.hidden = false;
  note.querySelector("[data-kept-take]").addEventListener("click", () => {
    bringBack(kept.fields);
    note.hidden = true;
  });
  note.querySelector("[data-kept-drop]").addEventListener("click", () => {
    write(key, null);
    note.hidden = true;
  });
}

if (form?.querySelector("[data-unsaved]")) {
  forgetOld();
  offer();
  watch();
}
