import { hashUnit } from '../../core/model/index.ts';
import type { SeededRandom } from '../kit/seeded-random.ts';
import type { Scenario } from './scenario.ts';

/** One viewer's connection. */
export interface Profile {
  readonly upBps: number;
  readonly downBps: number;
  /** Whether the engine may upload at all: some viewers are on cellular or have said no. */
  readonly uploads: boolean;
  /** One way, in ms: the viewer's own line, and where on the map it is. */
  readonly accessMs: number;
  readonly place: readonly [number, number];
  /** Behind a NAT that gets together with no other such NAT. */
  readonly strictNat: boolean;
}

const NO_UPLOAD_SHARE = 0.1;
/** Deviation of the logarithm of upload rates: the best tenth has about half of all the upload. */
const UPLOAD_SPREAD = 1;
/** What a line can send however slow it is: requests go up, too. */
const LEAST_UP_BPS = 256_000;
/** Download rates, as multiples of the bitrate: enough to play, for the player that ABR has chosen it for. */
const MEDIAN_DOWN_RATIO = 8;
const LEAST_DOWN_RATIO = 2;
const DOWN_SPREAD = 0.6;
const MEDIAN_ACCESS_MS = 8;
const ACCESS_SPREAD = 0.5;
/** No line is faster. What two viewers do cannot matter to each other sooner than after two of these: threads need that. */
const LEAST_ACCESS_MS = 4;
export const LEAST_LATENCY_MS = 2 * LEAST_ACCESS_MS;
/** From one edge of the map to the other, one way. */
const MAP_MS = 40;

/** A viewer's connection; upload rates are lognormal, with the scenario's mean. */
export function drawProfile(random: SeededRandom, { bitrateBps, uploadRatio, blockedPairs }: Scenario): Profile {
  const uploads = random.unit() >= NO_UPLOAD_SHARE;
  // A lognormal of median m has the mean m * exp(spread² / 2); those who give nothing lower it.
  const medianUpBps = (bitrateBps * uploadRatio) / Math.exp(UPLOAD_SPREAD ** 2 / 2) / (1 - NO_UPLOAD_SHARE);
  const upBps = medianUpBps * Math.exp(random.normal(0, UPLOAD_SPREAD));
  const downBps = bitrateBps * Math.max(LEAST_DOWN_RATIO, MEDIAN_DOWN_RATIO * Math.exp(random.normal(0, DOWN_SPREAD)));
  return {
    uploads,
    upBps: Math.max(LEAST_UP_BPS, upBps),
    downBps,
    accessMs: Math.max(LEAST_ACCESS_MS, MEDIAN_ACCESS_MS * Math.exp(random.normal(0, ACCESS_SPREAD))),
    place: [random.unit(), random.unit()],
    strictNat: random.unit() < Math.sqrt(blockedPairs),
  };
}

/** One way between two viewers. */
export function latencyMs(from: Profile, to: Profile): number {
  const distance = Math.hypot(from.place[0] - to.place[0], from.place[1] - to.place[1]);
  return from.accessMs + to.accessMs + distance * MAP_MS;
}

/** One way between a viewer and the CDN's nearest edge. */
export function originLatencyMs(viewer: Profile): number {
  return viewer.accessMs + MAP_MS / 8;
}

/** Viewers of one seed differ in nothing but their number. */
export function viewerSeed(seed: number, viewer: number): number {
  return Math.floor(hashUnit(`viewer ${viewer}`, seed) * 0x1_0000_0000);
}
