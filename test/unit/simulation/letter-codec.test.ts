import { hash160Hex, MAX_PIECE_BYTES, type PeerId, type SwarmKey } from '../../../core/model/index.ts';
import { decodeMessage, encodeMessage } from '../../../core/wire/index.ts';
import { TRACKER, type Letter } from '../../kit/letter.ts';
import { zeroBytes } from '../../kit/resources.ts';
import { LetterReader, LetterWriter } from '../../simulation/letter-codec.ts';

const from = { host: 9_999, box: 70_000 };
const to = { host: 3, box: 12 };

/** What a reader makes of the letters, in memory that both share. */
function passed(letters: readonly Letter[]): Letter[] {
  const memory = new Uint8Array(100_000);
  const writer = new LetterWriter(memory);
  for (const letter of letters) writer.write(letter);
  const read: Letter[] = [];
  new LetterReader(memory).read(writer.length, read);
  // What was read must not change when the memory is written to again.
  memory.fill(255);
  return read;
}

describe('simulation: letters between threads', () => {
  it('come as they were sent, in order', () => {
    const letters: Letter[] = [
      { kind: 'frame', from, to, atMs: 1234.567891, firstByteMs: 1200.1, frame: Uint8Array.of(2, 3, 4) },
      { kind: 'frame', from: to, to: from, atMs: 0.1 + 0.2, firstByteMs: 0, frame: undefined },
      { kind: 'ack', from, to, atMs: 7, bytes: 65_536 },
      { kind: 'connect', from, to, atMs: 8.25 },
      { kind: 'announce', from, to: TRACKER, atMs: 9, peer: hash160Hex('peer') as PeerId, swarm: hash160Hex('swarm') as SwarmKey, offers: [{ ticket: 1, data: 'é' }] },
      { kind: 'ack', from: TRACKER, to, atMs: 10, bytes: 1 },
    ];
    expect(passed(letters)).toEqual(letters);
  });

  it('take the room of their heads where they carry media, and keep its length', () => {
    const letters = Array.from({ length: 1_000 }, (_, requestId): Letter => {
      const frame = encodeMessage({ type: 'piece', requestId, payload: zeroBytes(MAX_PIECE_BYTES - requestId) });
      return { kind: 'frame', from, to, atMs: requestId, firstByteMs: requestId, frame };
    });
    const pieces = passed(letters).map((letter) => (letter.kind === 'frame' && letter.frame ? decodeMessage(letter.frame) : undefined));
    expect(pieces.map((piece) => (piece?.type === 'piece' ? piece.requestId + piece.payload.length : 0))).toEqual(letters.map(() => MAX_PIECE_BYTES));
  });

  it('do not write beyond the memory', () => {
    const writer = new LetterWriter(new Uint8Array(40));
    const letter: Letter = { kind: 'frame', from, to, atMs: 1, firstByteMs: 1, frame: new Uint8Array(30) };
    expect(() => writer.write(letter)).toThrowError(RangeError);
  });
});
