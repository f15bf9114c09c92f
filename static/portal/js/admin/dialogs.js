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

// Browsers write the day in their own order: say the chosen hour again in full, with its zone.
for (const echo of document.querySelectorAll(".moment-echo")) {
  const input = document.getElementById(echo.htmlFor.value);
  const say = () => {
    const moment = input.value ? new Date(`${input.value}Z`) : null; // written as if in UTC, so that nothing is shifted
    const words = moment && new Intl.DateTimeFormat(document.documentElement.lang === "vi" ? "vi" : "en-GB", {
      timeZone: "UTC", weekday: "long", day: "2-digit", month: "2-digit", year: "numeric", hour: "2-digit", minute: "2-digit",
      second: moment.getUTCSeconds() ? "2-digit" : undefined, hourCycle: "h23",
    }).format(moment);
    echo.textContent = words ? `${words} – ${echo.dataset.zone}` : "";
  };
  input.addEventListener("input", say);
  say();
}
