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

  it('two versions made of the same one do not disturb each other', () => {
    const map = VersionedMap.empty<string, object>().with('a', { first: true });
    const one = map.with('b', { of: 'one' });
    const other = map.with('c', { of: 'other' }).with('b', { of: 'other' });
    expect([...map]).toEqual([['a', { first: true }]]);
    expect([...one]).toEqual([['a', { first: true }], ['b', { of: 'one' }]]);
    expect([...other]).toEqual([['a', { first: true }], ['c', { of: 'other' }], ['b', { of: 'other' }]]);
    expect(map.has('b')).toBeFalse();
    expect(one.has('c')).toBeFalse();
    expect(one.keys()).toEqual(['a', 'b']);
  });

  it('what was taken out goes to the end when it comes back', () => {
    const map = VersionedMap.of<string, object>([['a', {}], ['b', {}]]);
    expect(map.without('a').with('a', {}).keys()).toEqual(['b', 'a']);
    expect(map.without('c')).toBe(map);
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
