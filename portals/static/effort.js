// Effort: the browser does a little work while she reads her answers; a form sent before waits for it.
for (const field of document.querySelectorAll("input[data-challenge]")) {
  const form = field.form;
  let pressed = null, over = false;
  const finish = (answer) => {
    over = true;
    field.value = answer;
    worker.terminate();
    if (pressed) form.requestSubmit(pressed);
  };
  const worker = new Worker(new URL("./effort-worker.js", import.meta.url));
  worker.onmessage = ({ data }) => finish(data);
  worker.onerror = () => finish(""); // the page then asks for a code
  worker.postMessage(field.dataset.challenge);
  form.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (over || (button?.name && button.value !== "send")) return;
    event.preventDefault();
    pressed = button ?? form.querySelector("button:not([name]), [name=to][value=send]");
    form.querySelector("[data-effort-wait]").hidden = false;
  });
}
