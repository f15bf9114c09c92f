// The two languages side by side, or one at a time. The choice is remembered on this machine.
const sheet = document.querySelector(".sheet");
const views = document.querySelector(".view-switch");
const KEY = "editing-view";
const narrow = matchMedia("(max-width: 60rem)");

function show(view) {
  sheet.dataset.view = view;
  document.getElementById("placements")?.setAttribute("data-view", view);
  for (const button of views.querySelectorAll("[data-view]")) {
    const chosen = button.dataset.view === view;
    button.setAttribute("aria-checked", chosen);
    button.tabIndex = chosen ? 0 : -1;
  }
}

function choose(view) {
  show(view);
  try {
    localStorage.setItem(KEY, view);
  } catch {
    // Chosen for this page only.
  }
}

function remembered() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

// A field that needs attention must not hide in the language not shown.
function reveal(target) {
  const column = target?.closest("[data-language]");
  if (column && sheet.dataset.view !== "both") show(column.dataset.language);
}

if (sheet && views) {
  views.hidden = false;
  const first = sheet.querySelector(".column:not(:has(.locked))")?.dataset.language ?? "vi";
  show(remembered() ?? (narrow.matches ? first : "both"));
  views.addEventListener("click", (event) => {
    const button = event.target.closest("[data-view]");
    if (button) choose(button.dataset.view);
  });
  views.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const buttons = [...views.querySelectorAll("[data-view]")];
    const next = buttons[(buttons.indexOf(document.activeElement) + step + buttons.length) % buttons.length];
    next.focus();
    choose(next.dataset.view);
  });
  reveal(sheet.querySelector(".errors"));
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#id_"]');
    if (link) reveal(document.querySelector(link.getAttribute("href")));
  });
}

// The field Django's chooser types into has no name of its own: it gets that of the field it belongs to.
for (const select of document.querySelectorAll(".cell .admin-autocomplete")) {
  const cell = select.closest(".cell");
  const name = () =>
    cell.querySelector(".select2-search__field")?.setAttribute("aria-label", cell.querySelector("label").textContent.trim());
  new MutationObserver(name).observe(cell, { childList: true, subtree: true });
  name();
}
