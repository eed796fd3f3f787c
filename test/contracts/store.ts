import type { SegmentKey } from '../../core/model/index.ts';
import type { Store } from '../../core/ports/index.ts';
import { eachSubject, type MakeSubject, type Subject } from './passage.ts';

export interface StoreSubject extends Subject {
  readonly store: Store;
}

const first = 'AAAAAAAAAAA/1.0' as SegmentKey;
const second = 'AAAAAAAAAAA/10.0' as SegmentKey;

export function describeStoreContract(name: string, makeSubject: MakeSubject<StoreSubject>): void {
  describe(`Store: ${name}`, () => {
    const subject = eachSubject(makeSubject);

    it('gives back what was put, by segment and index', async () => {
      const { store } = subject();
      await store.put(first, 0, Uint8Array.of(1, 2, 3));
      await store.put(first, 11, Uint8Array.of(4));
      await store.put(second, 0, Uint8Array.of(5));
      expect(await store.get(first, 0)).toEqual(Uint8Array.of(1, 2, 3));
      expect(await store.get(first, 11)).toEqual(Uint8Array.of(4));
      expect(await store.get(second, 0)).toEqual(Uint8Array.of(5));
    });

    it('gives undefined for what it does not hold', async () => {
      const { store } = subject();
      expect(await store.get(first, 0)).toBeUndefined();
      await store.put(first, 0, Uint8Array.of(1));
      expect(await store.get(first, 1)).toBeUndefined();
      expect(await store.get(second, 0)).toBeUndefined();
    });

    it('keeps part of a larger buffer as that part', async () => {
      const { store } = subject();
      await store.put(first, 0, Uint8Array.of(9, 1, 2, 9).subarray(1, 3));
      expect(await store.get(first, 0)).toEqual(Uint8Array.of(1, 2));
    });

    it('replaces a piece that is put again', async () => {
      const { store } = subject();
      await store.put(first, 0, Uint8Array.of(1));
      await store.put(first, 0, Uint8Array.of(2, 3));
      expect(await store.get(first, 0)).toEqual(Uint8Array.of(2, 3));
    });

    it('forgets all pieces of a removed segment and nothing else', async () => {
      const { store } = subject();
      await Promise.all([0, 1, 2].map((index) => store.put(first, index, Uint8Array.of(index))));
      await store.put(second, 0, Uint8Array.of(7));
      await store.remove(first);
      for (const index of [0, 1, 2]) expect(await store.get(first, index)).toBeUndefined();
      expect(await store.get(second, 0)).toEqual(Uint8Array.of(7));
      await expectAsync(store.remove(first)).toBeResolved();
    });

    it('settles every call, also those after close', async () => {
      const { store } = subject();
      await store.put(first, 0, Uint8Array.of(1));
      await store.close();
      await expectAsync(store.close()).toBeResolved();
      const settled = await Promise.allSettled([store.put(first, 1, Uint8Array.of(2)), store.get(first, 0), store.remove(first)]);
      expect(settled.length).toBe(3);
      const found = settled[1];
      if (found?.status === 'fulfilled') expect(found.value).toBeUndefined();
    });
  });
}
