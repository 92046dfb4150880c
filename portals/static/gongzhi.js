// Enlivens govuk components; every page works without this file.
import { initAll } from "./vendor/govuk-frontend.min.js";
import "./passkeys.js";
import "./masking.js";
import "./drafts.js";
import "./effort.js";
import "./similar.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();
