import { renditionsOf, steadySegments } from './content.ts';
import { STANDARD } from './scenario.ts';
import type { Scenario } from './scenario.ts';

/** The named sets of `--scenario`: each is one question put to the engine. */
export const SCENARIOS: Readonly<Record<string, readonly Partial<Scenario>[]>> = {
  /** Swarms that are simulated within a minute or two. */
  small: [{ viewers: 6 }, { viewers: 20 }, { viewers: 50 }],
  /** What a larger swarm costs: `all` of the figures against swarm size. */
  size: [{ viewers: 6 }, { viewers: 100 }, { viewers: 1_000 }],
  /** As above, and as short as can be: it takes well over an hour. */
  large: [{ viewers: 10_000, minutes: 0.9, warmUpS: 32 }],
  /** Upload is hardly enough. */
  scarce: [{ viewers: 1_000, uploadRatio: 1.3, slackS: 8 }],
  segment: [1, 2, 4, 6, 10].map((segmentS) => ({ viewers: 100, segmentS, slackS: Math.max(3, segmentS * 1.5) })),
  bitrate: [300_000, 1_000_000, 2_000_000, 4_000_000, 8_000_000].map((bitrateBps) => ({ viewers: 100, bitrateBps })),
  slack: [2, 4, 6, 8, 12].map((slackS) => ({ viewers: 100, slackS })),
  seed: [1, 2, 3, 4, 5].map((seed) => ({ viewers: 100, seed })),
  vod: [{ viewers: 6 }, { viewers: 100 }, { viewers: 300 }].map((size) => ({ ...size, live: false, seeksPerMinute: 0.2 })),
};

/** @throws RangeError that names the sets there are, or a scenario that is too short to measure anything. */
export function scenariosOf(name: string | undefined, overrides: Partial<Scenario>): Scenario[] {
  const names = name === undefined ? [] : name === 'all' ? Object.keys(SCENARIOS) : name.split(',');
  if (names.length === 0) return [named({ ...STANDARD, ...overrides })];
  return names.flatMap((set) => {
    const variants = SCENARIOS[set];
    if (!variants) throw new RangeError(`no scenario "${set}": there are ${Object.keys(SCENARIOS).join(', ')} and all`);
    return variants.map((variant) => named({ ...STANDARD, ...overrides, ...variant }, set));
  });
}

function named(scenario: Scenario, set?: string): Scenario {
  const { bitrateBps, live, seed, segmentS, slackS, uploadRatio, viewers } = scenario;
  const kind = live ? `live, slack ${slackS} s` : 'VOD';
  const name = `${set ? `${set}: ` : ''}${viewers} viewers, ${kind}, ${bitrateBps / 1e6} Mbit/s, ${segmentS} s, upload ${uploadRatio}x, seed ${seed}`;
  if (steadySegments(renditionsOf(scenario)[0], scenario).length === 0) {
    throw new RangeError(`${name}: ${scenario.minutes} minutes with a warm-up of ${scenario.warmUpS} s leave no segment to measure: lengthen the one or shorten the other`);
  }
  return { ...scenario, name };
}
