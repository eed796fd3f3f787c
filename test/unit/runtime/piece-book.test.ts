import { PieceBook } from '../../../core/runtime/piece-book.ts';
import { keyOf } from '../../kit/engine-bench.ts';
import { SeededRandom } from '../../kit/seeded-random.ts';
import { TroubledStore } from '../../kit/troubled-store.ts';
import type { Troubles } from '../../kit/troubled-store.ts';
import { VirtualClock } from '../../kit/virtual-clock.ts';

function bookOn(troubles: Omit<Troubles, 'clock' | 'random'>): { book: PieceBook; clock: VirtualClock; store: TroubledStore; warnings: string[] } {
  const clock = new VirtualClock();
  const warnings: string[] = [];
  const store = new TroubledStore({ clock, random: new SeededRandom(1), ...troubles });
  return { book: new PieceBook(store, { debug: () => undefined, warn: (message) => warnings.push(message) }), clock, store, warnings };
}

describe('runtime: PieceBook', () => {
  const bytes = Uint8Array.of(1, 2, 3);

  it('gives a piece back at once, however long the store takes, and from the store afterwards', async () => {
    const { book, clock } = bookOn({ latencyMs: 5_000 });
    book.keep(keyOf(1), 0, bytes);
    expect(await book.get(keyOf(1), 0)).toBe(bytes);
    await clock.advanceAsync(6_000);
    const stored = book.get(keyOf(1), 0);
    await clock.advanceAsync(6_000);
    expect(await stored).toBe(bytes);
  });

  it('does not let a store’s delays undo what came after', async () => {
    const { book, clock } = bookOn({ latencyMs: 1_000 });
    for (let round = 0; round < 20; round++) {
      book.keep(keyOf(1), 0, Uint8Array.of(round));
      await clock.advanceAsync(100);
      if (round % 3 === 0) book.forget(keyOf(1));
    }
    await clock.advanceAsync(60_000);
    const kept = book.get(keyOf(1), 0);
    await clock.advanceAsync(2_000);
    expect((await kept)?.[0]).toBe(19);
    book.forget(keyOf(1));
    await clock.advanceAsync(2_000);
    const gone = book.get(keyOf(1), 0);
    await clock.advanceAsync(2_000);
    expect(await gone).toBeUndefined();
  });

  it('keeps in memory what the store will not take, and asks it no more', async () => {
    const { book, clock, store, warnings } = bookOn({ failures: 1 });
    for (let index = 0; index < 10; index++) {
      book.keep(keyOf(1), index, bytes);
      await clock.advanceAsync(1);
    }
    expect(store.puts).toBe(1);
    expect(warnings.length).toBe(1);
    expect((await book.all(keyOf(1), 10))?.length).toBe(10);
    expect(await book.all(keyOf(1), 11)).toBeUndefined();
  });

  it('closes although the store is busy', async () => {
    const { book, clock } = bookOn({ latencyMs: 500 });
    for (let index = 0; index < 5; index++) book.keep(keyOf(index), 0, bytes);
    let closed = false;
    void book.close().then(() => (closed = true));
    await clock.advanceAsync(3_000);
    expect(closed).toBeTrue();
    expect(clock.pending).toBe(0);
  });
});
