// Similar: while she types of whom and what, topics of others at the same business are offered.
const PAUSE = 500, LEAST = 2;
const place = document.querySelector("[data-similar]");
const form = document.querySelector("form.asked");

if (place && form) {
  const asked = { q: "respondent", code: "credit_code", product: "product" };
  let timer = 0, latest = "";

  const show = (topics) => {
    const items = topics.map((words) => Object.assign(document.createElement("li"), { textContent: words }));
    place.querySelector("ul").replaceChildren(...items);
    place.hidden = !topics.length;
  };
  const ask = async () => {
    const said = Object.entries(asked).map(([name, field]) => [name, form.elements[field]?.value.trim() ?? ""]);
    const query = new URLSearchParams(said).toString();
    if (query === latest) return;
    latest = query;
    if (said[0][1].length < LEAST) return show([]);
    const answer = await fetch(`${place.dataset.similar}?${query}`).catch(() => null);
    if (answer?.ok && query === latest) show(await answer.json());
  };
  form.addEventListener("input", (event) => {
    if (!Object.values(asked).includes(event.target.name)) return;
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
}
