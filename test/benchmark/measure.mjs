// One run: one scenario with one engine.
import { setTimeout as sleep } from 'node:timers/promises';
import { errorsOf, median, Swarm } from '../support/swarm.mjs';

const JOIN_EVERY_MS = 3000;
/** How far behind live a player begins depends on where between two segments it joins: every run begins at the same place. */
const LIVE_CYCLE_MS = 12_000;

/**
 * @param {import('./scenarios.mjs').Scenario} scenario
 * @param {{ engine: string, viewers: number, seconds: number, progress: (text: string) => void }} options
 */
export async function measure(scenario, { engine, viewers, seconds, progress }) {
  const swarm = await Swarm.start({ origin: scenario.origin });
  const gone = [];
  const join = (index) => swarm.join({ engine, stream: scenario.stream, hls: scenario.hls, p2p: engine === 'playswarm' ? scenario.p2p?.(index) : {} });
  try {
    const onAirMs = swarm.origin.onAirMs();
    const beginMs = performance.now() + (LIVE_CYCLE_MS - (onAirMs % LIVE_CYCLE_MS));
    for (let index = 0; index < viewers; index++) {
      // From the beginning, not from one another: opening a page takes a while, and not the same for every engine.
      await sleep(Math.max(0, beginMs + index * JOIN_EVERY_MS - performance.now()));
      progress(`viewer ${index + 1} of ${viewers} joins`);
      await join(index);
    }
    const every = scenario.leaveEverySeconds ?? seconds;
    for (let watched = 0; watched < seconds; watched += every) {
      const now = Math.min(every, seconds - watched);
      progress(`${watched} of ${seconds} s watched`);
      await sleep(now * 1000);
      if (scenario.leaveEverySeconds && watched + now < seconds) {
        const [leaver] = swarm.viewers;
        gone.push({ viewer: leaver, ...(await leaver.metrics()) });
        await swarm.leave(leaver);
        await join(viewers + gone.length);
      }
    }
    return summary([...gone, ...(await swarm.sample())], swarm.copies());
  } finally {
    await swarm.stop();
  }
}

function summary(samples, origin) {
  const sum = (of) => samples.reduce((total, sample) => total + (of(sample) ?? 0), 0);
  const p2pBytes = sum(({ stats }) => stats?.p2pBytes);
  const httpBytes = sum(({ stats }) => stats?.httpBytes);
  const starts = samples.map(({ firstFrameMs }) => firstFrameMs ?? Infinity);
  const latencies = samples.map(({ latencyS }) => latencyS).filter((latencyS) => latencyS !== undefined);
  return {
    originBytes: origin.bytes,
    distinctBytes: origin.distinctBytes,
    copies: origin.copies,
    share: p2pBytes / (p2pBytes + httpBytes || 1),
    medianStartMs: median(starts),
    slowestStartMs: Math.max(...starts),
    stalls: sum(({ stalls }) => stalls),
    stallMs: sum(({ stallMs }) => stallMs),
    medianLatencyS: latencies.length > 0 ? median(latencies) : undefined,
    medianHeapBytes: median(samples.map(({ heapBytes }) => heapBytes ?? 0)),
    errors: errorsOf(samples),
  };
}
