/** Everything that makes one simulation what it is: the same scenario gives the same run. */
export interface Scenario {
  readonly name: string;
  readonly seed: number;
  /** Viewers once all have come; while it runs, newcomers take the places of those who leave. */
  readonly viewers: number;
  readonly minutes: number;
  /** What is measured of the swarm in its steady state is measured from here on, in seconds. */
  readonly warmUpS: number;
  readonly live: boolean;
  readonly bitrateBps: number;
  readonly segmentS: number;
  /** Live: time between learning of a segment and its first moment being due, in seconds. */
  readonly slackS: number;
  /** Mean upload rate of all viewers, as a multiple of the bitrate. */
  readonly uploadRatio: number;
  /** Part of the viewers who leave, per minute. */
  readonly leavePerMinute: number;
  /** Part of the viewers who come in, per minute. */
  readonly joinPerMinute: number;
  /** On demand: seeks per viewer and minute. */
  readonly seeksPerMinute: number;
  /** Quality switches per viewer and minute, to and fro between two renditions. */
  readonly switchesPerMinute: number;
  /** Part of the pairs that cannot connect. */
  readonly blockedPairs: number;
  /** Packets lost / packets sent. */
  readonly lossRate: number;
  /** Offers that the tracker passes on of one announce. */
  readonly trackerOffers: number;
  /** All the origin's transfers together; Infinity: a CDN. */
  readonly originRateBps: number;
}

export const STANDARD: Scenario = {
  name: 'standard',
  seed: 1,
  viewers: 100,
  minutes: 5,
  warmUpS: 60,
  live: true,
  bitrateBps: 2_000_000,
  segmentS: 4,
  slackS: 6,
  uploadRatio: 3,
  leavePerMinute: 0.1,
  joinPerMinute: 0.1,
  seeksPerMinute: 0,
  switchesPerMinute: 0,
  blockedPairs: 0.15,
  lossRate: 0.002,
  trackerOffers: 5,
  originRateBps: Infinity,
};

/** The viewers come in within this time, evenly. */
export const ARRIVAL_MS = 20_000;
