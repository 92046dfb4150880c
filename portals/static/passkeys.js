// Passkeys: asks the device for one, and sends its answer with the form around the button.
const knows = window.PublicKeyCredential?.parseCreationOptionsFromJSON;

for (const place of document.querySelectorAll("[data-passkey]")) {
  if (!knows) continue;
  place.hidden = false;
  document.querySelectorAll("[data-passkey-absent]").forEach((said) => { said.hidden = true; });
  const form = place.closest("form");
  const told = place.querySelector("[role=status]");
  place.querySelector("button").addEventListener("click", async () => {
    const ask = JSON.parse(place.dataset.ask);
    try {
      const made = place.dataset.passkey === "create"
        ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(ask) })
        : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(ask) });
      form.elements.passkey.value = JSON.stringify(made.toJSON());
      form.submit();
    } catch {
      told.textContent = document.documentElement.lang === "en"
        ? "It was cancelled, or is not on this device." : "已取消，或者这台设备上没有。";
    }
  });
}
