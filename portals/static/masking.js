// Evidence: lets a rectangle be drawn on a picture instead of typed; the form works without it.
for (const figure of document.querySelectorAll("[data-masking]")) {
  const svg = figure.querySelector("svg");
  const shape = svg.querySelector("rect");
  const field = (name) => document.querySelector(`input[name=${name}]`);
  let from = null;
  const at = (event) => {
    const box = svg.getBoundingClientRect();
    const part = (value, start, size) => Math.min(100, Math.max(0, (100 * (value - start)) / size));
    return [part(event.clientX, box.left, box.width), part(event.clientY, box.top, box.height)];
  };
  const draw = (event) => {
    const to = at(event);
    const [left, top] = [0, 1].map((n) => Math.min(from[n], to[n]));
    const [width, height] = [0, 1].map((n) => Math.abs(from[n] - to[n]));
    for (const [name, value] of Object.entries({ left, top, width, height })) field(name).value = value.toFixed(1);
    for (const [name, value] of Object.entries({ x: left, y: top, width, height })) shape.setAttribute(name, value);
  };
  svg.addEventListener("pointerdown", (event) => { from = at(event); svg.setPointerCapture(event.pointerId); event.preventDefault(); });
  svg.addEventListener("pointermove", (event) => { if (from) draw(event); });
  svg.addEventListener("pointerup", (event) => { if (from) draw(event); from = null; });
}
