/* Somebody who types is not idle: tell the server at most once a minute. Before the idle sign-out, warn. */
const watch = document.getElementById("session-watch");
const form = watch?.querySelector("form");
const WARN_SECONDS = 60;
const TELL_EVERY = 60_000;
const SHARED = "session-ends-at"; // other tabs of the same person keep the session alive too

let toldAt = Date.now();

function remember(secondsLeft) {
  localStorage.setItem(SHARED, String(Date.now() + secondsLeft * 1000));
}

function secondsLeft() {
  return Math.round((Number(localStorage.getItem(SHARED)) - Date.now()) / 1000);
}

async function tell() {
  toldAt = Date.now();
  renewTokens();
  const response = await fetch(form.action, { method: "POST", body: new FormData(form) });
  const answer = await response.json();
  remember(answer.seconds_left);
  show();
}

function show() {
  const left = secondsLeft();
  watch.hidden = left > WARN_SECONDS;
  watch.querySelector('[data-words="soon"]').hidden = left <= 0;
  watch.querySelector('[data-words="over"]').hidden = left > 0;
  watch.querySelector("button").hidden = left <= 0;
}

/* Signing in again in another tab changes the forms' token; a form left open here must send the new one. */
function renewTokens() {
  const token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1];
  if (!token) return;
  for (const input of document.querySelectorAll('input[name="csrfmiddlewaretoken"]')) input.value = token;
}

function active() {
  if (secondsLeft() <= 0 || Date.now() - toldAt < TELL_EVERY) return;
  tell().catch(() => {}); // off-line for a moment: the next key press asks again
}

if (watch) {
  remember(Number(watch.dataset.secondsLeft));
  document.addEventListener("input", active);
  document.addEventListener("keydown", active);
  document.addEventListener("pointerdown", active);
  document.addEventListener("submit", renewTokens, { capture: true });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    tell().catch(() => watch.querySelector("button").focus());
  });
  setInterval(show, 5_000);
}
