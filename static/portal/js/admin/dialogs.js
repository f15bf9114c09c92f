// Steps as dialogs. Without this file each button leads to the step's own page.
for (const button of document.querySelectorAll("a[data-dialog]")) {
  const dialog = document.getElementById(button.dataset.dialog);
  if (!dialog) continue;
  button.setAttribute("role", "button");
  button.setAttribute("aria-haspopup", "dialog");
  button.addEventListener("keydown", (event) => {
    if (event.key === " ") {
      event.preventDefault();
      button.click();
    }
  });
  button.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const warning = dialog.querySelector("[data-unsaved-warning]");
    if (warning) warning.hidden = !document.documentElement.hasAttribute("data-unsaved-changes");
    dialog.showModal();
  });
}

for (const dialog of document.querySelectorAll(".step-dialog")) {
  dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
  // One press is one step, however often the button is pressed.
  dialog.querySelector("form").addEventListener("submit", (event) => {
    if (dialog.dataset.sent) event.preventDefault();
    dialog.dataset.sent = "yes";
  });
}

// Which previews stand open is remembered, so that saving shows them again.
for (const frame of document.querySelectorAll("[data-preview]")) {
  const key = `preview-open-${frame.dataset.preview}`;
  try {
    frame.open = sessionStorage.getItem(key) === "yes";
    frame.addEventListener("toggle", () => sessionStorage.setItem(key, frame.open ? "yes" : "no"));
  } catch {
    // Closed at first, every time.
  }
}
