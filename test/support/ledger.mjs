// What the origin really sent, by URL: the measure of everything Playswarm is for.

export class Ledger {
  /** @type {Map<string, { requests: number, bytes: number, size: number, ranges: number }>} */
  #byPath = new Map();

  /** @param {string} path  @param {number} size of the whole resource  @param {boolean} partial */
  request(path, size, partial) {
    const entry = this.#byPath.get(path) ?? { requests: 0, bytes: 0, size, ranges: 0 };
    entry.requests += 1;
    entry.size = size;
    if (partial) entry.ranges += 1;
    this.#byPath.set(path, entry);
    return entry;
  }

  reset() {
    this.#byPath.clear();
  }

  /** Per path, of those that `keep` accepts. */
  entries(keep = () => true) {
    return Object.fromEntries([...this.#byPath].filter(([path]) => keep(path)));
  }

  /** Origin copies: bytes sent / bytes of the distinct segments of which any were sent. 1 is the floor for a swarm. */
  copies(keep = isSegment) {
    const entries = Object.values(this.entries(keep));
    const sum = (field) => entries.reduce((total, entry) => total + entry[field], 0);
    const distinctBytes = sum('size');
    return { segments: entries.length, requests: sum('requests'), bytes: sum('bytes'), distinctBytes, copies: distinctBytes ? sum('bytes') / distinctBytes : 0 };
  }
}

export const isSegment = (path) => /\.(ts|m4s|mp4|aac|vtt)$/.test(path);
