import { Bitfield } from '../model/index.ts';
import type { DemandId, FetchId, OriginError, PeerId, PlaybackSnapshot, Segment, SegmentKey, TrackKey } from '../model/index.ts';
import { VersionedMap } from './versioned-map.ts';
import * as TUNING from './tuning.ts';

/** All that `decide` knows. Plain data, never changed in place: ids and lengths, no bytes. */
export interface State {
  readonly self: PeerId;
  readonly policy: Policy;
  readonly swarm: SwarmView;
  readonly playback: Playback;
  /** What the manifest lists now, by track, in order of time. */
  readonly listed: ReadonlyMap<TrackKey, readonly Segment[]>;
  /** The listed segments by key. */
  readonly index: ReadonlyMap<SegmentKey, Segment>;
  /** By track, segments that have left the list but that neighbours may still want. */
  readonly departed: ReadonlyMap<TrackKey, readonly Segment[]>;
  /** What this viewer holds, is getting, or has heard is coming. */
  readonly segments: VersionedMap<SegmentKey, SegmentState>;
  readonly demands: VersionedMap<DemandId, Demand>;
  readonly neighbours: VersionedMap<PeerId, Neighbour>;
  /** By segment, what the neighbours hold of it: a stock for each length that they tell, as good as always one. */
  readonly stocks: VersionedMap<SegmentKey, readonly Stock[]>;
  readonly open: Open;
  readonly origin: OriginView;
  readonly upload: UploadView;
  readonly download: DownloadView;
  readonly counters: Counters;
  /** By track, the segment that the player asked for last: what lies beyond may be read ahead from peers. */
  readonly frontier: ReadonlyMap<TrackKey, { readonly segment: SegmentKey; readonly atMs: number }>;
  /** Segments of which pieces have come in that the neighbours have not been told of, and when they are to be; `undefined`: to be decided. */
  readonly untold: ReadonlyMap<SegmentKey, number | undefined>;
  /** Media bytes per second of each track, as seen: estimates the length of segments not yet heard of. */
  readonly trackRates: ReadonlyMap<TrackKey, number>;
  /** Source of request ids and fetch ids. */
  readonly serial: number;
}

/** What the configuration and the platform allow now. */
export interface Policy {
  /** Taking from peers. */
  readonly download: boolean;
  /** Giving to peers, in bit/s; 0: nothing. */
  readonly uploadMaxBps: number;
  /** In the life of the engine. */
  readonly uploadMaxBytes: number;
  readonly cacheMaxBytes: number;
  /** Whether segments are checked against the publisher's digests before they are played. */
  readonly digests: boolean;
}

export interface SwarmView {
  /** Viewers including this one, as the tracker counts; 0 while unknown. */
  readonly size: number;
  /** Connections being made now. */
  readonly connecting: number;
  /** When the swarm was entered. */
  readonly joinedAtMs: number;
}

export interface Playback extends PlaybackSnapshot {
  /** When the snapshot was taken. */
  readonly atMs: number;
}

/** One player's wish for one segment. */
export interface Demand {
  readonly id: DemandId;
  readonly segment: SegmentKey;
  readonly askedAtMs: number;
  /** Slack at that moment: what elections and takeovers divide. */
  readonly slackMs: number;
  /** It was so little that several fetch the segment: see `shares.ts`. */
  readonly isShort: boolean;
}

export interface SegmentState {
  readonly key: SegmentKey;
  /** Length of the whole segment; `undefined` until a source has told it. */
  readonly sizeBytes: number | undefined;
  /** Whether the origin itself told the length. */
  readonly sizeFromOrigin: boolean;
  /** Pieces held; `undefined` until the length is known. */
  readonly own: Bitfield | undefined;
  /** Who brought each piece that came from a peer. */
  readonly broughtBy: VersionedMap<number, PeerId>;
  /** Whole, and checked as far as the integrity mode asks. */
  readonly verified: boolean;
  /** The check that is under way, by its serial: the verdict of an earlier one says nothing of these bytes. */
  readonly verifying: number | undefined;
  /** It could not be verified: only the origin's own bytes will do. */
  readonly originOnly: boolean;
  /** Pieces for which a request is open; and those for which two are. */
  readonly asked: Bitfield;
  readonly askedTwice: Bitfield;
  readonly fetch: Fetch | undefined;
  /** Somebody said that it is fetching this segment. */
  readonly intent: Announced | undefined;
  /** Live, when the neighbour that fetched it left, if nobody else has been heard of since. */
  readonly fetcherLeftAtMs: number | undefined;
  /** A fetch of it has given way to another viewer's. */
  readonly gaveWay: boolean;
  /** Pieces given to neighbours that are still here. */
  readonly given: Bitfield | undefined;
  /** What each group of neighbours has been told that this viewer has of it; none: nobody has been told. */
  readonly told: readonly (Bitfield | undefined)[];
  /** The group that was told last, and when. */
  readonly toldGroup: number;
  readonly toldAtMs: number;
  readonly transfer: Transfer;
  readonly originFailures: number;
  readonly originError: OriginError | undefined;
  /** A request for a part of it failed: the next is for all of it. */
  readonly wholeOnly: boolean;
}

