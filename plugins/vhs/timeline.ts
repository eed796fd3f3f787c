import type { Playlist } from './host.ts';

/** A segment of which one knows where it begins on the player's timeline. */
export interface Anchor {
  readonly mediaSequence: number;
  readonly startS: number;
}

/**
 * Where a playlist's segments begin on the player's timeline, in seconds. VHS finds that out from the
 * media (`sync-controller.js`) and notes it with the segments that it has had; the rest follows from
 * their durations. Where VHS knows nothing yet it has the first segment begin at 0.
 *
 * @param anchor what is known otherwise; it goes before.
 */
export function startTimes(playlist: Playlist, anchor: Anchor | undefined): readonly number[] {
  const { segments = [], mediaSequence = 0 } = playlist;
  const { mediaSequence: knownSequence, startS: knownS } = anchor ?? lastSeen(playlist) ?? { mediaSequence, startS: 0 };
  const startsS: number[] = [];
  let endS = 0;
  for (const { duration } of segments) {
    startsS.push(endS);
    endS += duration;
  }
  const index = knownSequence - mediaSequence;
  // Of what has left the list one knows no durations: it is taken to have been like the first that is left.
  const offsetS = knownS - (startsS[index] ?? (index < 0 ? index * (segments[0]?.duration ?? 0) : endS));
  return startsS.map((startS) => startS + offsetS);
}

function lastSeen({ segments = [], mediaSequence = 0 }: Playlist): Anchor | undefined {
  for (let index = segments.length - 1; index >= 0; index--) {
    const startS = segments[index]?.start;
    if (startS !== undefined && Number.isFinite(startS)) return { mediaSequence: mediaSequence + index, startS };
  }
  return undefined;
}

/** The last segment of the list, which the next list will probably have, too. */
export function anchorOf({ segments = [], mediaSequence = 0 }: Playlist, startsS: readonly number[]): Anchor | undefined {
  const startS = startsS.at(-1);
  return startS === undefined ? undefined : { mediaSequence: mediaSequence + segments.length - 1, startS };
}
