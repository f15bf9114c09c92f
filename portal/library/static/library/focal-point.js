// The focal point of a picture, chosen by a click on its preview. Without this script the two numbers are typed.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const picture = document.querySelector("[data-focal-point]");
  const across = document.getElementById("id_focal_x");
  const down = document.getElementById("id_focal_y");
  if (picture && across && down) {
    offerFocalPoint(picture, across, down);
  }
});

function offerFocalPoint(picture, across, down) {
  const frame = document.createElement("span");
  const mark = document.createElement("span");
  frame.className = "focal-point";
  mark.className = "focal-point__mark";
  picture.replaceWith(frame);
  frame.append(picture, mark);

  const show = () => {
    mark.style.left = `${100 * Number(across.value)}%`;
    mark.style.top = `${100 * Number(down.value)}%`;
  };
  frame.addEventListener("click", (event) => {
    const box = picture.getBoundingClientRect();
    across.value = share(event.clientX - box.left, box.width);
    down.value = share(event.clientY - box.top, box.height);
    show();
  });
  across.addEventListener("input", show);
  down.addEventListener("input", show);
  show();
}

function share(distance, whole) {
  return Math.min(1, Math.max(0, distance / whole)).toFixed(2);
}
