import { SeededRandom } from '../kit/seeded-random.ts';
import { drawProfile, viewerSeed } from './population.ts';
import type { Profile } from './population.ts';
import { ARRIVAL_MS } from './scenario.ts';
import type { Scenario } from './scenario.ts';

/** One viewer's visit, decided before it begins: the paired run without P2P has the same ones. */
export interface Visit {
  readonly viewer: number;
  readonly profile: Profile;
  readonly joinMs: number;
  /** Infinity: stays to the end. */
  readonly leaveMs: number;
  /** Goes without a word: a crash, a closed lid. */
  readonly vanishes: boolean;
  /** On demand: where playback begins, as a part of the film. */
  readonly startPart: number;
  readonly seeks: readonly { readonly atMs: number; readonly toPart: number }[];
  readonly switchesAtMs: readonly number[];
}

/** Of those who leave, the part that says nothing. */
const VANISHING_SHARE = 0.2;
/** On demand, the part that begins at the beginning. */
const FROM_START_SHARE = 0.5;

/** All visits of a scenario, in order of their beginning. */
export function schedule(scenario: Scenario): Visit[] {
  const endMs = scenario.minutes * 60_000;
  const random = new SeededRandom(scenario.seed).fork('arrivals');
  const arrivals = Array.from({ length: scenario.viewers }, (_, place) => ((place + random.unit()) / scenario.viewers) * ARRIVAL_MS);
  const newcomersPerMs = (scenario.viewers * scenario.joinPerMinute) / 60_000;
  if (newcomersPerMs > 0) {
    for (let atMs = ARRIVAL_MS + random.exponential(1 / newcomersPerMs); atMs < endMs; atMs += random.exponential(1 / newcomersPerMs)) arrivals.push(atMs);
  }
  return arrivals.map((joinMs, viewer) => visit(scenario, viewer, joinMs, endMs));
}

function visit(scenario: Scenario, viewer: number, joinMs: number, endMs: number): Visit {
  const random = new SeededRandom(viewerSeed(scenario.seed, viewer));
  const profile = drawProfile(random, scenario);
  // Whoever has been there for long leaves no sooner than a newcomer.
  const leaveMs = scenario.leavePerMinute > 0 ? joinMs + random.exponential(60_000 / scenario.leavePerMinute) : Infinity;
  const stayMs = Math.min(leaveMs, endMs) - joinMs;
  const times = (perMinute: number): number[] => {
    const found: number[] = [];
    if (perMinute === 0) return found;
    for (let atMs = random.exponential(60_000 / perMinute); atMs < stayMs; atMs += random.exponential(60_000 / perMinute)) found.push(joinMs + atMs);
    return found;
  };
  return {
    viewer,
    profile,
    joinMs,
    leaveMs,
    vanishes: random.unit() < VANISHING_SHARE,
    startPart: random.unit() < FROM_START_SHARE ? 0 : random.unit(),
    seeks: times(scenario.live ? 0 : scenario.seeksPerMinute).map((atMs) => ({ atMs, toPart: random.unit() })),
    switchesAtMs: times(scenario.switchesPerMinute),
  };
}
