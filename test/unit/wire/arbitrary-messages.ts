import * as fc from 'fast-check';
import {
  Bitfield, MAX_INTRODUCED, MAX_LOST, MAX_PIECES, MAX_SEGMENT_BYTES, MAX_SIGNAL_LENGTH, MAX_PIECE_BYTES, pieceCount,
  type Message, type PeerId, type SegmentKey,
} from '../../../core/model/index.ts';

/** Messages that keep the format's limits, one generator for each kind. */

const u32 = fc.integer({ min: 0, max: 0xffff_ffff });
const peer = fc.uint8Array({ minLength: 20, maxLength: 20 }).map(
  (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('') as PeerId,
);
const usualKey = fc.tuple(fc.stringMatching(/^[A-Za-z0-9_-]{11}$/), fc.stringMatching(/^t?[0-9]{1,15}(\.[0-9]{1,9})?(@[0-9]{1,12}-[0-9]{1,12})?$/));
export const segmentKeys: fc.Arbitrary<SegmentKey> = fc.oneof(
  usualKey.map(([track, position]) => `${track}/${position}` as SegmentKey),
  fc.stringMatching(/^[!-~]{1,64}$/).map((text) => text as SegmentKey),
);

export const havesOf = (sizes: fc.Arbitrary<number>): fc.Arbitrary<Message> =>
  fc.tuple(segmentKeys, sizes, fc.infiniteStream(fc.boolean()), fc.boolean()).map(([segment, sizeBytes, held, whole]) => {
    const length = pieceCount(sizeBytes);
    const indexes = Array.from({ length }, (_, index) => index).filter(() => held.next().value === true);
    return { type: 'have', segment, sizeBytes, pieces: whole ? Bitfield.full(length) : Bitfield.of(length, indexes) };
  });

const sizes = fc.oneof({ weight: 20, arbitrary: fc.integer({ min: 1, max: 3_000_000 }) }, { weight: 1, arbitrary: fc.constant(MAX_SEGMENT_BYTES) });

export const messages: { readonly [Type in Message['type']]: fc.Arbitrary<Message> } = {
  hello: fc.record({ type: fc.constant('hello'), version: u32, peer }),
  have: havesOf(sizes),
  lost: fc.record({ type: fc.constant('lost'), segments: fc.array(segmentKeys, { maxLength: MAX_LOST }) }),
  intent: fc.record({ type: fc.constant('intent'), segment: segmentKeys, hops: fc.integer({ min: 0, max: 255 }), uploadBps: fc.integer({ min: 0, max: 2 ** 40 }) }),
  request: fc.record({
    type: fc.constant('request'), requestId: u32, segment: segmentKeys, index: fc.integer({ min: 0, max: MAX_PIECES - 1 }), slackMs: u32,
  }),
  piece: fc.record({
    type: fc.constant('piece'),
    requestId: u32,
    payload: fc.oneof(
      { weight: 20, arbitrary: fc.uint8Array({ minLength: 1, maxLength: 300 }) },
      { weight: 1, arbitrary: fc.constant(new Uint8Array(MAX_PIECE_BYTES).fill(7)) },
    ),
  }),
  decline: fc.record({ type: fc.constant('decline'), requestId: u32, reason: fc.constantFrom('busy', 'missing', 'off', 'elsewhere') }),
  cancel: fc.record({ type: fc.constant('cancel'), requestId: u32 }),
  status: fc.record({
    type: fc.constant('status'),
    uploadBps: fc.maxSafeNat(),
    neighbours: u32,
    maxNeighbours: u32,
    positionS: fc.double({ noNaN: true, noDefaultInfinity: true }),
  }),
  introduce: fc.record({ type: fc.constant('introduce'), peers: fc.array(peer, { maxLength: MAX_INTRODUCED }) }),
  signal: fc.record({
    type: fc.constant('signal'),
    from: peer,
    to: peer,
    attempt: u32,
    data: fc.string({ unit: 'binary', maxLength: 400 }).filter((text) => text.length <= MAX_SIGNAL_LENGTH),
  }),
  bye: fc.record({
    type: fc.constant('bye'),
    reason: fc.constantFrom('leaving', 'full', 'duplicate', 'incompatible', 'protocol', 'useless', 'bad-bytes'),
  }),
};

export const anyMessage: fc.Arbitrary<Message> = fc.oneof(...Object.values(messages));
