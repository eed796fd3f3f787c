// One cell against the list of expectations.
import { Room } from './room.mjs';

/** Without these nothing that follows means anything. */
const FIRST = new Set(['plays']);

/** @typedef {{ name: string, result: 'ok' | 'failed' | 'lacks', why?: string, ms: number }} Outcome */

/**
 * @param {import('../../support/swarm.mjs').Swarm} swarm  @param {import('./expectations.mjs').Expectation[]} expectations
 * @param {{ browser?: string, p2p?: object, onOutcome?: (outcome: Outcome) => void }} options  @returns {Promise<Outcome[]>}
 */
export async function runCell(swarm, cell, expectations, { browser, p2p, onOutcome = () => {} } = {}) {
  const room = new Room(swarm, cell, { browser, p2p });
  const outcomes = [];
  const told = (outcome) => {
    outcomes.push(outcome);
    onOutcome(outcome);
    return outcome;
  };
  try {
    const opened = await attempt('plays', () => room.open());
    if (opened.result === 'failed') return [told(opened)];
    for (const { name, lacks, holds } of expectations) {
      const why = lacks?.(cell);
      const outcome = told(why ? { name, result: 'lacks', why, ms: 0 } : await attempt(name, () => holds(room)));
      if (outcome.result === 'failed' && FIRST.has(name)) {
        outcome.why += `\n${(await room.errors().catch(String)).toString()}`;
        break;
      }
    }
    return outcomes;
  } finally {
    await room.close();
  }
}

async function attempt(name, holds) {
  const startedAt = performance.now();
  const since = () => performance.now() - startedAt;
  try {
    await holds();
    return { name, result: 'ok', ms: since() };
  } catch (error) {
    return { name, result: 'failed', why: error.message, ms: since() };
  }
}
