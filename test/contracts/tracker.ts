import { hash160Hex, type PeerId, type SwarmKey } from '../../core/model/index.ts';
import type { Membership, Tracker } from '../../core/ports/index.ts';
import { eachSubject, TEST_TIMEOUT_MS, type MakeSubject, type Subject } from './passage.ts';

export interface TrackerSubject extends Subject {
  /** @returns the client of another viewer; all of them use the same tracker server. */
  viewer(): Tracker;
  /** Where the tracker can be killed and started again; left out, those tests are left out. */
  readonly outage?: { start(): void | Promise<void>; stop(): void | Promise<void> };
  /** No re-announce takes longer than this; also covers a reconnect. */
  readonly reannounceLimitMs: number;
}

export function describeTrackerContract(name: string, makeSubject: MakeSubject<TrackerSubject>): void {
  describe(`Tracker: ${name}`, () => {
    const subject = eachSubject(makeSubject);
    const swarm = hash160Hex('a swarm') as SwarmKey;

    it('brings two viewers together: offered, then answered', async () => {
      const { passage, reannounceLimitMs } = subject();
      const first = joined(subject().viewer(), swarm, 'first');
      const second = joined(subject().viewer(), swarm, 'second');
      await passage.until('an answer', () => first.answered.length + second.answered.length > 0, reannounceLimitMs);
      const [offering, answering] = first.answered.length > 0 ? [first, second] : [second, first];
      const answer = offering.answered[0];
      expect(answer?.peer).toBe(answering.self);
      const offer = answering.offered.find((found) => found.answer === answer?.data);
      expect(offer?.peer).toBe(offering.self);
      expect(offering.offersMade).toContain(offer?.data ?? 'no such offer');
    }, TEST_TIMEOUT_MS);

    it('tells the size of the swarm, with oneself', async () => {
      const { passage, reannounceLimitMs } = subject();
      const members = ['first', 'second', 'third'].map((label) => joined(subject().viewer(), swarm, label));
      await passage.until('a swarm of 3', () => members.every((member) => member.sizes.at(-1) === 3), reannounceLimitMs);
      for (const member of members) expect(Math.min(...member.sizes)).toBeGreaterThanOrEqual(1);
    }, TEST_TIMEOUT_MS);

    it('tells that the tracker is reachable', async () => {
      const member = joined(subject().viewer(), swarm, 'first');
      await subject().passage.until('reachable', () => member.reachable.at(-1) === true);
      expect(member.reachable.at(-1)).toBeTrue();
    }, TEST_TIMEOUT_MS);

    it('connects, and is nowhere to be found before it enters', async () => {
      const { passage, reannounceLimitMs } = subject();
      const there = joined(subject().viewer(), swarm, 'first');
      const waiting = connected(subject().viewer(), swarm, 'second');
      await passage.until('reachable', () => there.sizes.length > 0 && waiting.reachable.at(-1) === true);
      waiting.membership.announceSoon(false);
      await passage.pass(200);
      expect([there.sizes.at(-1), waiting.sizes.length, waiting.offersMade.length]).toEqual([1, 0, 0]);
      waiting.membership.enter();
      waiting.membership.enter();
      await passage.until('a swarm of 2', () => waiting.sizes.at(-1) === 2, reannounceLimitMs);
      expect(waiting.mostUseful.length).toBe(1);
    }, TEST_TIMEOUT_MS);

    it('asks how many offers are wanted, and makes no more than that', async () => {
      const { passage } = subject();
      const sated = joined(subject().viewer(), swarm, 'sated', 0);
      const hungry = joined(subject().viewer(), swarm, 'hungry', 2);
      await passage.until('sizes', () => sated.sizes.length > 0 && hungry.sizes.length > 0);
      await passage.pass(200);
      expect(sated.offersMade).toEqual([]);
      expect(sated.mostUseful.length).toBeGreaterThan(0);
      expect(Math.min(...sated.mostUseful)).toBeGreaterThan(0);
      expect(hungry.offersMade.length).toBeGreaterThan(0);
      expect(hungry.offersMade.length).toBeLessThanOrEqual(2 * hungry.mostUseful.length);
    }, TEST_TIMEOUT_MS);

    it('never offers to oneself, and keeps swarms apart', async () => {
      const { passage } = subject();
      const elsewhere = hash160Hex('another swarm') as SwarmKey;
      const viewer = subject().viewer();
      const here = joined(viewer, swarm, 'first');
      const there = joined(viewer, elsewhere, 'first');
      const other = joined(subject().viewer(), elsewhere, 'second');
      await passage.until('a meeting elsewhere', () => there.answered.length + other.answered.length > 0, subject().reannounceLimitMs);
      await passage.pass(200);
      expect(here.offered).toEqual([]);
      expect(here.answered).toEqual([]);
      expect(here.sizes.at(-1)).toBe(1);
      expect(there.sizes.at(-1)).toBeGreaterThan(0);
    }, TEST_TIMEOUT_MS);

    it('says nothing after leave, and is no longer counted', async () => {
      const { passage, reannounceLimitMs } = subject();
      const leaving = joined(subject().viewer(), swarm, 'first');
      const staying = joined(subject().viewer(), swarm, 'second');
      await passage.until('a swarm of 2', () => staying.sizes.at(-1) === 2, reannounceLimitMs);
      leaving.membership.leave();
      leaving.membership.leave();
      const callsAtLeave = leaving.calls();
      staying.membership.announceSoon(false);
      await passage.until('a swarm of 1', () => staying.sizes.at(-1) === 1, reannounceLimitMs);
      leaving.membership.announceSoon(false);
      leaving.membership.report({ uploadBytes: 1, downloadBytes: 1 });
      await passage.pass(200);
      expect(leaving.calls()).toBe(callsAtLeave);
    }, TEST_TIMEOUT_MS);

    it('can be left at once, and joined again', async () => {
      const { passage } = subject();
      const viewer = subject().viewer();
      const brief = joined(viewer, swarm, 'first');
      brief.membership.leave();
      await passage.pass(200);
      expect(brief.offered.length + brief.sizes.length).toBe(0);
      const again = joined(viewer, swarm, 'first');
      await passage.until('a size', () => again.sizes.length > 0);
      expect(again.sizes).toContain(1);
    }, TEST_TIMEOUT_MS);

    it('lets an offer that nobody takes expire, once', async () => {
      const { passage } = subject();
      if (!passage.virtual) return pending('takes a minute of real time');
      const alone = joined(subject().viewer(), swarm, 'first', 3);
      await passage.until('three expiries', () => alone.expired >= 3, 120_000);
      expect(alone.expired).toBeLessThanOrEqual(alone.offersMade.length);
    }, TEST_TIMEOUT_MS);

    it('tells of an outage, and everybody is back in every swarm after it', async () => {
      const { outage, passage, reannounceLimitMs } = subject();
      if (!outage) return pending('this subject has no tracker to kill');
      const swarms = [swarm, hash160Hex('another swarm') as SwarmKey];
      const viewers = [subject().viewer(), subject().viewer()];
      const members = viewers.flatMap((viewer, serial) => swarms.map((key) => joined(viewer, key, `viewer ${serial}`)));
      await passage.until('swarms of 2', () => members.every((member) => member.sizes.at(-1) === 2), reannounceLimitMs);
      await outage.stop();
      await passage.until('unreachable', () => members.every((member) => member.reachable.at(-1) === false), reannounceLimitMs);
      for (const member of members) member.sizes.length = 0;
      await outage.start();
      await passage.until('swarms of 2 again', () => members.every((member) => member.sizes.at(-1) === 2), reannounceLimitMs);
      expect(members.every((member) => member.reachable.at(-1) === true)).toBeTrue();
    }, TEST_TIMEOUT_MS);
  });
}

