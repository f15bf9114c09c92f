// Solves the puzzle of a form under attack (see portal/web/puzzles.py). Without scripts the page says how long to wait.
const box = document.querySelector("[data-puzzle]");
const hex = (bytes) => Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");

async function solve({ salt, wanted, most }) {
  const encoder = new TextEncoder();
  for (let number = 0; number < Number(most); number += 1) {
    if (hex(await crypto.subtle.digest("SHA-256", encoder.encode(salt + number))) === wanted) {
      return number;
    }
  }
  return "";
}

if (box && window.crypto?.subtle) {
  const words = box.querySelector("[role=status]");
  words.textContent = box.dataset.solving;
  solve(box.dataset).then((number) => {
    box.querySelector("[name=answer]").value = number;
    words.textContent = box.dataset.solved;
  });
}
