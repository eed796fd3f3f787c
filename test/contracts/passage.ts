import type { VirtualClock } from '../kit/virtual-clock.ts';

/**
 * How time goes by for the subject of a contract suite: by really waiting, or by turning a virtual
 * clock. Suites wait only through this, so that one suite serves the fake and the real adapter.
 */
export interface Passage {
  /** Waiting costs nothing: suites then also try what takes a minute. */
  readonly virtual: boolean;
  /** Lets `ms` go by. */
  pass(ms: number): Promise<void>;
  /** Lets time go by until `condition` holds. @throws Error naming `what` after `limitMs`. */
  until(what: string, condition: () => boolean, limitMs?: number): Promise<void>;
}

/** What every subject of a suite brings. */
export interface Subject {
  readonly passage: Passage;
  /** Ends what the subject holds open; called after each test. */
  release(): void | Promise<void>;
}

/** Called before each test; a fresh subject each time. */
export type MakeSubject<Kind extends Subject> = () => Kind | Promise<Kind>;

/** Default limit of `until`: the slowest real connection seen on a busy machine took 4 s. */
export const LIMIT_MS = 10_000;

/** For jasmine: above the limits used within, so that `until` names what was missing. */
export const TEST_TIMEOUT_MS = 60_000;

const POLL_MS = 5;

/** Really waits. */
export const realPassage: Passage = {
  virtual: false,
  pass: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  async until(what, condition, limitMs = LIMIT_MS) {
    const startMs = performance.now();
    while (!condition()) {
      if (performance.now() - startMs > limitMs) throw new Error(`${what}: not within ${limitMs} ms`);
      await realPassage.pass(POLL_MS);
    }
  },
};

/** Turns a virtual clock; promises settle between its instants. */
export function virtualPassage(clock: VirtualClock): Passage {
  return {
    virtual: true,
    pass: (ms) => clock.advanceAsync(ms),
    async until(what, condition, limitMs = LIMIT_MS) {
      const endMs = clock.nowMs() + limitMs;
      await clock.advanceAsync(0);
      while (!condition()) {
        if (clock.nowMs() > endMs) throw new Error(`${what}: not within ${limitMs} virtual ms`);
        await clock.advanceAsync(POLL_MS);
      }
    },
  };
}

/** Makes the subject before each test and releases it after; @returns a getter of the current one. */
export function eachSubject<Kind extends Subject>(makeSubject: MakeSubject<Kind>): () => Kind {
  let subject: Kind | undefined;
  beforeEach(async () => {
    subject = await makeSubject();
  });
  afterEach(async () => {
    await subject?.release();
    subject = undefined;
  });
  return () => {
    if (!subject) throw new Error('A subject exists only within a test.');
    return subject;
  };
}
