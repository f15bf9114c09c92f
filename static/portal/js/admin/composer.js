// The order of an issue without waiting for the server: dragging, and the same buttons in place. Without this file they still work.
const form = document.querySelector("[data-composer]");
const rows = form?.querySelector("[data-rows]");
const said = form?.querySelector("[data-said]");
let dragged = null;

function changed() {
  form.dataset.unsaved = "";
  const note = form.querySelector("[data-unsaved-note]");
  if (note) note.hidden = false;
  const all = [...rows.querySelectorAll("[data-row]")];
  all.forEach((row, place) => {
    const move = (name) => row.querySelector(`[data-move="${name}"]`);
    if (move("up")) move("up").disabled = place === 0;
    if (move("down")) move("down").disabled = place === all.length - 1;
  });
}

function tell(row) {
  said.textContent = `${said.dataset.moved} ${[...rows.querySelectorAll("[data-row]")].indexOf(row) + 1}`;
}

if (rows?.querySelector("[data-move]")) {
  for (const row of rows.querySelectorAll("[data-row]")) {
    row.draggable = true;
    row.addEventListener("dragstart", (event) => {
      if (event.target.closest("input, textarea, select")) return event.preventDefault();
      dragged = row;
      row.classList.add("is-dragged");
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", "");
    });
    row.addEventListener("dragend", () => {
      row.classList.remove("is-dragged");
      dragged = null;
      changed();
    });
    row.addEventListener("dragover", (event) => {
      if (!dragged || dragged === row) return;
      event.preventDefault();
      const box = row.getBoundingClientRect();
      row[event.clientY > box.top + box.height / 2 ? "after" : "before"](dragged);
    });
    row.addEventListener("drop", (event) => event.preventDefault());
    // Words are selected with the mouse, not dragged.
    for (const field of row.querySelectorAll("input, textarea, select")) {
      field.addEventListener("focus", () => (row.draggable = false));
      field.addEventListener("blur", () => (row.draggable = true));
    }
  }
  rows.addEventListener("click", (event) => {
    const button = event.target.closest("[data-move]");
    if (!button) return;
    event.preventDefault();
    const row = button.closest("[data-row]");
    const other = { up: row.previousElementSibling, down: row.nextElementSibling }[button.dataset.move];
    if (button.dataset.move === "remove") {
      const next = row.nextElementSibling ?? row.previousElementSibling;
      row.remove();
      next?.querySelector("[data-move]:not([disabled])")?.focus();
    } else if (other) {
      other[button.dataset.move === "up" ? "before" : "after"](row);
      tell(row);
    }
    changed();
    if (row.isConnected) (button.disabled ? row.querySelector("[data-move]:not([disabled])") : button)?.focus();
  });
}
if (form) {
  form.addEventListener("input", (event) => event.target.closest("[data-rows]") && changed());
  form.addEventListener("submit", () => (form.dataset.leaving = ""));
  addEventListener("beforeunload", (event) => {
    if ("unsaved" in form.dataset && !("leaving" in form.dataset)) event.preventDefault();
  });
}
