import * as fc from 'fast-check';
import { ProtocolError } from '../../../core/model/index.ts';
import { decodeMessage, encodeMessage, Reassembler } from '../../../core/wire/index.ts';
import { SeededRandom } from '../../kit/seeded-random.ts';
import { anyMessage } from './arbitrary-messages.ts';

const RUNS = 50_000;

describe('wire: fuzz', () => {
  const random = new SeededRandom(7);
  const byte = (): number => random.below(256);

  it('throws nothing but ProtocolError on random bytes', () => {
    const strangers = new Map<string, number>();
    for (let run = 0; run < RUNS; run++) {
      const bytes = Uint8Array.from({ length: random.below(60) }, byte);
      // Else most are refused for their kind alone.
      if (bytes.length > 0) bytes[0] = random.below(14);
      note(strangers, () => decodeMessage(bytes));
    }
    expect([...strangers]).toEqual([]);
  });

  it('throws nothing but ProtocolError on mutated messages, and what it accepts it would send', () => {
    const originals = fc.sample(anyMessage, { seed: 8, numRuns: 300 }).map((message) => encodeMessage(message)).filter((bytes) => bytes.length < 2000);
    const strangers = new Map<string, number>();
    for (let run = 0; run < RUNS; run++) {
      const bytes = random.pick(originals).slice(0);
      for (let mutation = random.below(3); mutation >= 0; mutation--) bytes[random.below(bytes.length)] = byte();
      const cut = random.below(4) === 0 ? bytes.subarray(0, random.below(bytes.length)) : bytes;
      note(strangers, () => {
        const message = decodeMessage(cut);
        const again = encodeMessage(message);
        if (!again.every((value, index) => value === cut[index])) throw new Error(`two forms of a ${message.type}`);
      });
    }
    expect([...strangers]).toEqual([]);
  });

  it('throws nothing but ProtocolError on random frames', () => {
    const strangers = new Map<string, number>();
    for (let run = 0; run < 2000; run++) {
      const reassembler = new Reassembler();
      note(strangers, () => {
        for (let frame = 0; frame < 20; frame++) {
          reassembler.push(Uint8Array.from({ length: random.below(10) }, (_, index) => (index === 0 ? 0x7f + random.below(5) : byte())));
        }
      });
    }
    expect([...strangers]).toEqual([]);
  });
});

/** Counts what is thrown besides ProtocolError, by its text. */
function note(strangers: Map<string, number>, attempt: () => void): void {
  try {
    attempt();
  } catch (error) {
    if (!(error instanceof ProtocolError)) strangers.set(String(error), (strangers.get(String(error)) ?? 0) + 1);
  }
}
