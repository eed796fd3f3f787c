import { dispensable, initialState, introducedTo, MAX_NEIGHBOURS, useless, WANTED_NEIGHBOURS } from '../engine/index.ts';
import type { Effect, EngineEvent, Policy, State, Verdict } from '../engine/index.ts';
import { asPeerId, MAX_SEGMENT_KEY_LENGTH, pieceCount, swarmKey, trackKey } from '../model/index.ts';
import type {
  LoadedSegment, LoadOptions, P2PEvents, PeerId, PlaybackSnapshot, ResolvedConfig, Segment, SegmentKey, Status, Track,
} from '../model/index.ts';
import type { Platform } from '../ports/index.ts';
import { Demands } from './demands.ts';
import { whenPlayerCanSpareIt } from './entrance.ts';
import { Loop } from './loop.ts';
import type { BytesOf } from './loop.ts';
import { Neighbours } from './neighbours.ts';
import { OriginFetcher } from './origin-fetcher.ts';
import { PieceBook } from './piece-book.ts';
import { Swarm } from './swarm.ts';

export interface ContentSessionHandlers {
  config(): ResolvedConfig;
  emit<Name extends keyof P2PEvents>(event: Name, detail: P2PEvents[Name]): void;
  /** Something that `explain()` rests on may have changed. */
  changed(): void;
}

/** Neighbours are let go for somebody new no more often than this. */
const ROOM_PAUSE_MS = 3_000;

/** What may be done with peers now. */
export type Permission = Policy & { readonly connect: boolean };

/** Everything that belongs to one content: its swarm, its pieces, its requests. It dies with the content. */
export class ContentSession {
  readonly self: PeerId;
  swarm: Swarm | undefined;
  private readonly neighbours: Neighbours;
  private readonly loop: Loop;
  private readonly pieces: PieceBook;
  private readonly demands: Demands;
  private readonly origin: OriginFetcher;
  /** How and where the present swarm was entered. */
  private meets = '';
  private joinedAtMs: number;
  private madeRoomAtMs = -Infinity;
  /** Calls the entrance off that is waiting for the player to start. */
  private cancelEntrance: (() => void) | undefined;
  private over = false;

  constructor(
    private readonly content: { readonly manifestUrl: string },
    private readonly platform: Platform,
    private readonly handlers: ContentSessionHandlers,
    permission: Permission,
    playback: (() => PlaybackSnapshot) | undefined,
  ) {
    const { assemble, clock, random, http, join, log } = platform;
    const self = asPeerId(random.hex(20));
    if (!self) throw new RangeError('Random.hex(20) must give 40 lower-case hexadecimal digits');
    this.self = self;
    this.joinedAtMs = clock.nowMs();
    this.pieces = new PieceBook(platform.store(), log);
    this.demands = new Demands(this.pieces, assemble, log);
    this.origin = new OriginFetcher(
      http,
      () => handlers.config().request,
      (segment) => this.demands.requestFor(segment),
      (event, bytesOf) => this.dispatch(event, bytesOf),
      (segment, url) => this.demands.answeredBy(segment, url),
    );
    this.loop = new Loop(clock, initialState(self, permission, clock.nowMs()), {
      perform: (effect, bytesOf) => this.perform(effect, bytesOf),
      failed: (error) => log.warn('performing a decision failed', { error }),
    });
    this.loop.setPlayback(playback);
    this.neighbours = new Neighbours(self, clock, join, log, {
      event: (event, bytesOf) => this.dispatch(event, bytesOf),
      joined: (peer) => {
        handlers.emit('peerConnect', { peer });
        handlers.changed();
        this.introduce(peer);
      },
      left: (peer, reason, wasReady) => this.peerLeft(peer, reason, wasReady),
      status: () => this.status(),
      introduced: (peer, message) => this.swarm?.introductions.onIntroduce(peer, message),
      signalled: (peer, message) => this.swarm?.introductions.onSignal(peer, message),
      round: () => this.lookOver(),
    });
    this.permit(permission);
  }

  get state(): State {
    return this.loop.state;
  }

  get peers(): number {
    return this.neighbours.count;
  }

  setPlayback(playback: (() => PlaybackSnapshot) | undefined): void {
    this.loop.setPlayback(playback);
  }

  setSegments(track: Track, segments: readonly Segment[]): void {
    // A key that does not fit into a message cannot be shared: the player's own loader gets that segment.
    const named = segments.filter(({ key }) => key.length <= MAX_SEGMENT_KEY_LENGTH);
    this.dispatch({ type: 'listed', track: trackKey(track), segments: named });
  }

