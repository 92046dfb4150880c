// Looks for the number that is asked for: SHA-256 of "challenge:number" begins with so many zero bits.
const primes = [2];
for (let n = 3; primes.length < 64; n += 2) if (primes.every((p) => n % p)) primes.push(n);
const fraction = (x) => ((x - Math.floor(x)) * 2 ** 32) | 0;
const K = Int32Array.from(primes, (p) => fraction(Math.cbrt(p)));
const START = Int32Array.from(primes.slice(0, 8), (p) => fraction(Math.sqrt(p)));
const w = new Int32Array(64);

// One block of 64 bytes, mixed into the state.
function mix(state, view, at) {
  for (let i = 0; i < 16; i++) w[i] = view.getInt32(at + 4 * i);
  for (let i = 16; i < 64; i++) {
    const x = w[i - 15], y = w[i - 2];
    const s = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    w[i] = (w[i - 16] + s + w[i - 7] + (((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10))) | 0;
  }
  let a = state[0], b = state[1], c = state[2], d = state[3], e = state[4], f = state[5], g = state[6], h = state[7];
  for (let i = 0; i < 64; i++) {
    const s = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const one = (h + s + ((e & f) ^ (~e & g)) + K[i] + w[i]) | 0;
    const t = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const two = (t + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g; g = f; f = e; e = (d + one) | 0; d = c; c = b; b = a; a = (one + two) | 0;
  }
  state[0] += a; state[1] += b; state[2] += c; state[3] += d; state[4] += e; state[5] += f; state[6] += g; state[7] += h;
}

onmessage = ({ data: challenge }) => {
  const bits = Number(challenge.split(".")[0]), asked = `${challenge}:`;
  const whole = asked.length & ~63, bytes = new Uint8Array(whole + 128), view = new DataView(bytes.buffer);
  for (let i = 0; i < asked.length; i++) bytes[i] = asked.charCodeAt(i);
  const begun = START.slice(), state = new Int32Array(8);
  for (let at = 0; at < whole; at += 64) mix(begun, view, at); // the same for every number
  for (let n = 0; ; n++) {
    const digits = String(n), length = asked.length + digits.length;
    bytes.fill(0, asked.length);
    for (let i = 0; i < digits.length; i++) bytes[asked.length + i] = digits.charCodeAt(i);
    bytes[length] = 0x80;
    const end = length - whole < 56 ? whole + 64 : whole + 128;
    view.setUint32(end - 4, length * 8);
    state.set(begun);
    for (let at = whole; at < end; at += 64) mix(state, view, at);
    if (Math.clz32(state[0]) >= bits) return postMessage(asked + digits);
  }
};
