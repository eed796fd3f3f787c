import { decide, initialState } from '../../core/engine/index.ts';
import type { Effect, EngineEvent, Policy, State } from '../../core/engine/index.ts';
import { asDemandId, asPeerId, Bitfield, MIN_PIECE_BYTES, pieceBytes, pieceCount, pieceSizeBytes, segmentKey, trackKey } from '../../core/model/index.ts';
import type { ByteRange, DemandId, OriginError, PeerId, Segment, SegmentKey, Track, TrackKey } from '../../core/model/index.ts';
import { deepFreeze } from './deep-freeze.ts';

export type Fetching = Extract<Effect, { type: 'fetch' }>;

export const SELF = peerNamed('self');
export const TRACK: TrackKey = trackKey({ type: 'main', bitrateBps: 1_000_000 });
export const PIECE_BYTES = MIN_PIECE_BYTES;
/** Four pieces and a short one. */
export const SEGMENT_BYTES = 4 * PIECE_BYTES + 1_000;
export const PIECES = pieceCount(SEGMENT_BYTES);
export const SEGMENT_S = 4;

/** @returns an id that follows from the name. */
export function peerNamed(name: string): PeerId {
  const digits = Array.from(name, (letter) => letter.charCodeAt(0).toString(16).padStart(2, '0')).join('');
  const id = asPeerId(digits.padEnd(40, '0').slice(0, 40));
  if (!id) throw new RangeError(name);
  return id;
}

export function keyOf(sequence: number, track: TrackKey = TRACK): SegmentKey {
  return segmentKey(track, { mediaSequence: sequence, discontinuitySequence: 0 });
}

/** Segments of 4 s that begin at 0. */
export function segmentsFrom(first: number, count: number, { track = TRACK, byteRange }: { track?: TrackKey; byteRange?: ByteRange } = {}): Segment[] {
  return Array.from({ length: count }, (_, offset) => ({
    key: keyOf(first + offset, track),
    track,
    startS: (first + offset) * SEGMENT_S,
    durationS: SEGMENT_S,
    url: `https://origin.test/${first + offset}`,
    byteRange,
  }));
}

export function trackOfBitrate(bitrateBps: number): Track {
  return { type: 'main', bitrateBps };
}

/**
 * An engine on a bench: events in, effects out, time that passes when told to. Every state is frozen
 * before it is decided upon: a decision that changed it would throw.
 */
export class EngineBench {
  state: State;
  nowMs = 100_000;
  wakeAtMs = Infinity;
  /** Looks at every state that was reached. */
  inspect: (state: State) => void = () => undefined;
  private demands = 0;

  /** Ten minutes of 4 s segments are listed (or so many), playback is at 0 with 12 s buffered, upload and download are allowed. */
  constructor(policy: Partial<Policy> = {}, segments = 150) {
    this.state = initialState(
      SELF,
      { download: true, uploadMaxBps: Infinity, uploadMaxBytes: Infinity, cacheMaxBytes: 128e6, digests: false, ...policy },
      this.nowMs - 60_000,
    );
    this.step({ type: 'listed', track: TRACK, segments: segmentsFrom(0, segments) });
    this.play(0);
  }

  /** @returns the effects of the event. */
  step(event: EngineEvent): readonly Effect[] {
    const decision = decide(deepFreeze(this.state), deepFreeze(event), this.nowMs);
    this.state = decision.state;
    // As the loop does: an earlier wake stays due.
    this.wakeAtMs = Math.min(this.wakeAtMs > this.nowMs ? this.wakeAtMs : Infinity, decision.wakeAtMs);
    this.inspect(this.state);
    return decision.effects;
  }

  /** Lets time pass, with a `wake` whenever one is due. @returns the effects and when they came, in ms from now. */
  pass(ms: number): readonly (Effect & { readonly afterMs: number })[] {
    const startMs = this.nowMs;
    const effects: (Effect & { readonly afterMs: number })[] = [];
    while (this.wakeAtMs <= startMs + ms) {
      this.nowMs = Math.max(this.nowMs, this.wakeAtMs);
      for (const effect of this.step({ type: 'wake' })) effects.push({ ...effect, afterMs: this.nowMs - startMs });
    }
    this.nowMs = startMs + ms;
    return effects;
  }

  /** The playhead is at `positionS` and plays on. */
  play(positionS: number, rest: { waiting?: boolean; live?: boolean; rate?: number } = {}): readonly Effect[] {
    return this.step({ type: 'playback', playback: { positionS, bufferedAheadS: 12, rate: 1, waiting: false, live: false, ...rest } });
  }

  swarm(size: number, connecting = 0): readonly Effect[] {
    return this.step({ type: 'swarm', size, connecting, joinedAtMs: this.state.swarm.joinedAtMs });
  }

  policy(policy: Partial<Policy>): readonly Effect[] {
    return this.step({ type: 'policy', policy: { ...this.state.policy, ...policy } });
  }