interface Member {
  readonly self: PeerId;
  readonly membership: Membership;
  readonly offersMade: string[];
  readonly offered: { peer: PeerId; data: string; answer: string }[];
  readonly answered: { peer: PeerId; data: string }[];
  readonly sizes: number[];
  readonly reachable: boolean[];
  readonly mostUseful: number[];
  readonly expired: number;
  /** How many handlers were called so far. */
  calls(): number;
}

/** Joins as a viewer that answers every offer. `label` names the viewer: the same label, the same peer id. */
function joined(tracker: Tracker, swarm: SwarmKey, label: string, offersWanted = 5): Member {
  const member = connected(tracker, swarm, label, offersWanted);
  member.membership.enter();
  return member;
}

/** The same, without entering. */
function connected(tracker: Tracker, swarm: SwarmKey, label: string, offersWanted = 5): Member {
  const self = hash160Hex(label) as PeerId;
  const offersMade: string[] = [];
  const offered: { peer: PeerId; data: string; answer: string }[] = [];
  const answered: { peer: PeerId; data: string }[] = [];
  const sizes: number[] = [];
  const reachable: boolean[] = [];
  const mostUseful: number[] = [];
  let expired = 0;
  let calls = 0;
  const membership = tracker.join(swarm, self, {
    wanted(most) {
      calls++;
      mostUseful.push(most);
      return Math.min(most, offersWanted);
    },
    offer(deliver) {
      calls++;
      const data = description('offer', `${label} ${offersMade.length}`);
      offersMade.push(data);
      deliver(data);
      return {
        answered(peer, answer) {
          calls++;
          answered.push({ peer, data: answer });
        },
        expired() {
          calls++;
          expired++;
        },
      };
    },
    offered(peer, data, reply) {
      calls++;
      const answer = description('answer', `${label} to ${peer}, ${offered.length}`);
      offered.push({ peer, data, answer });
      reply(answer);
    },
    swarmSize(size) {
      calls++;
      sizes.push(size);
    },
    reachable(now) {
      calls++;
      reachable.push(now);
    },
  });
  return {
    self,
    membership,
    offersMade,
    offered,
    answered,
    sizes,
    reachable,
    mostUseful,
    get expired() {
      return expired;
    },
    calls: () => calls,
  };
}

/** Trackers pass on only what looks like a session description; key order as every implementation has it. */
function description(type: 'offer' | 'answer', sdp: string): string {
  return JSON.stringify({ type, sdp });
}
