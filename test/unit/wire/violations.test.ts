import { MAX_INTRODUCED, MAX_LOST, MAX_PIECE_BYTES, MAX_PIECES, MAX_SEGMENT_BYTES, MAX_SIGNAL_LENGTH, MIN_PIECE_BYTES, ProtocolError } from '../../../core/model/index.ts';
import { decodeMessage } from '../../../core/wire/index.ts';

/** What no correct peer sends, byte by byte: the formats are in `core/wire/<message>.ts`. */

const plainKey = [3, 0x61, 0x2f, 0x31]; // a/1
const packedTrack = [0, 0, 0, 0, 0, 0, 0, 0, 0]; // AAAAAAAAAAA
const id = new Array<number>(20).fill(0xab);
const U32_AND_ONE = [0x80, 0x80, 0x80, 0x80, 0x10];

function varint(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) | 0x80, ...varint(Math.floor(value / 128))];
}

const violations: Readonly<Record<string, readonly number[]>> = {
  'an empty message': [],
  'kind 0': [0],
  'an unknown kind': [13, 0],
  'a fragment given as a message': [0x80, 1],
  'hello: a version above 32 bits': [1, ...U32_AND_ONE, ...id],
  'hello: a version in more bytes than it needs': [1, 0x81, 0, ...id],
  'hello: an endless version': [1, ...new Array<number>(30).fill(0x80)],
  'hello: a peer id of 19 bytes': [1, 1, ...id.slice(1)],
  'have: an empty key': [2, 0, 2, 0],
  'have: a key of 65 characters': [2, 65, ...new Array<number>(65).fill(0x61), 2, 0],
  'have: a key with a space': [2, 1, 0x20, 2, 0],
  'have: a key that is not ASCII': [2, 2, 0xc3, 0xa4, 2, 0],
  'have: a key not packed that could be': [2, 13, ...new Array<number>(11).fill(0x41), 0x2f, 0x31, 3],
  'have: a packed key without a position': [2, 0x80, ...packedTrack, 2, 0],
  'have: a packed key that is too long': [2, 0x80 + 53, ...packedTrack, ...new Array<number>(27).fill(0), 3],
  'have: a packed key with padding behind the track': [2, 0x81, ...packedTrack.slice(1), 1, 0x10, 3],
  'have: a packed key with padding behind the position': [2, 0x81, ...packedTrack, 0x11, 3],
  'have: a packed key with an unknown character': [2, 0x81, ...packedTrack, 0xe0, 3],
  'have: a packed key cut short': [2, 0x8a, ...packedTrack, 0x11],
  'have: a size of 0': [2, ...plainKey, 0],
  'have: a size of 0, whole': [2, ...plainKey, 1],
  'have: a size above the largest segment': [2, ...plainKey, ...varint((MAX_SEGMENT_BYTES + 1) * 2 + 1)],
  'have: too few bits': [2, ...plainKey, ...varint(MIN_PIECE_BYTES * 9 * 2), 0xff],
  'have: too many bits': [2, ...plainKey, ...varint(MIN_PIECE_BYTES * 8 * 2), 1, 0],
  'have: padding bits set': [2, ...plainKey, ...varint(MIN_PIECE_BYTES * 3 * 2), 0b1001],
  'have: a full bitfield spelled out': [2, ...plainKey, ...varint(MIN_PIECE_BYTES * 3 * 2), 0b111],
  'lost: more than the most': [3, ...varint(MAX_LOST + 1), ...new Array<number[]>(MAX_LOST + 1).fill(plainKey).flat()],
  'lost: fewer than it says': [3, 2, ...plainKey],
  'intent: no key': [4, 0],
  'request: an id above 32 bits': [5, ...U32_AND_ONE, ...plainKey, 0, 0],
  'request: an index beyond the largest segment': [5, 1, ...plainKey, ...varint(MAX_PIECES), 0],
  'request: a slack above 32 bits': [5, 1, ...plainKey, 0, ...U32_AND_ONE],
  'piece: no payload': [6, 1],
  'piece: too much payload': [6, 1, ...new Array<number>(MAX_PIECE_BYTES + 1).fill(0)],
  'decline: an unknown reason': [7, 1, 4],
  'cancel: a byte too many': [8, 1, 1],
  'status: more than 2^53 - 1': [9, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x10, 0, 0, ...new Array<number>(8).fill(0)],
  'status: a position of Infinity': [9, 0, 0, 0, 0x7f, 0xf0, 0, 0, 0, 0, 0, 0],
  'status: a position of NaN': [9, 0, 0, 0, 0x7f, 0xf8, 0, 0, 0, 0, 0, 0],
  'introduce: more than the most': [10, MAX_INTRODUCED + 1, ...new Array<number[]>(MAX_INTRODUCED + 1).fill(id).flat()],
  'introduce: a peer id cut short': [10, 1, ...id.slice(1)],
  'signal: not UTF-8': [11, ...id, ...id, 1, 0xff],
  'signal: a surrogate in UTF-8': [11, ...id, ...id, 1, 0xed, 0xa0, 0x80],
  'signal: too many characters': [11, ...id, ...id, 1, ...new Array<number>(MAX_SIGNAL_LENGTH + 1).fill(0x61)],
  'signal: too many bytes': [11, ...id, ...id, 1, ...new Array<number>(MAX_SIGNAL_LENGTH * 3 + 1).fill(0x61)],
  'bye: an unknown reason': [12, 7],
};

describe('wire: violations', () => {
  for (const [name, bytes] of Object.entries(violations)) {
    it(`refuses ${name}`, () => {
      expect(() => decodeMessage(Uint8Array.from(bytes))).toThrowError(ProtocolError);
    });
  }

  it('accepts what lies just within the limits', () => {
    const accepted: readonly (readonly number[])[] = [
      [2, ...plainKey, ...varint(MAX_SEGMENT_BYTES * 2 + 1)],
      [2, ...plainKey, ...varint(MIN_PIECE_BYTES * 3 * 2), 0b101],
      [5, 1, ...plainKey, ...varint(MAX_PIECES - 1), 0xff, 0xff, 0xff, 0xff, 0x0f],
      [6, 1, ...new Array<number>(MAX_PIECE_BYTES).fill(0)],
      [9, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x0f, 0, 0, ...new Array<number>(8).fill(0)],
      [11, ...id, ...id, 1, ...new Array<number>(MAX_SIGNAL_LENGTH).fill(0x61)],
    ];
    for (const bytes of accepted) expect(() => decodeMessage(Uint8Array.from(bytes))).not.toThrow();
  });
});
