import type { Fragment, LevelDetails, MediaFragment } from 'hls.js';
import { segmentsOf } from '../bridge/index.ts';
import { trackKey } from '../../core/index.ts';
import type { ByteRange, P2PEngine, Segment, Track, TrackKey } from '../../core/index.ts';

/** Start times that moved less than this are left as they are: deadlines carry a larger margin. */
const DRIFT_TOLERANCE_S = 0.25;

interface Fed {
  readonly track: Track;
  readonly details: LevelDetails;
  /** One for each fragment of `details`, in order. */
  readonly segments: readonly Segment[];
}

/**
 * Tells the engine what hls.js's playlists list, and remembers which segment each fragment is.
 *
 * hls.js makes new `Fragment` objects at every reload of a live playlist, and moves their times when
 * it learns more. A window of hours has thousands of them, so what did not change is taken over from
 * the list before, found by its media sequence number in one step: no key is built twice, no URL
 * resolved twice.
 */
export class SegmentFeed {
  private readonly fed = new Map<TrackKey, Fed>();
  private readonly segmentByFragment = new WeakMap<Fragment, Segment>();

  constructor(private readonly engine: P2PEngine) {}

  segmentOf(fragment: Fragment): Segment | undefined {
    return this.segmentByFragment.get(fragment);
  }

  update(track: Track, details: LevelDetails): void {
    const key = trackKey(track);
    const before = this.fed.get(key);
    const make = segmentsOf(track);
    const first = before?.details.fragments[0]?.sn ?? 0;
    const segments = details.fragments.map((fragment) => {
      const known = before?.segments[fragment.sn - first];
      const was = before?.details.fragments[fragment.sn - first];
      const segment = known && was && isSame(fragment, was, known) ? known : make(entryOf(fragment));
      this.segmentByFragment.set(fragment, segment);
      return segment;
    });
    this.fed.set(key, { track, details, segments });
    this.engine.setSegments(track, segments);
  }

  /** Tells the engine again of the lists whose times hls.js has moved since. */
  realign(): void {
    for (const { track, details, segments } of this.fed.values()) {
      const last = details.fragments.at(-1);
      const lastSegment = segments.at(-1);
      if (last && lastSegment && Math.abs(last.start - lastSegment.startS) > DRIFT_TOLERANCE_S) {
        this.update(track, details);
      }
    }
  }

  /** Forgets all lists: another content follows. */
  clear(): void {
    this.fed.clear();
  }
}

function isSame(fragment: MediaFragment, was: MediaFragment, segment: Segment): boolean {
  return (
    fragment.cc === was.cc &&
    fragment.relurl === was.relurl &&
    fragment.baseurl === was.baseurl &&
    fragment.byteRangeStartOffset === was.byteRangeStartOffset &&
    fragment.byteRangeEndOffset === was.byteRangeEndOffset &&
    Math.abs(fragment.start - segment.startS) <= DRIFT_TOLERANCE_S
  );
}

function entryOf(fragment: MediaFragment) {
  return {
    mediaSequence: fragment.sn,
    discontinuitySequence: fragment.cc,
    startS: fragment.start,
    durationS: fragment.duration,
    url: fragment.url,
    byteRange: byteRangeOf(fragment),
  };
}

/** hls.js: end exclusive; both absent without `#EXT-X-BYTERANGE` (`fragment.ts`, `setByteRange`). */
function byteRangeOf({ byteRangeStartOffset: start, byteRangeEndOffset: end }: Fragment): ByteRange | undefined {
  return start === undefined || end === undefined ? undefined : { start, end };
}
