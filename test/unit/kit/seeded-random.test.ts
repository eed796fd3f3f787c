import { SeededRandom } from '../../kit/seeded-random.ts';

describe('kit: SeededRandom', () => {
  const draws = (random: SeededRandom): number[] => Array.from({ length: 20 }, () => random.unit());

  it('repeats itself for the same seed, and only then', () => {
    expect(draws(new SeededRandom(5))).toEqual(draws(new SeededRandom(5)));
    expect(draws(new SeededRandom(5))).not.toEqual(draws(new SeededRandom(6)));
  });

  it('draws the same numbers everywhere and always: simulations are compared by them', () => {
    expect(new SeededRandom(5).hex(8)).toBe('d6f908d15f20f09e');
  });

  it('forks into generators that do not disturb it', () => {
    const random = new SeededRandom(5);
    const undisturbed = draws(new SeededRandom(5));
    const fork = random.fork('peer 1');
    expect(draws(fork)).toEqual(draws(new SeededRandom(5).fork('peer 1')));
    expect(draws(random.fork('peer 2'))).not.toEqual(draws(random.fork('peer 1')));
    expect(draws(random)).toEqual(undisturbed);
  });

  it('shuffles a copy, and picks from all', () => {
    const random = new SeededRandom(1);
    const items = [1, 2, 3, 4, 5, 6, 7, 8];
    const shuffled = random.shuffle(items);
    expect(shuffled).not.toEqual(items);
    expect([...shuffled].sort()).toEqual(items);
    expect(new Set(Array.from({ length: 200 }, () => random.pick(items))).size).toBe(8);
    expect(() => random.pick([])).toThrowError(RangeError);
  });

  it('has the distributions it says', () => {
    const random = new SeededRandom(2);
    const count = 20_000;
    const moments = (draw: () => number): [mean: number, deviation: number] => {
      const values = Array.from({ length: count }, draw);
      const mean = values.reduce((sum, value) => sum + value, 0) / count;
      return [mean, Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / count)];
    };
    const [normalMean, normalDeviation] = moments(() => random.normal(10, 3));
    expect(normalMean).toBeCloseTo(10, 0);
    expect(normalDeviation).toBeCloseTo(3, 0);
    // An exponential distribution deviates by its mean.
    const [exponentialMean, exponentialDeviation] = moments(() => random.exponential(4));
    expect(exponentialMean).toBeCloseTo(4, 0);
    expect(exponentialDeviation).toBeCloseTo(4, 0);
  });
});
