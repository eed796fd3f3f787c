// What was found, in a file: a run that was broken off, or that had failures, is taken up where it stands.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

export const FILE = '.cache/conformance/results.json';

/** @typedef {{ name: string, browser: string, seconds: number, outcomes: import('./run-cell.mjs').Outcome[] }} Result of a cell, or of a pair */

export const passed = ({ outcomes }) => outcomes.every(({ result }) => result !== 'failed');

export class Results {
  /** @type {Map<string, Result>} */
  #found = new Map();
  #file;

  /** @param {string} file */
  constructor(file) {
    this.#file = file;
  }

  /** Keeps what passed in an earlier run. */
  async resume() {
    const text = await readFile(this.#file, 'utf8').catch(() => '[]');
    for (const result of JSON.parse(text)) if (passed(result)) this.#found.set(keyOf(result), result);
  }

  has(browser, { name }) {
    return this.#found.has(keyOf({ browser, name }));
  }

  /** Written at once: a crash costs no more than the cell that it comes in. */
  async add(result) {
    this.#found.set(keyOf(result), result);
    await mkdir(path.dirname(this.#file), { recursive: true });
    await writeFile(this.#file, JSON.stringify([...this.#found.values()], null, 2));
  }

  /** In the order of those that are asked for, what there is of them. */
  of(browser, all) {
    return all.map(({ name }) => this.#found.get(keyOf({ browser, name }))).filter(Boolean);
  }
}

const keyOf = ({ browser, name }) => `${browser}: ${name}`;