  /** A neighbour that has told what it is like. */
  neighbour(name: string, { uploadBps = 2 ** 22 }: { uploadBps?: number } = {}): PeerId {
    const peer = peerNamed(name);
    this.step({ type: 'neighbourJoined', peer });
    this.step({ type: 'status', peer, message: { type: 'status', uploadBps, neighbours: 3, maxNeighbours: 26, positionS: 0 } });
    return peer;
  }

  have(peer: PeerId, sequence: number, indexes?: readonly number[], sizeBytes = SEGMENT_BYTES): readonly Effect[] {
    const length = pieceCount(sizeBytes);
    const pieces = indexes ? Bitfield.of(length, indexes) : Bitfield.full(length);
    return this.step({ type: 'have', peer, message: { type: 'have', segment: keyOf(sequence), sizeBytes, pieces } });
  }

  intent(peer: PeerId, sequence: number, hops = 0, uploadBps = 2 ** 30): readonly Effect[] {
    return this.step({ type: 'intent', peer, message: { type: 'intent', segment: keyOf(sequence), hops, uploadBps } });
  }

  request(peer: PeerId, sequence: number, index: number, { requestId = index, slackMs = 1_000 } = {}): readonly Effect[] {
    return this.step({ type: 'request', peer, message: { type: 'request', requestId, segment: keyOf(sequence), index, slackMs } });
  }

  demand(sequence: number): { readonly id: DemandId; readonly effects: readonly Effect[] } {
    const id = asDemandId(++this.demands);
    return { id, effects: this.step({ type: 'demand', id, segment: keyOf(sequence) }) };
  }

  /** Sends the piece that was asked for. */
  deliver({ peer, message }: Asking, lengthBytes = pieceBytes(SEGMENT_BYTES, message.index)): readonly Effect[] {
    return this.step({ type: 'pieceArrived', peer, requestId: message.requestId, lengthBytes });
  }

  head({ fetch, segment }: Fetching, sizeBytes = SEGMENT_BYTES, rangeRefused = false): readonly Effect[] {
    return this.step({ type: 'fetchHead', fetch, segment, sizeBytes, rangeRefused });
  }

  piece({ fetch, segment }: Fetching, index: number, sizeBytes = SEGMENT_BYTES): readonly Effect[] {
    return this.step({ type: 'fetchPieces', fetch, segment, firstIndex: index, lengthsBytes: [pieceBytes(sizeBytes, index)] });
  }

  done({ fetch, segment }: Fetching): readonly Effect[] {
    return this.step({ type: 'fetchDone', fetch, segment });
  }

  fail({ fetch, segment }: Fetching, error: OriginError): readonly Effect[] {
    return this.step({ type: 'fetchFailed', fetch, segment, error });
  }

  /** The origin sends what was asked for, all of it. */
  answer(fetching: Fetching, sizeBytes = SEGMENT_BYTES): readonly Effect[] {
    const effects = [...this.head(fetching, sizeBytes)];
    const end = Math.min(pieceCount(sizeBytes), fetching.endByte / pieceSizeBytes(sizeBytes));
    for (let index = fetching.startByte / pieceSizeBytes(sizeBytes); index < end; index++) effects.push(...this.piece(fetching, index, sizeBytes));
    effects.push(...this.done(fetching));
    return effects;
  }

  /** Has the segment whole, from the origin. */
  hold(sequence: number): void {
    this.play(sequence * SEGMENT_S, { waiting: true });
    const { effects } = this.demand(sequence);
    for (const fetching of of('fetch', effects)) this.answer(fetching);
    this.play(0);
  }

  /** The pieces of the segment that the neighbour has told of; `undefined`: none. */
  heldBy(peer: PeerId, sequence: number): readonly number[] | undefined {
    const holdings = this.state.stocks.get(keyOf(sequence))?.flatMap((stock) => stock.holdings) ?? [];
    return holdings.filter((holding) => holding.peer === peer).map(({ pieces }) => [...pieces.indexes()])[0];
  }

  /** How many pieces of the segment are held. */
  held(sequence: number): number {
    return this.state.segments.get(keyOf(sequence))?.own?.count ?? 0;
  }
}

/** The effects of one type. */
export function of<Type extends Effect['type'], Any extends Effect>(type: Type, effects: readonly Any[]): Extract<Any, { type: Type }>[] {
  return effects.filter((effect): effect is Extract<Any, { type: Type }> => effect.type === type);
}

type Sending = Extract<Effect, { type: 'send' }>;
type Told = Sending['message'];
export interface Asking {
  readonly peer: PeerId;
  readonly message: Extract<Told, { type: 'request' }>;
}

/** The messages of one type that are to be sent, and to whom. */
export function told<Type extends Told['type']>(
  type: Type,
  effects: readonly Effect[],
): { readonly peer: PeerId; readonly message: Extract<Told, { type: Type }> }[] {
  return of('send', effects).filter(
    (effect): effect is Sending & { readonly message: Extract<Told, { type: Type }> } => effect.message.type === type,
  );
}

/** @returns the only one. @throws RangeError when there is none, or more. */
export function only<Item>(items: readonly Item[]): Item {
  const [item] = items;
  if (item === undefined || items.length !== 1) throw new RangeError(`${items.length} instead of one`);
  return item;
}
