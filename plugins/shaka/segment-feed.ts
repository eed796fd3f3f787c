import { representationTrack, segmentsOf, timedSegmentsOf } from '../bridge/index.ts';
import type { ByteRange, P2PEngine, Segment, Track } from '../../core/index.ts';
import type { HlsIndex } from './hls-index.ts';
import type { SegmentIndex, SegmentReference, Stream } from './host.ts';

/** Start times that moved less than this are left as they are: deadlines carry a larger margin. */
const DRIFT_TOLERANCE_S = 0.25;

interface Placed {
  readonly track: Track;
  readonly segment: Segment;
  /** HLS only. */
  readonly mediaSequence: number | undefined;
}

/**
 * Tells the engine what Shaka's segment indexes list, and remembers which segment each reference is.
 * An index is read when Shaka asks for a segment that is not known yet: once for a film, with each new
 * segment of a live stream.
 */
export class SegmentFeed {
  private placed = new WeakMap<SegmentReference, Placed>();
  private streams = new Set<Stream>();

  constructor(
    private readonly engine: P2PEngine,
    private readonly hls: HlsIndex,
    private readonly isDash: () => boolean,
  ) {}

  segmentOf(stream: Stream, reference: SegmentReference): Segment | undefined {
    const known = this.placed.get(reference);
    if (known && !hasMoved(reference, known.segment)) return known.segment;
    this.update(stream);
    return this.placed.get(reference)?.segment;
  }

  /** Reads again what was read before: the manifest was updated. */
  refresh(): void {
    for (const stream of this.streams) this.update(stream);
  }

  /** Forgets everything: another content follows. */
  clear(): void {
    this.placed = new WeakMap();
    this.streams = new Set();
  }

  private update(stream: Stream): void {
    const { segmentIndex } = stream;
    if (!segmentIndex) return;
    this.streams.add(stream);
    const place = this.isDash() ? dashPlacer(stream) : hlsPlacer(this.hls);
    let before: Placed | undefined;
    let track: Track | undefined;
    const segments: Segment[] = [];
    for (const reference of referencesOf(segmentIndex)) {
      const known = this.placed.get(reference);
      const placed = known && !hasMoved(reference, known.segment) ? known : place(reference, before);
      if (!placed) continue;
      this.placed.set(reference, placed);
      before = placed;
      track = placed.track;
      segments.push(placed.segment);
    }
    if (track) this.engine.setSegments(track, segments);
  }
}

/** @param before the segment ahead of it in the index. */
type Placer = (reference: SegmentReference, before: Placed | undefined) => Placed | undefined;

function dashPlacer(stream: Stream): Placer {
  const { type } = stream;
  // The others are pictures for the seek bar.
  if (type !== 'video' && type !== 'audio' && type !== 'text') return () => undefined;
  const track = representationTrack({
    type,
    id: stream.originalId,
    bandwidthBps: stream.bandwidth,
    width: stream.width,
    height: stream.height,
  });
  const make = timedSegmentsOf(track);
  return (reference) => {
    const entry = entryOf(reference);
    return entry && { track, segment: make({ ...entry, presentationTimeS: entry.startS }), mediaSequence: undefined };
  };
}

function hlsPlacer(hls: HlsIndex): Placer {
  let make: { readonly track: Track; readonly segment: ReturnType<typeof segmentsOf> } | undefined;
  return (reference, before) => {
    const entry = entryOf(reference);
    const listed = entry && hls.find(entry.url, entry.byteRange, before?.mediaSequence ?? -1);
    if (!listed) return undefined;
    const { track, mediaSequence } = listed;
    if (make?.track !== track) make = { track, segment: segmentsOf(track) };
    return { track, segment: make.segment({ ...listed, ...entry }), mediaSequence };
  };
}

function* referencesOf(index: SegmentIndex): Generator<SegmentReference> {
  const first = index.find(0);
  if (first === null) return;
  for (let position = first; ; position++) {
    const reference = index.get(position);
    if (!reference) return;
    yield reference;
  }
}

function entryOf(reference: SegmentReference) {
  const [uri] = reference.getUris();
  const start = reference.getStartByte();
  const endInclusive = reference.getEndByte();
  // To the end of a resource whose length nobody states: the engine knows no such range.
  if (!uri || (start > 0 && endInclusive === null)) return undefined;
  const startS = reference.getStartTime();
  const byteRange: ByteRange | undefined = endInclusive === null ? undefined : { start, end: endInclusive + 1 };
  return { startS, durationS: reference.getEndTime() - startS, url: new URL(uri, location.href).href, byteRange };
}

function hasMoved(reference: SegmentReference, segment: Segment): boolean {
  return Math.abs(reference.getStartTime() - segment.startS) > DRIFT_TOLERANCE_S;
}