/** What is known of those who fetch a segment from the origin. */
export interface Announced {
  /** The neighbour that told of it: a fetcher, or one that is `hops` away from it. */
  readonly from: PeerId;
  readonly hops: number;
  /** When the first was heard of. */
  readonly atMs: number;
  /** How fast the strongest of them can give it away, in bit/s ... */
  readonly uploadBps: number;
  /** ... and together all that have told so themselves, with the first that was heard of. */
  readonly allBps: number;
}

/** A fetch of pieces `firstPiece` to the one before `endPiece` from the origin. */
export interface Fetch {
  readonly id: FetchId;
  /** How fast this viewer can give it away, in bit/s, as its neighbours were told. */
  readonly givingBps: number;
  readonly firstPiece: number;
  /** Infinity: to the end of the segment. */
  readonly endPiece: number;
  readonly nextPiece: number;
  readonly startedAtMs: number;
  readonly headAtMs: number | undefined;
  readonly bytes: number;
  /** What peers had brought of all segments when the head came. */
  readonly peerBytesBefore: number;
  /** Set when peers are asked for the first pieces beside it, where they may only take its place on the line: see `beside.ts`. */
  readonly probe: Probe | undefined;
}

/** What came in before peers were asked: how fast this fetch was then, in bit/s, and the media bytes until then, of all and of peers. */
export interface Probe {
  readonly atMs: number;
  readonly rateBps: number;
  readonly bytes: number;
  readonly peerBytes: number;
}

/** How a segment's bytes have come in so far: the source of the truth for the player's estimator. */
export interface Transfer {
  readonly firstAskedAtMs: number | undefined;
  readonly firstByteAtMs: number | undefined;
  readonly lastByteAtMs: number | undefined;
  /** Time from byte to byte, without pauses in which nothing was wanted. */
  readonly busyMs: number;
  readonly peerBytes: number;
  readonly originBytes: number;
}

export interface Neighbour {
  readonly peer: PeerId;
  /** Whoever came before has a lower one. */
  readonly number: number;
  readonly sinceMs: number;
  /** When its last status came; -Infinity before the first, which comes after it has told what it holds. */
  readonly heardAtMs: number;
  /** What it says it can upload, in bit/s. */
  readonly uploadBps: number;
  readonly positionS: number;
  /** How many neighbours it says it has itself. */
  readonly degree: number;
  /** How many pieces it has brought that were of use. */
  readonly broughtPieces: number;
  /** When a piece last went either way. */
  readonly lastUsefulMs: number;
  /** The tracks that it has told of segments of, and when last. */
  readonly tracks: ReadonlyMap<TrackKey, number>;
  /** Of how many segments it holds pieces: see `stocks`. */
  readonly holdings: number;
  /** Requests that it has not answered, by request id, also those that were taken back. */
  readonly asks: VersionedMap<number, Ask>;
  /** How many of them are not taken back. */
  readonly openAsks: number;
  readonly pace: Pace;
  readonly strikes: number;
  /** Its requests that wait to be served, in order of arrival. */
  readonly queue: readonly Upload[];
  /** Bytes handed to its link and not yet sent; 0 also for as good as nothing. */
  readonly bufferedBytes: number;
  /** When its link last sent some of them, or was given the first. */
  readonly movedAtMs: number;
  /** What its link held when it had sent nothing for too long, and that counts for nothing until it does: see `stalled-links.ts`. */
  readonly stalledBytes: number;
  readonly sentBytes: number;
}

/** How fast a neighbour answers: apart from the rest, which is copied with each of its messages. */
export interface Pace {
  /** How many requests may be open at it; fractional while growing. */
  readonly windowPieces: number;
  /** Smoothed time from request to piece, in ms. */
  readonly serviceMs: number;
  /** The least time a piece of it has taken: the path itself, without queues. */
  readonly quickestMs: number;
  /** Nothing is asked of it before this moment; how long that pause is, 0 once a piece has come. */
  readonly pausedUntilMs: number;
  readonly pauseMs: number;
  /** When it was last asked less because it was busy. */
  readonly narrowedAtMs: number;
}

/** What is held of one segment by the neighbours that tell the same length of it. */
export interface Stock {
  readonly sizeBytes: number;
  /** Pieces that any of them holds. */
  readonly pieces: Bitfield;
  /** The numbers of those neighbours in ascending order, and what each of them holds. */
  readonly numbers: readonly number[];
  readonly holdings: readonly Holding[];
}

/** What one neighbour holds of a segment. */
export interface Holding {
  readonly peer: PeerId;
  readonly pieces: Bitfield;
  /** Pieces that it has said to ask others for, and until when that counts. */
  readonly elsewhere?: { readonly pieces: Bitfield; readonly untilMs: number } | undefined;
}

