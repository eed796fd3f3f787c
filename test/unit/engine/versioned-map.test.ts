import { VersionedMap } from '../../../core/engine/versioned-map.ts';
import { SeededRandom } from '../../kit/seeded-random.ts';

describe('engine: VersionedMap', () => {
  it('is as a map is, and every earlier version stays as it was', () => {
    const random = new SeededRandom(3);
    const expected = new Map<number, { readonly change: number }>();
    let map = VersionedMap.empty<number, { readonly change: number }>();
    const versions = [{ map, entries: [...expected] }];
    for (let change = 0; change < 1_000; change++) {
      const key = random.below(200);
      if (random.unit() < 0.7) {
        map = map.with(key, { change });
        expected.set(key, map.get(key) ?? { change: -1 });
      } else {
        map = map.without(key);
        expected.delete(key);
      }
      versions.push({ map, entries: [...expected] });
    }
    const sorted = (entries: readonly (readonly [number, { readonly change: number }])[]) => [...entries].sort(([a], [b]) => a - b);
    for (const version of versions) {
      expect(version.map.size).toBe(version.entries.length);
      expect(sorted([...version.map])).toEqual(sorted(version.entries));
      expect([...version.map.values()].length).toBe(version.entries.length);
    }
    for (let key = 0; key < 200; key++) expect(map.get(key)).toBe(expected.get(key));
  });

  it('takes several changes at once', () => {
    const map = VersionedMap.empty<string, object>().with('a', {}).with('b', {});
    const changed = map.changed(new Map<string, object | undefined>([['a', undefined], ['c', {}], ['never there', undefined]]));
    expect([...changed].map(([key]) => key)).toEqual(['b', 'c']);
    expect(changed.size).toBe(2);
    expect(changed.has('a')).toBeFalse();
    expect(map.has('a')).toBeTrue();
  });
});
