import * as fc from 'fast-check';
import {
  Bitfield, MAX_INTRODUCED, MAX_LOST, MAX_SEGMENT_BYTES, MAX_SIGNAL_LENGTH, MAX_PIECE_BYTES, ProtocolError,
  type Message, type PeerId, type SegmentKey,
} from '../../../core/model/index.ts';
import { decodeMessage, encodeMessage, MAX_MESSAGE_BYTES } from '../../../core/wire/index.ts';
import { messages } from './arbitrary-messages.ts';

const segment = 'AbCdEfGhIjK/1234.0' as SegmentKey;
const peer = '00112233445566778899aabbccddeeff01234567' as PeerId;

/** Plain data that jasmine compares: a bitfield by its pieces. */
function comparable(message: Message): unknown {
  return message.type === 'have' ? { ...message, pieces: [...message.pieces.indexes()], length: message.pieces.length } : message;
}

describe('wire: codec', () => {
  for (const [type, arbitrary] of Object.entries(messages)) {
    it(`gives every ${type} back`, () => {
      fc.assert(
        fc.property(arbitrary, (message) => {
          const bytes = encodeMessage(message);
          expect(bytes.length).toBeLessThanOrEqual(MAX_MESSAGE_BYTES);
          expect(comparable(decodeMessage(bytes))).toEqual(comparable(message));
        }),
        { seed: 20, numRuns: 200 },
      );
    });

    it(`refuses every ${type} that is cut short or has a byte too many`, () => {
      fc.assert(
        fc.property(arbitrary, fc.double({ min: 0, max: 1, maxExcluded: true }), (message, share) => {
          const bytes = encodeMessage(message);
          // A piece and a signal end with their message, so every end of these is a whole one.
          const openEnded = message.type === 'piece' || message.type === 'signal';
          const keptBytes = openEnded ? 1 : Math.floor(share * bytes.length);
          expect(() => decodeMessage(bytes.subarray(0, keptBytes))).toThrowError(ProtocolError);
          if (!openEnded) expect(() => decodeMessage(Uint8Array.of(...bytes, 0))).toThrowError(ProtocolError);
        }),
        { seed: 21, numRuns: 50 },
      );
    });
  }

  it('keeps the payload of a decoded piece as a view, and copies that of an encoded one', () => {
    const payload = new Uint8Array(MAX_PIECE_BYTES).fill(3);
    const bytes = encodeMessage({ type: 'piece', requestId: 1, payload });
    const decoded = decodeMessage(bytes);
    expect(decoded.type === 'piece' && decoded.payload.buffer === bytes.buffer).toBeTrue();
    payload.fill(4);
    expect(decoded.type === 'piece' && decoded.payload.every((byte) => byte === 3)).toBeTrue();
  });

  it('decodes a message that lies within a larger buffer', () => {
    const bytes = encodeMessage({ type: 'status', uploadBps: 1, neighbours: 2, maxNeighbours: 3, positionS: 4.5 });
    const surrounded = new Uint8Array(bytes.length + 10).fill(9);
    surrounded.set(bytes, 5);
    expect(decodeMessage(surrounded.subarray(5, 5 + bytes.length))).toEqual(decodeMessage(bytes));
  });

  it('rounds estimates and bounds them', () => {
    const request = { type: 'request', requestId: 1, segment, index: 0 } as const;
    expect(decodeMessage(encodeMessage({ ...request, slackMs: 12.6 }))).toEqual({ ...request, slackMs: 13 });
    expect(decodeMessage(encodeMessage({ ...request, slackMs: -5 }))).toEqual({ ...request, slackMs: 0 });
    expect(decodeMessage(encodeMessage({ ...request, slackMs: Infinity }))).toEqual({ ...request, slackMs: 0xffff_ffff });
  });

  it('refuses to encode what the format cannot hold, and encodes well afterwards', () => {
    const notWhole = Bitfield.empty(3);
    const mistakes: Message[] = [
      { type: 'have', segment, sizeBytes: MAX_PIECE_BYTES, pieces: notWhole },
      { type: 'have', segment, sizeBytes: MAX_SEGMENT_BYTES + 1, pieces: notWhole },
      { type: 'lost', segments: new Array<SegmentKey>(MAX_LOST + 1).fill(segment) },
      { type: 'intent', segment, hops: 256, uploadBps: 0 },
      { type: 'intent', segment: '' as SegmentKey, hops: 0, uploadBps: 0 },
      { type: 'intent', segment: 'a'.repeat(65) as SegmentKey, hops: 0, uploadBps: 0 },
      { type: 'intent', segment: 'ä/1' as SegmentKey, hops: 0, uploadBps: 0 },
      { type: 'cancel', requestId: 1.5 },
      { type: 'cancel', requestId: -1 },
      { type: 'piece', requestId: 0, payload: new Uint8Array(0) },
      { type: 'piece', requestId: 0, payload: new Uint8Array(MAX_PIECE_BYTES + 1) },
      { type: 'introduce', peers: new Array<PeerId>(MAX_INTRODUCED + 1).fill(peer) },
      { type: 'hello', version: 1, peer: 'a short one' as PeerId },
      { type: 'signal', from: peer, to: peer, attempt: 0, data: 'a'.repeat(MAX_SIGNAL_LENGTH + 1) },
      { type: 'status', uploadBps: NaN, neighbours: 0, maxNeighbours: 0, positionS: 0 },
      { type: 'status', uploadBps: 0, neighbours: 0, maxNeighbours: 0, positionS: Infinity },
      { type: 'bye', reason: 'no such reason' as 'leaving' },
    ];
    for (const mistake of mistakes) {
      expect(() => encodeMessage(mistake)).withContext(mistake.type).toThrowError(RangeError);
      expect(Array.from(encodeMessage({ type: 'cancel', requestId: 5 }))).toEqual([8, 5]);
    }
  });

  it('keeps typical messages short', () => {
    const sizes = {
      have: encodeMessage({ type: 'have', segment, sizeBytes: 1_000_000, pieces: Bitfield.empty(31).with(3) }).length,
      haveWhole: encodeMessage({ type: 'have', segment, sizeBytes: 1_000_000, pieces: Bitfield.full(31) }).length,
      intent: encodeMessage({ type: 'intent', segment, hops: 2, uploadBps: 2 ** 24 }).length,
      request: encodeMessage({ type: 'request', requestId: 5000, segment, index: 20, slackMs: 6500 }).length,
      piece: encodeMessage({ type: 'piece', requestId: 5000, payload: new Uint8Array(MAX_PIECE_BYTES) }).length - MAX_PIECE_BYTES,
      status: encodeMessage({ type: 'status', uploadBps: 5e6, neighbours: 20, maxNeighbours: 24, positionS: 1.7e9 }).length,
      lostTen: encodeMessage({ type: 'lost', segments: new Array<SegmentKey>(10).fill(segment) }).length,
    };
    expect(sizes.have).toBeLessThanOrEqual(22);
    expect(sizes.haveWhole).toBeLessThanOrEqual(18);
    expect(sizes.intent).toBeLessThanOrEqual(20);
    expect(sizes.request).toBeLessThanOrEqual(20);
    expect(sizes.piece).toBeLessThanOrEqual(4);
    expect(sizes.status).toBeLessThanOrEqual(18);
    expect(sizes.lostTen).toBeLessThanOrEqual(140);
  });
});
