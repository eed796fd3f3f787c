import type { Random } from '../../core/ports/index.ts';
import { eachSubject, type MakeSubject, type Subject } from './passage.ts';

export interface RandomSubject extends Subject {
  readonly random: Random;
}

export function describeRandomContract(name: string, makeSubject: MakeSubject<RandomSubject>): void {
  describe(`Random: ${name}`, () => {
    const subject = eachSubject(makeSubject);

    it('gives units in [0, 1), spread evenly', () => {
      const { random } = subject();
      const counts = new Array<number>(10).fill(0);
      for (let draw = 0; draw < 10_000; draw++) {
        const unit = random.unit();
        // 10,000 expectations would take a second.
        if (unit < 0 || unit >= 1) fail(`${unit} is out of range`);
        const bin = Math.floor(unit * 10);
        counts[bin] = (counts[bin] ?? 0) + 1;
      }
      // 1000 expected, deviation 30: beyond 200 happens once in 10^10 runs.
      for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(200);
    });

    it('gives as many bytes of hexadecimal digits as asked', () => {
      const { random } = subject();
      expect(random.hex(0)).toBe('');
      for (const count of [1, 3, 4, 20]) expect(random.hex(count)).toMatch(new RegExp(`^[0-9a-f]{${count * 2}}$`));
    });

    it('does not repeat itself', () => {
      const { random } = subject();
      const drawn = new Set(Array.from({ length: 1000 }, () => random.hex(20)));
      expect(drawn.size).toBe(1000);
    });
  });
}
