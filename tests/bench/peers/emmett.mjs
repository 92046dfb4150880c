// Emmett's PostgreSQL event store, run by its own Node.js:
// node emmett.mjs FOLDER ADDRESS PRODUCERS SECONDS BYTES prints {"taken": [seconds …], "wall": …}.
import { randomUUID } from "node:crypto";
import { createRequire } from "node:module";

const [folder, address, producers, seconds, bytes] = process.argv.slice(2);
const require = createRequire(folder + "/");
const { getPostgreSQLEventStore } = require("@event-driven-io/emmett-postgresql");

const store = getPostgreSQLEventStore(address);
const write = () =>
  store.appendToStream("note-" + randomUUID(), [
    { type: "Written", data: { text: "x".repeat(Number(bytes) - 20) } },
  ]);
await store.schema.migrate();
await write();

const now = () => performance.now() / 1000;
const taken = [];
const began = now();
const one = async () => {
  for (let start = now(); start < began + Number(seconds); start = now()) {
    await write();
    taken.push(now() - start);
  }
};
await Promise.all(Array.from({ length: Number(producers) }, one));
const wall = now() - began;
await store.close();
// A pipe takes so much at a time: the program ends when all of it is through.
process.stdout.write(JSON.stringify({ taken, wall }) + "\n", () => process.exit(0));
