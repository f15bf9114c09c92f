// Comforts only: every page does its work without this file.
const root = document.documentElement;

// Written as the server writes it: "Thứ sáu, 21/09/2018 11:32", "Friday, 21 September 2018, 11:32".
function tick(clock) {
  const vietnamese = root.lang === "vi";
  const now = new Date();
  const say = (options) =>
    new Intl.DateTimeFormat(vietnamese ? "vi" : "en-GB", { timeZone: "Asia/Ho_Chi_Minh", ...options }).format(now);
  const weekday = say({ weekday: "long" });
  const day = vietnamese
    ? say({ day: "2-digit", month: "2-digit", year: "numeric" })
    : say({ day: "numeric", month: "long", year: "numeric" });
  const hour = say({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  // A browser says "Thứ Sáu", the house "Thứ sáu".
  const name = weekday[0] + weekday.slice(1).toLowerCase();
  clock.textContent = `${name}, ${day}${vietnamese ? " " : ", "}${hour}`;
  clock.dateTime = now.toISOString();
  setTimeout(tick, 60000 - (now % 60000), clock);
}

function chooseTheme(select) {
  select.value = root.dataset.theme ?? "auto";
  select.closest("[hidden]").hidden = false;
  select.addEventListener("change", () => {
    if (select.value === "auto") delete root.dataset.theme;
    else root.dataset.theme = select.value;
    try {
      localStorage.setItem("theme", select.value);
    } catch {
      // Chosen for this page only.
    }
  });
}

function offerCopy(button) {
  if (!navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy || location.href);
    document.getElementById(button.getAttribute("aria-describedby")).textContent = button.dataset.done;
  });
}

function offerPrint(button) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// A table that scrolls has to be reachable by keyboard.
function reach(table) {
  if (table.scrollWidth > table.clientWidth) table.tabIndex = 0;
}

document.querySelectorAll("[data-clock]").forEach(tick);
document.querySelectorAll("[data-theme-choice]").forEach(chooseTheme);
document.querySelectorAll("[data-copy]").forEach(offerCopy);
document.querySelectorAll("[data-print]").forEach(offerPrint);
document.querySelectorAll(".prose table").forEach(reach);

// A moment said once more in the reader's own zone, where that is not Viet Nam's; its day only where it is another.
function inOwnZone(moment) {
  const at = new Date(moment.dateTime);
  if (isNaN(at) || at.getTimezoneOffset() === -420) return;
  const language = root.lang === "vi" ? "vi" : "en-GB";
  const day = (zone) => new Intl.DateTimeFormat(language, { timeZone: zone, day: "numeric", month: "numeric" }).format(at);
  const hour = new Intl.DateTimeFormat(language, {
    hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZoneName: "short",
  }).format(at);
  const own = document.createElement("span");
  own.className = "quiet";
  own.textContent = ` (${hour}${day() === day("Asia/Ho_Chi_Minh") ? "" : `, ${day()}`})`;
  moment.parentElement.append(own);
}
document.querySelectorAll("[data-zoned]").forEach(inOwnZone);
