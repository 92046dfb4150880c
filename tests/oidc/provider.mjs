// A real provider for the tests: oidc-provider, with its own pages for signing in and consent.
// node provider.mjs PORT REDIRECT
import Provider from "oidc-provider";

const [port, redirect] = process.argv.slice(2);
const provider = new Provider(`http://localhost:${port}`, {
  clients: [{
    client_id: "gongzhi", client_secret: "a secret of the tests that is long enough",
    redirect_uris: [redirect], grant_types: ["authorization_code"], response_types: ["code"],
  }],
  pkce: { required: () => true },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, name: `Account ${id}` }) }),
});
provider.listen(Number(port), "127.0.0.1", () => console.log("ready"));
