// Clocks that count on. Without this file each shows what was left when the page was made.
const words = new Map();

function unit(language, value, name) {
  const key = `${language} ${name}`;
  if (!words.has(key)) words.set(key, new Intl.NumberFormat(language, { style: "unit", unit: name, unitDisplay: "long" }));
  return words.get(key).format(value);
}

function tell(clock) {
  const { due, language, left, over } = clock.dataset;
  const minutes = Math.floor(Math.abs(Date.parse(due) - Date.now()) / 60000);
  const late = Date.parse(due) <= Date.now();
  const days = Math.floor(minutes / 1440);
  const parts = [[days, "day"], [Math.floor(minutes / 60) % 24, "hour"]].filter(([value]) => value);
  if (!days) parts.push([minutes % 60, "minute"]);
  const time = parts.map(([value, name]) => unit(language, value, name)).join(" ");
  clock.textContent = (late ? over : left).replace("…", time);
  clock.classList.toggle("is-late", late);
}

const clocks = document.querySelectorAll("[data-due]");
const tellAll = () => clocks.forEach(tell);
tellAll();
setInterval(tellAll, 15000);
