// The door of an event on a phone: reads codes, judges them without a network, keeps what it read until it is sent.
// What it keeps lies in IndexedDB: the list (names, until a day after the event) and the queue (codes and times).

const here = document.body.dataset;
const words = Object.fromEntries([...document.querySelectorAll("#said [data-word]")].map((each) => [each.dataset.word, each.textContent]));
const at = (id) => document.getElementById(id);
const SHOWN = 40, SENT_AT_ONCE = 100, ODD_CLOCK = 5 * 60_000, SAME_AGAIN = 4000;

let list = null, device = "", publicKey = null, sending = false, last = { code: "", at: 0 };
const doubts = [];

// What is kept.

const opened = new Promise((done, failed) => {
  const request = indexedDB.open(`door-${here.event}`, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore("kept");
    request.result.createObjectStore("queue", { keyPath: "nonce" });
  };
  request.onsuccess = () => done(request.result);
  request.onerror = () => failed(request.error);
});

async function store(name, mode, ask) {
  const database = await opened;
  return new Promise((done, failed) => {
    const transaction = database.transaction(name, mode);
    const request = ask(transaction.objectStore(name));
    transaction.oncomplete = () => done(request.result);
    transaction.onerror = transaction.onabort = () => failed(transaction.error);
  });
}

const read = (key) => store("kept", "readonly", (kept) => kept.get(key));
const keep = (key, value) => store("kept", "readwrite", (kept) => kept.put(value, key));
const drop = (key) => store("kept", "readwrite", (kept) => kept.delete(key));
const queued = () => store("queue", "readonly", (queue) => queue.getAll());

// Judging a code.

async function judge(text) {
  const typed = text.toUpperCase().replace(/[\s-]/g, "");
  const known = list.people.find((each) => each.code.replace("-", "") === typed);
  if (known) return verdict(known.key);
  const said = await signed(text);
  if (said === null) return { outcome: "forged" };
  if (said.event !== list.event) return { outcome: "other" };
  const found = verdict(said.key);
  if (found.outcome === "unlisted" && !said.checked) return { outcome: "unknown", note: words.unchecked };
  return found.outcome === "unlisted" ? { outcome: "in", note: words.unlisted, key: said.key } : found;
}

function verdict(key) {
  if (list.blocked.includes(key)) return { outcome: "blocked", key };
  const person = list.people.find((each) => each.key === key);
  if (!person) return { outcome: "unlisted", key };
  return { outcome: isPresent(key) ? "already" : "in", key, person };
}

const isPresent = (key) => list.present.some(([who, session]) => who === key && session === chosen());
const chosen = () => Number(at("session").value) || 0;

// "T", 1, event (4 bytes), key (16 bytes), "." and the signature of these 23 bytes: see training/rules/codes.py.
async function signed(text) {
  const bytes = bytesOf(text);
  if (!bytes || bytes.length !== 87 || bytes[0] !== 0x54 || bytes[1] !== 1) return null;
  const said = bytes.slice(0, 23);
  const checked = publicKey !== null;
  if (checked && !(await crypto.subtle.verify("Ed25519", publicKey, bytes.slice(23), said))) return null;
  const key = [...said.slice(6, 22)].map((each) => each.toString(16).padStart(2, "0")).join("");
  return { event: new DataView(said.buffer).getUint32(2), key, checked };
}

function bytesOf(text) {
  try {
    return Uint8Array.from(atob(text.trim().replace(/-/g, "+").replace(/_/g, "/")), (each) => each.charCodeAt(0));
  } catch {
    return null;
  }
}

async function readKey(base64) {
  try {
    return await crypto.subtle.importKey("raw", bytesOf(base64), "Ed25519", false, ["verify"]);
  } catch {
    return null; // an older browser: then the list alone decides
  }
}

// One reading: judged, kept, shown, sent when there is a way.

async function take(text) {
  const code = text.trim().slice(0, 400);
  if (!code || !list) return;
  const judged = await judge(code);
  const behind = await read("behind");
  const scan = {
    nonce: crypto.randomUUID(), code, session: chosen() || null, said_at: new Date().toISOString(),
    known_behind: behind === undefined ? null : behind / 1000,
  };
  await store("queue", "readwrite", (queue) => queue.put(scan));
  await showLine();
  if (judged.outcome === "in") await enter(judged.key, chosen());
  show(judged);
  showList();
  await send();
}

async function enter(key, session) {
  if (!list.present.some(([who, where]) => who === key && where === session)) list.present.push([key, session]);
  await keep("list", list);
}

