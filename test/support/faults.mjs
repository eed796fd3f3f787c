// What an origin can do wrong, by URL. Tests set them; the first rule that matches a request decides.
//
// A fault is any of:
//   status: 404            answer with this status and no body
//   hang: true             take the request and never answer
//   cutAfter: 1000         promise the whole body, send this many bytes, drop the connection
//   ignoreRange: true      answer 200 with everything to a Range request
//   refusePreflight: true  answer OPTIONS without allowing anything (a Range request then fails in the browser)
//   noCors: true           no CORS header at all
//   headersAfterMs: 500    be slow to begin
//   flip: true             send the right length, wrong bytes
//   bitsPerSecond: 1e6     be slow to go on (each connection)
// `times` limits how often it strikes; `method` and `when(request)` narrow it.

/** @typedef {{ status?: number, hang?: boolean, cutAfter?: number, ignoreRange?: boolean, refusePreflight?: boolean,
 *   noCors?: boolean, headersAfterMs?: number, flip?: boolean, bitsPerSecond?: number, times?: number, method?: string,
 *   when?: (request: import('node:http').IncomingMessage) => boolean }} Fault */

export class Faults {
  /** @type {{ pattern: RegExp, fault: Fault, left: number }[]} */
  #rules = [];

  /** @param {RegExp | string} pattern matched against path and query  @param {Fault} fault  @returns {() => void} undo */
  add(pattern, fault) {
    const expression = typeof pattern === 'string' ? new RegExp(pattern) : pattern;
    const rule = { pattern: expression, fault, left: fault.times ?? Infinity };
    this.#rules.push(rule);
    return () => {
      this.#rules = this.#rules.filter((other) => other !== rule);
    };
  }

  clear() {
    this.#rules = [];
  }

  /** @returns {Fault} */
  strike(request) {
    const rule = this.#rules.find(
      ({ pattern, fault, left }) =>
        left > 0 &&
        pattern.test(request.url) &&
        (fault.method === undefined || fault.method === request.method) &&
        (fault.when === undefined || fault.when(request)),
    );
    if (!rule) return {};
    // A preflight is not the request it asks about, unless the rule is about preflights.
    if (request.method !== 'OPTIONS' || rule.fault.refusePreflight) rule.left -= 1;
    return rule.fault;
  }
}
