/** A plain snapshot of what the engine has done. Bytes are payload bytes that arrived, used or not. */
export interface P2PStats {
  readonly httpBytes: number;
  readonly p2pBytes: number;
  readonly uploadBytes: number;
  /** Neighbours connected now. */
  readonly peers: number;
  /** Viewers of this content, as the tracker counts them; 0 while unknown. */
  readonly swarmSize: number;
  readonly httpRequests: number;
  readonly rejectedPieces: number;
  readonly bannedPeers: number;
  readonly cacheBytes: number;
  /** Rates in bit/s over the last few seconds. */
  readonly httpRate: number;
  readonly p2pRate: number;
  readonly uploadRate: number;
  /** p2pBytes / (p2pBytes + httpBytes); 0 before the first byte. */
  readonly ratio: number;
}

export type ExplainCode =
  | 'working'
  | 'no-webrtc'
  | 'no-mse'
  | 'disabled'
  | 'no-consent'
  | 'cellular'
  | 'no-content'
  | 'no-trackers'
  | 'tracker-unreachable'
  | 'alone'
  | 'connecting'
  | 'connections-fail'
  | 'nothing-shared'
  | 'destroyed';

/** Why P2P is or is not working. */
export interface Explanation {
  readonly code: ExplainCode;
  /** One English sentence, for a person. */
  readonly sentence: string;
}

/** Where playback is; asked of the player whenever the engine decides. */
export interface PlaybackSnapshot {
  /** Playhead on the player's timeline, in seconds. */
  readonly positionS: number;
  /** Seconds buffered without a gap ahead of the playhead. */
  readonly bufferedAheadS: number;
  /** Playback rate; 0 while paused. */
  readonly rate: number;
  /** Nothing is shown yet, or playback waits for data: there is no slack to spend. */
  readonly waiting: boolean;
  readonly live: boolean;
  /** Seconds behind the live edge; absent on demand. */
  readonly latencyS?: number | undefined;
}