function show({ outcome, person, note }) {
  const result = at("result");
  result.className = `door-result door-result--${outcome}`;
  const word = document.createElement("p"), name = document.createElement("p");
  word.className = "door-result__word";
  name.className = "door-result__name";
  word.textContent = words[outcome];
  name.textContent = person ? [person.name, person.unit].filter(Boolean).join(" · ") : note || "";
  result.replaceChildren(word, name);
  navigator.vibrate?.(outcome === "in" ? 60 : [120, 80, 120]);
}

// Sending. A scan leaves the queue only when its own number is answered.

async function send() {
  if (sending) return;
  sending = true;
  try {
    let waiting = await queued();
    while (waiting.length && (await sendSome(waiting.slice(0, SENT_AT_ONCE)))) waiting = await queued();
  } finally {
    sending = false;
    await showLine();
  }
}

async function sendSome(scans) {
  const answer = await ask(here.scans, { device, sent_at: new Date().toISOString(), scans });
  if (!answer) return false;
  await learnClock(answer.now);
  for (const each of answer.results) {
    await store("queue", "readwrite", (queue) => queue.delete(each.nonce));
    if ((each.outcome === "in" || each.outcome === "already") && list && each.key) await enter(each.key, scans.find((scan) => scan.nonce === each.nonce)?.session || 0);
    if (each.doubt || !["in", "already"].includes(each.outcome)) doubts.unshift(each);
  }
  showDoubts();
  showList();
  return answer.results.length > 0;
}

// The answer as JSON; null without a network or signed out. A stale token is fetched anew once.
async function ask(address, body, again = true) {
  const options = body ? { method: "POST", body: JSON.stringify(body), headers: { "Content-Type": "application/json", "X-CSRFToken": list?.csrf || "" } } : {};
  let answer;
  try {
    answer = await fetch(address, { credentials: "same-origin", cache: "no-store", ...options });
  } catch {
    return null;
  }
  const isOurs = answer.ok && !answer.redirected && answer.headers.get("Content-Type")?.includes("json");
  at("sign-in").hidden = isOurs || answer.status >= 500;
  if (isOurs) return answer.json();
  if (body && again && (await fetchList())) return ask(address, body, false);
  return null;
}

async function fetchList() {
  const sentAt = Date.now();
  const fresh = await ask(here.list);
  if (!fresh) return false;
  await learnClock(fresh.now, sentAt);
  const waiting = await queued();
  for (const scan of waiting) await addWaiting(fresh, scan);
  list = fresh;
  await keep("list", list);
  await begin();
  return true;
}

// Whoever was read here and is not sent yet is present on the fresh list too.
async function addWaiting(fresh, scan) {
  const said = await signed(scan.code);
  const key = said?.key || fresh.people.find((each) => each.code.replace("-", "") === scan.code.toUpperCase().replace(/[\s-]/g, ""))?.key;
  if (key && fresh.people.some((each) => each.key === key)) fresh.present.push([key, scan.session || 0]);
}

async function learnClock(now, sentAt = Date.now()) {
  const behind = Date.parse(now) - (sentAt + Date.now()) / 2;
  await keep("behind", behind);
  const note = at("clock");
  note.hidden = Math.abs(behind) < ODD_CLOCK;
  note.textContent = words[behind < 0 ? "fast" : "slow"].replace("…", spoken(Math.abs(behind)));
}

function spoken(milliseconds) {
  const minutes = Math.round(milliseconds / 60_000);
  const [value, unit] = minutes < 120 ? [minutes, "minute"] : minutes < 2880 ? [Math.round(minutes / 60), "hour"] : [Math.round(minutes / 1440), "day"];
  return new Intl.NumberFormat(here.language, { style: "unit", unit, unitDisplay: "long" }).format(value);
}

// What is seen.

async function begin() {
  publicKey = await readKey(list.public_key);
  const select = at("session"), before = select.value;
  const sessions = list.sessions.length ? list.sessions : [{ pk: 0, title: words.whole }];
  select.replaceChildren(...sessions.map(({ pk, title }) => new Option(title, pk)));
  const now = Date.now() + ((await read("behind")) || 0);
  const running = list.sessions.find((each) => Date.parse(each.ends) > now) || list.sessions.at(-1);
  select.value = sessions.some((each) => String(each.pk) === before) ? before : running?.pk || 0;
  showList();
}

const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();

function showList() {
  if (!list) return;
  const wanted = plain(at("words").value).split(/\s+/).filter(Boolean);
  const found = list.people.filter((each) => wanted.every((word) => plain(`${each.name} ${each.unit} ${each.code}`).includes(word)));
  at("people").replaceChildren(...found.slice(0, SHOWN).map(row));
  at("more").hidden = found.length <= SHOWN;
  at("count").textContent = `${list.people.filter((each) => isPresent(each.key)).length}/${list.people.length}`;
}

