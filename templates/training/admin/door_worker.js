// Answers for the page of one door when there is no network. Lists and scans are no business of this script: they pass through.
const page = "{{ settings.page|escapejs }}";
const cacheName = "{{ settings.cache|escapejs }}";
const family = "{{ settings.family|escapejs }}";
const shell = [{% for address in settings.shell %}"{{ address|escapejs }}"{% if not forloop.last %}, {% endif %}{% endfor %}];
const patience = 4000;

self.addEventListener("install", (event) => {
  event.waitUntil(keepAll().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(forgetOlder().then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  if (event.request.method !== "GET" || address.origin !== self.location.origin) return;
  if (address.pathname === page) event.respondWith(networkFirst(event.request));
  else if (shell.includes(address.pathname)) event.respondWith(cacheFirst(event.request));
});

async function keepAll() {
  const cache = await caches.open(cacheName);
  await cache.addAll(shell);
  const answer = await fetch(page, { credentials: "same-origin" });
  if (answer.ok && !answer.redirected) await cache.put(page, answer);
}

async function forgetOlder() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(family) && name !== cacheName);
  await Promise.all(old.map((name) => caches.delete(name)));
}

async function networkFirst(request) {
  const cache = await caches.open(cacheName);
  const kept = await cache.match(page);
  try {
    const answer = await soon(fetch(request), kept);
    if (answer.ok && !answer.redirected && answer.type === "basic") await cache.put(page, answer.clone());
    return answer;
  } catch (problem) {
    if (kept) return kept;
    throw problem;
  }
}

function soon(answer, kept) {
  if (!kept) return answer;
  return Promise.race([answer, new Promise((_done, late) => setTimeout(() => late(new Error("late")), patience))]);
}

async function cacheFirst(request) {
  return (await caches.match(request, { ignoreSearch: true })) || fetch(request);
}
