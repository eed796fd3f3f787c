import type { ModelContent } from '../kit/model-player.ts';
import type { MemoryOrigin } from '../kit/memory-origin.ts';
import { zeroResource } from '../kit/resources.ts';
import type { Scenario } from './scenario.ts';

const MANIFEST_URL = 'https://origin.test/stream.m3u8';
/** Segments that a live playlist lists, and that are there when the simulation begins. */
const LIVE_WINDOW = 10;
/** On demand, the film is this much longer than the simulation. */
const FILM_RATIO = 2;
/** The lower rendition's bitrate, as a part of the other's. */
const LOW_RATIO = 0.5;

/** What is played: two renditions, the first of which all begin with. */
export function renditionsOf(scenario: Scenario): readonly [ModelContent, ModelContent] {
  return [renditionOf(scenario, scenario.bitrateBps, ''), renditionOf(scenario, scenario.bitrateBps * LOW_RATIO, 'low/')];
}

function renditionOf({ live, minutes, segmentS }: Scenario, bitrateBps: number, folder: string): ModelContent {
  return {
    manifestUrl: MANIFEST_URL,
    track: { type: 'main', bitrateBps },
    segmentS,
    segmentUrl: (sequence) => `https://origin.test/${folder}${sequence}.ts`,
    extent: live
      ? { liveSinceMs: -LIVE_WINDOW * segmentS * 1000, windowSegments: LIVE_WINDOW }
      : { segments: Math.ceil((FILM_RATIO * minutes * 60) / segmentS) },
  };
}

export function segmentBytes({ segmentS, track }: ModelContent): number {
  return Math.round(((track.bitrateBps ?? 0) * segmentS) / 8);
}

/** Puts a rendition on the origin, all that there will be of it. */
export function publish(content: ModelContent, { minutes }: Scenario, origin: MemoryOrigin): void {
  const { extent, segmentS, segmentUrl } = content;
  const segments = 'segments' in extent ? extent.segments : LIVE_WINDOW + Math.ceil((minutes * 60) / segmentS) + 1;
  const resource = zeroResource(segmentBytes(content));
  for (let sequence = 0; sequence < segments; sequence++) origin.serve(segmentUrl(sequence), resource);
}

/** Live: when a segment was complete at the origin. */
export function publishedAtMs(content: ModelContent, sequence: number): number {
  return 'liveSinceMs' in content.extent ? content.extent.liveSinceMs + sequence * content.segmentS * 1000 : -Infinity;
}

/** The segments that tell of the steady state. Live: published in it, early enough for all to have them. */
export function steadySegments(content: ModelContent, scenario: Scenario): number[] {
  const lastMs = scenario.minutes * 60_000 - (scenario.slackS + 2 * scenario.segmentS) * 1000;
  const found: number[] = [];
  if (!('liveSinceMs' in content.extent)) return Array.from({ length: content.extent.segments }, (_, sequence) => sequence);
  for (let sequence = 0; publishedAtMs(content, sequence) <= lastMs; sequence++) {
    if (publishedAtMs(content, sequence) >= scenario.warmUpS * 1000) found.push(sequence);
  }
  return found;
}

/** On demand: the moment at which the film's last segment begins. */
export function filmS(content: ModelContent): number {
  return 'segments' in content.extent ? (content.extent.segments - 1) * content.segmentS : 0;
}