function row(person) {
  const item = document.createElement("li"), who = document.createElement("span"), unit = document.createElement("small");
  who.textContent = person.name;
  unit.textContent = [person.unit, person.code].filter(Boolean).join(" · ");
  who.append(unit);
  item.append(who, isPresent(person.key) ? mark() : button(person));
  return item;
}

function mark() {
  const said = document.createElement("b");
  said.textContent = `✓ ${words.present}`;
  return said;
}

function button(person) {
  const press = document.createElement("button");
  press.type = "button";
  press.className = "door-button door-button--small";
  press.textContent = words["check-in"];
  press.setAttribute("aria-label", `${words["check-in"]}: ${person.name}`);
  press.addEventListener("click", () => take(person.code));
  return press;
}

function showDoubts() {
  at("looked-at").hidden = doubts.length === 0;
  at("doubts").replaceChildren(...doubts.slice(0, 20).map((each) => {
    const item = document.createElement("li");
    item.textContent = [each.at, each.name, words[each.outcome], each.doubt_words].filter(Boolean).join(" · ");
    return item;
  }));
}

async function showLine() {
  const waiting = (await queued()).length;
  const word = !list ? words["no-list"] : !navigator.onLine ? words.offline : waiting ? words.waiting : words.online;
  at("line").textContent = word.replace("…", waiting);
  at("line").dataset.waiting = waiting;
}

// The camera.

async function startCamera() {
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    const video = at("video");
    video.srcObject = stream;
    video.hidden = false;
    at("camera").hidden = true;
    await video.play();
    watch(video, await decoder());
  } catch {
    at("no-camera").hidden = false;
  }
}

async function decoder() {
  if ("BarcodeDetector" in window && (await BarcodeDetector.getSupportedFormats()).includes("qr_code")) {
    const detector = new BarcodeDetector({ formats: ["qr_code"] });
    return async (video) => (await detector.detect(video))[0]?.rawValue;
  }
  await load(here.decoder);
  const canvas = document.createElement("canvas"), drawn = canvas.getContext("2d", { willReadFrequently: true });
  return async (video) => {
    canvas.width = video.videoWidth;
    canvas.height = video.videoHeight;
    drawn.drawImage(video, 0, 0);
    return jsQR(drawn.getImageData(0, 0, canvas.width, canvas.height).data, canvas.width, canvas.height)?.data;
  };
}

function load(address) {
  return new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = done;
    script.onerror = failed;
    document.head.append(script);
  });
}

function watch(video, decode) {
  const look = async () => {
    const code = video.videoWidth ? await decode(video).catch(() => "") : "";
    if (code && (code !== last.code || Date.now() - last.at > SAME_AGAIN)) await take(code);
    if (code) last = { code, at: Date.now() };
    setTimeout(look, 150);
  };
  look();
}

// Forgetting.

async function forgetWhenOver() {
  const now = Date.now() + ((await read("behind")) || 0);
  if (!list || now < Date.parse(list.wipe_after)) return;
  await drop("list");
  list = null;
  at("people").replaceChildren();
  at("line").textContent = words.over;
}

async function signOut(event) {
  event.preventDefault();
  const form = event.target;
  await send();
  const waiting = (await queued()).length;
  if (waiting && !confirm(words.wipe.replace("…", waiting))) return;
  if (list) form.csrfmiddlewaretoken.value = list.csrf;
  await wipe();
  form.submit();
}

async function wipe() {
  (await opened).close();
  await new Promise((done) => {
    const gone = indexedDB.deleteDatabase(`door-${here.event}`);
    gone.onsuccess = gone.onerror = gone.onblocked = done;
  });
  for (const name of await caches.keys()) if (name.startsWith(`door-${here.event}-`)) await caches.delete(name);
  for (const each of await navigator.serviceWorker.getRegistrations()) if (each.scope.endsWith(location.pathname)) await each.unregister();
}

// The beginning.

async function start() {
  navigator.serviceWorker?.register(here.worker).catch(() => {});
  navigator.storage?.persist?.();
  device = (await read("device")) || crypto.randomUUID();
  await keep("device", device);
  list = (await read("list")) || null;
  await forgetWhenOver();
  if (list) await begin();
  await fetchList();
  await forgetWhenOver();
  await send();
}

at("camera").addEventListener("click", startCamera);
at("typed").addEventListener("submit", async (event) => {
  event.preventDefault();
  const field = at("code"), code = field.value;
  field.value = "";
  await take(code);
  field.focus();
});
at("words").addEventListener("input", showList);
at("session").addEventListener("change", showList);
at("refresh").addEventListener("click", async () => { await send(); await fetchList(); await showLine(); });
at("sign-out").addEventListener("submit", signOut);
addEventListener("online", send);
addEventListener("offline", showLine);
start();
