import * as fc from 'fast-check';
import { MAX_PIECE_BYTES, ProtocolError } from '../../../core/model/index.ts';
import { encodeMessage, MAX_MESSAGE_BYTES, Reassembler, sendFrames } from '../../../core/wire/index.ts';

function framesOf(message: Uint8Array, maxFrameBytes: number): Uint8Array[] {
  const frames: Uint8Array[] = [];
  sendFrames(message, maxFrameBytes, (frame) => frames.push(frame));
  return frames;
}

const messageOf = (lengthBytes: number): Uint8Array => Uint8Array.from({ length: lengthBytes }, (_, index) => (index === 0 ? 6 : index & 255));

describe('wire: framing', () => {
  it('sends a message that fits as it is, without a copy', () => {
    const message = messageOf(1000);
    expect(framesOf(message, 1000)[0]).toBe(message);
    expect(new Reassembler().push(message)).toBe(message);
  });

  it('splits what does not fit and joins it again, message after message', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 3000 }), { maxLength: 5 }), fc.integer({ min: 100, max: 2000 }), (lengths, maxFrameBytes) => {
        const reassembler = new Reassembler();
        const arrived: Uint8Array[] = [];
        for (const length of lengths) {
          for (const frame of framesOf(messageOf(length), maxFrameBytes)) {
            expect(frame.length).toBeLessThanOrEqual(maxFrameBytes);
            const message = reassembler.push(frame);
            if (message) arrived.push(message);
          }
        }
        expect(arrived).toEqual(lengths.map(messageOf));
      }),
      { seed: 3, numRuns: 40 },
    );
  });

  it('takes three frames for a piece where 16 KiB is the most', () => {
    const piece = encodeMessage({ type: 'piece', requestId: 1, payload: new Uint8Array(MAX_PIECE_BYTES) });
    expect(framesOf(piece, 16 * 1024).length).toBe(3);
  });

  it('holds the longest message in frames of 1 KiB, and says so where frames are too short', () => {
    const reassembler = new Reassembler();
    const results = framesOf(messageOf(MAX_MESSAGE_BYTES), 1024).map((frame) => reassembler.push(frame));
    expect(results.at(-1)?.length).toBe(MAX_MESSAGE_BYTES);
    expect(() => framesOf(messageOf(MAX_MESSAGE_BYTES), 500)).toThrowError(RangeError);
  });

  const first = [0x80, 6];
  const middle = [0x81, 0];
  const last = [0x82, 0];
  const violations: Readonly<Record<string, readonly (readonly number[])[]>> = {
    'an empty frame': [[]],
    'an unknown header': [[0x83, 1]],
    'a middle without a first': [middle],
    'a last without a first': [last],
    'a first within a message': [first, first],
    'a whole message within another': [first, [8, 1]],
    'an empty first': [[0x80]],
    'an empty last': [first, [0x82]],
    'a last after a last': [first, last, last],
    'too many fragments': [first, ...new Array<number[]>(64).fill(middle)],
    'a message that is too long': [first, ...new Array<number[]>(4).fill([0x81, ...new Array<number>(16_000).fill(0)])],
    'a whole message that is too long': [new Array<number>(MAX_MESSAGE_BYTES + 1).fill(6)],
  };
  for (const [name, frames] of Object.entries(violations)) {
    it(`refuses ${name}`, () => {
      const reassembler = new Reassembler();
      const give = (frame: readonly number[] | undefined): unknown => reassembler.push(Uint8Array.from(frame ?? []));
      for (const frame of frames.slice(0, -1)) expect(() => give(frame)).not.toThrow();
      expect(() => give(frames.at(-1))).toThrowError(ProtocolError);
    });
  }
});