  has(segment: SegmentKey): boolean {
    // One that is only expected to be listed has no address to fall back to.
    return Boolean(this.state.index.get(segment)?.url);
  }

  load(segment: SegmentKey, options: LoadOptions): Promise<LoadedSegment> {
    return this.demands.load(
      segment,
      options,
      (id) => {
        this.dispatch({ type: 'demand', id, segment });
        if (this.state.segments.get(segment)?.fetch) this.demands.originAsked(segment);
      },
      (id) => this.dispatch({ type: 'demandAborted', id }),
    );
  }

  /** Applies what is allowed now: enters or leaves the swarm, starts or stops giving and taking. */
  permit(permission: Permission): void {
    this.dispatch({ type: 'policy', policy: permission });
    if (!permission.connect || (this.swarm && this.meets !== meetingPoint(this.handlers.config()))) this.leave();
    if (permission.connect && !this.swarm) this.enter();
  }

  async destroy(): Promise<void> {
    if (this.over) return;
    this.demands.destroy();
    this.over = true;
    this.loop.stop();
    this.origin.abortAll();
    this.leave();
    await this.pieces.close();
  }

  private enter(): void {
    const config = this.handlers.config();
    const { trackers, rtcConfig, swarmId } = config;
    this.meets = meetingPoint(config);
    const swarm = new Swarm(this.self, this.platform.links(rtcConfig), this.platform.clock, {
      opened: (peer, link) => this.neighbours.add(peer, link),
      send: (peer, message) => this.neighbours.send(peer, message),
      makeRoom: () => this.makeRoom(),
      changed: () => this.swarmChanged(),
    });
    this.swarm = swarm;
    swarm.approach(this.platform.tracker(trackers), swarmKey({ manifestUrl: this.content.manifestUrl, swarmId }));
    this.cancelEntrance = whenPlayerCanSpareIt(this.platform.clock, () => this.loop.isStarted(), () => this.state, () => {
      this.joinedAtMs = this.platform.clock.nowMs();
      swarm.enter();
      this.swarmChanged();
    });
    this.swarmChanged();
  }

  private leave(): void {
    this.cancelEntrance?.();
    this.cancelEntrance = undefined;
    const { swarm } = this;
    this.swarm = undefined;
    swarm?.leave();
    this.neighbours.closeAll('leaving');
    this.swarmChanged();
  }

  private swarmChanged(): void {
    const { swarm } = this;
    // Without a swarm, this viewer is alone.
    this.dispatch({ type: 'swarm', size: swarm?.size ?? 1, connecting: swarm?.connecting ?? 0, joinedAtMs: this.joinedAtMs });
    this.handlers.changed();
  }

  /** Tries somebody else in place of a useless neighbour, and introduces those who have few neighbours to the others. */
  private lookOver(): void {
    this.letGo(useless(this.state, this.platform.clock.nowMs()), 'useless');
    const { neighbours } = this.state;
    for (const { peer, degree } of neighbours.values()) if (degree < Math.min(WANTED_NEIGHBOURS, neighbours.size)) this.introduce(peer);
  }

  private introduce(peer: PeerId): void {
    this.swarm?.introductions.introduce(peer, introducedTo(peer, this.state, this.platform.clock.nowMs()));
  }

  /** Whoever is let go asks others for a place, who let somebody go in turn: no more often than newcomers need. */
  private makeRoom(): boolean {
    const nowMs = this.platform.clock.nowMs();
    if (nowMs - this.madeRoomAtMs < ROOM_PAUSE_MS || !this.letGo(dispensable(this.state, nowMs), 'full')) return false;
    this.madeRoomAtMs = nowMs;
    return true;
  }

  private letGo(peer: PeerId | undefined, reason: 'full' | 'useless'): boolean {
    if (peer) this.neighbours.close(peer, reason, 'somebody else gets its place');
    return peer !== undefined;
  }

  private peerLeft(peer: PeerId, reason: string, wasReady: boolean): void {
    this.swarm?.left(peer);
    if (wasReady) this.handlers.emit('peerClose', { peer, reason });
    this.handlers.changed();
  }

  private status(): Status {
    const { state } = this;
    return {
      type: 'status',
      uploadBps: state.upload.toldBps,
      neighbours: this.neighbours.count,
      maxNeighbours: MAX_NEIGHBOURS,
      positionS: Math.max(0, state.playback.positionS),
    };
  }