export interface Ask {
  readonly segment: SegmentKey;
  readonly index: number;
  readonly bytes: number;
  readonly askedAtMs: number;
  /** Taken back: its piece is still under way, and counts for nothing but the books. */
  readonly cancelled: boolean;
}

export interface Upload {
  readonly requestId: number;
  readonly segment: SegmentKey;
  readonly index: number;
  readonly bytes: number;
  readonly deadlineMs: number;
}

/** What the neighbours add up to: looking at each of them for it would be most of what an event costs. */
export interface Open {
  /** Requests open at neighbours, without those that were taken back. */
  readonly asks: number;
  /** ... and the bytes that they ask for. */
  readonly askedBytes: number;
  /** No request is overdue before this moment. */
  readonly asksDueMs: number;
  /** Neighbours' requests that wait to be served, and the bytes that they ask for. */
  readonly uploads: number;
  readonly uploadBytes: number;
  /** Bytes handed to links and not yet sent, and how many links have some of them. */
  readonly bufferedBytes: number;
  readonly sending: number;
}

export interface OriginView {
  /** Smoothed rate while bytes flow, in bit/s; 0 while unknown. */
  readonly rateBps: number;
  readonly firstByteMs: number;
  /** `false` once a server or its CORS rules have refused our Range requests. */
  readonly rangeAllowed: boolean;
}

export interface UploadView {
  /** Measured while uploading, in bit/s; 0 while unknown. */
  readonly rateBps: number;
  /** What the neighbours have been told of it, in bit/s: all must weigh this viewer alike. */
  readonly toldBps: number;
  /** Token bucket of the cap, in bytes, as of `refilledAtMs`. */
  readonly tokensBytes: number;
  readonly refilledAtMs: number;
  /** Bytes handed to links and sent, since `busySinceMs`. */
  readonly busySinceMs: number | undefined;
  readonly busyBytes: number;
  /** Time spent uploading and bytes sent in it, the latest counting most. */
  readonly measuredMs: number;
  readonly measuredBytes: number;
}

/** What the viewer's own line carries. */
export interface DownloadView {
  /** In bit/s, while pieces come in; 0 while unknown. */
  readonly rateBps: number;
  /** Bytes that came in since, and when the last did. */
  readonly sinceMs: number;
  readonly bytes: number;
  readonly lastAtMs: number;
}

export interface Counters {
  readonly httpBytes: number;
  readonly p2pBytes: number;
  readonly uploadBytes: number;
  readonly httpRequests: number;
  readonly rejectedPieces: number;
  readonly bannedPeers: number;
  readonly cacheBytes: number;
}

export function initialState(self: PeerId, policy: Policy, nowMs: number): State {
  return {
    self,
    policy,
    swarm: { size: 0, connecting: 0, joinedAtMs: nowMs },
    playback: { positionS: 0, bufferedAheadS: 0, rate: 1, waiting: true, live: false, atMs: nowMs },
    listed: new Map(),
    index: new Map(),
    departed: new Map(),
    segments: VersionedMap.empty(),
    demands: VersionedMap.empty(),
    neighbours: VersionedMap.empty(),
    stocks: VersionedMap.empty(),
    open: { asks: 0, askedBytes: 0, asksDueMs: Infinity, uploads: 0, uploadBytes: 0, bufferedBytes: 0, sending: 0 },
    origin: { rateBps: 0, firstByteMs: 0, rangeAllowed: true },
    upload: { rateBps: 0, toldBps: TUNING.assumedUploadBps, tokensBytes: 0, refilledAtMs: nowMs, busySinceMs: undefined, busyBytes: 0, measuredMs: 0, measuredBytes: 0 },
    download: { rateBps: 0, sinceMs: nowMs, bytes: 0, lastAtMs: -Infinity },
    counters: { httpBytes: 0, p2pBytes: 0, uploadBytes: 0, httpRequests: 0, rejectedPieces: 0, bannedPeers: 0, cacheBytes: 0 },
    frontier: new Map(),
    untold: new Map(),
    trackRates: new Map(),
    serial: 0,
  };
}

export const NO_TRANSFER: Transfer = {
  firstAskedAtMs: undefined, firstByteAtMs: undefined, lastByteAtMs: undefined, busyMs: 0, peerBytes: 0, originBytes: 0,
};

/** Of a segment of unknown length. */
const NO_PIECES = Bitfield.empty(0);

export function newSegmentState(key: SegmentKey): SegmentState {
  return {
    key,
    sizeBytes: undefined,
    sizeFromOrigin: false,
    own: undefined,
    broughtBy: VersionedMap.empty(),
    verified: false,
    verifying: undefined,
    originOnly: false,
    asked: NO_PIECES,
    askedTwice: NO_PIECES,
    fetch: undefined,
    intent: undefined,
    fetcherLeftAtMs: undefined,
    gaveWay: false,
    given: undefined,
    told: [],
    toldGroup: -1,
    toldAtMs: -Infinity,
    transfer: NO_TRANSFER,
    originFailures: 0,
    originError: undefined,
    wholeOnly: false,
  };
}
