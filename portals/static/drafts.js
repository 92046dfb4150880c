// Drafts: what somebody has filled in stays on her own device when she asks for it, for a month.
const PLACE = "gongzhi-draft";
const MONTH = 30 * 24 * 3600 * 1000;
const NEVER = ["csrf", "to", "form"];

const read = () => {
  const kept = JSON.parse(localStorage.getItem(PLACE) ?? "null");
  return kept && Date.now() - kept.at < MONTH ? kept : null;
};
const forget = () => localStorage.removeItem(PLACE);

function resume(form, { fields }) {
  const filled = document.createElement("form");
  const step = fields.find(([name]) => name === "step")[1];
  const sent = [["csrf", form.elements.csrf.value], ["to", step], ...fields];
  Object.assign(filled, { method: "post", action: form.action });
  for (const [name, value] of sent) {
    const field = document.createElement("input");
    filled.append(Object.assign(field, { type: "hidden", name, value }));
  }
  document.body.append(filled);
  filled.submit();
}

for (const place of document.querySelectorAll("[data-draft-keep]")) {
  const form = place.closest("form");
  place.hidden = false;
  place.querySelector("button").addEventListener("click", () => {
    const fields = [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !NEVER.includes(name));
    localStorage.setItem(PLACE, JSON.stringify({ at: Date.now(), fields }));
    place.querySelector("[role=status]").hidden = false;
  });
}
for (const place of document.querySelectorAll("[data-draft-found]")) {
  const kept = read();
  if (!kept) continue;
  const [go, drop] = place.querySelectorAll("button");
  place.querySelector("time").textContent = new Date(kept.at).toLocaleString(document.documentElement.lang);
  place.hidden = false;
  go.addEventListener("click", () => resume(document.querySelector("form.asked"), kept));
  drop.addEventListener("click", () => { forget(); place.hidden = true; });
}
if (document.querySelector("[data-draft-sent]")) forget();