  private dispatch(event: EngineEvent, bytesOf?: BytesOf): void {
    if (!this.over) this.loop.dispatch(event, bytesOf);
  }

  private perform(effect: Effect, bytesOf: BytesOf | undefined): void {
    switch (effect.type) {
      case 'send':
        this.neighbours.send(effect.peer, effect.message);
        return;
      case 'sendPiece':
        this.background(this.sendPiece(effect));
        return;
      case 'fetch': {
        const segment = this.state.index.get(effect.segment);
        if (!segment) return;
        this.demands.originAsked(effect.segment);
        this.origin.start(effect, segment);
        return;
      }
      case 'abortFetch':
        this.origin.abort(effect.fetch);
        return;
      case 'keep': {
        const bytes = bytesOf?.(effect.index);
        if (bytes) this.pieces.keep(effect.segment, effect.index, bytes);
        return;
      }
      case 'forget':
        this.pieces.forget(effect.segment);
        return;
      case 'verify':
        this.background(this.verify(effect.segment, effect.check));
        return;
      case 'tellStatus':
        this.neighbours.tellStatus();
        return;
      case 'progress':
        this.demands.progress(effect.demand, effect.loadedBytes, effect.totalBytes);
        return;
      case 'deliver':
        this.background(this.deliver(effect));
        return;
      case 'fail':
        this.demands.fail(effect.demand, effect.error);
        this.handlers.emit('segmentError', { segment: effect.segment, error: effect.error });
        return;
      case 'ban':
        this.swarm?.refuse(effect.peer);
        this.neighbours.close(effect.peer, effect.reason, effect.detail);
        this.handlers.emit('peerBan', { peer: effect.peer, reason: effect.detail });
        return;
    }
  }

  /** For what takes a while: none of it may end in a rejection that nobody handles. */
  private background(task: Promise<void>): void {
    task.catch((error: unknown) => this.platform.log.warn('a task of the engine failed', { error }));
  }

  private async sendPiece({ peer, requestId, segment, index, lengthBytes }: Extract<Effect, { type: 'sendPiece' }>): Promise<void> {
    const release = this.neighbours.expect(peer, lengthBytes);
    const payload = await this.pieces.get(segment, index);
    release();
    if (this.over) return;
    if (payload) {
      this.neighbours.send(peer, { type: 'piece', requestId, payload });
      return;
    }
    this.neighbours.send(peer, { type: 'decline', requestId, reason: 'missing' });
    // It may have been evicted meanwhile.
    if (this.state.segments.get(segment)?.own?.has(index)) this.storeLost(segment);
  }

  private async deliver(effect: Extract<Effect, { type: 'deliver' }>): Promise<void> {
    const { segment, demand, peerBytes, originBytes } = effect;
    const outcome = await this.demands.deliver(effect, this.state.index.get(segment)?.url ?? '');
    if (this.over || outcome === 'aborted') return;
    if (outcome === 'delivered') {
      this.handlers.emit('segmentLoad', { segment, fromPeersBytes: peerBytes, fromOriginBytes: originBytes });
      return;
    }
    this.storeLost(segment);
    this.dispatch({ type: 'demand', id: demand, segment });
  }

  private storeLost(segment: SegmentKey): void {
    this.pieces.distrust();
    this.dispatch({ type: 'storeLost', segment });
  }

  private async verify(key: SegmentKey, check: number): Promise<void> {
    const verdict = await this.verdict(key).catch((error: unknown): Verdict => {
      this.platform.log.warn('a segment could not be verified', { segment: key, error });
      return 'unknown';
    });
    this.dispatch({ type: 'verified', segment: key, check, verdict });
  }

  private async verdict(key: SegmentKey): Promise<Verdict> {
    const { integrity } = this.handlers.config();
    const listed = this.state.index.get(key);
    const sizeBytes = this.state.segments.get(key)?.sizeBytes;
    if (typeof integrity !== 'function') return 'genuine';
    if (!listed || sizeBytes === undefined) return 'unknown';
    const expected = await integrity(listed);
    if (expected === undefined) return 'genuine';
    const pieces = await this.pieces.all(key, pieceCount(sizeBytes));
    if (!pieces) return 'unknown';
    return (await this.platform.digest.sha256Hex(pieces)) === expected.toLowerCase() ? 'genuine' : 'forged';
  }
}

/** What a swarm is entered by: when it changes, the viewer leaves and enters anew. */
function meetingPoint({ trackers, rtcConfig, swarmId }: ResolvedConfig): string {
  return JSON.stringify([trackers, rtcConfig, swarmId]);
}
