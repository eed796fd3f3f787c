/**
 * What we use of simple-peer (it ships no types). Members with an underscore are its own: it offers
 * no other way to the channel's backpressure and to the largest message; the version is pinned.
 */
declare module 'simple-peer/lite.js' {
  interface PeerOptions {
    readonly initiator: boolean;
    readonly trickle: boolean;
    readonly config: RTCConfiguration;
    readonly channelName: string;
    /** How long gathering may go on after its first candidate, without trickle, in ms. */
    readonly iceCompleteTimeout: number;
  }

  export default class Peer {
    constructor(options: PeerOptions);
    on(event: 'signal', listener: (signal: object) => void): this;
    on(event: 'data', listener: (message: Uint8Array) => void): this;
    on(event: 'error', listener: (error: Error) => void): this;
    on(event: 'connect' | 'close', listener: () => void): this;
    removeAllListeners(): this;
    /** Throws on what RTCSessionDescription and RTCIceCandidate refuse. */
    signal(signal: object): void;
    destroy(): void;
    /** `null` once destroyed, `undefined` when RTCPeerConnection's constructor threw. */
    readonly _pc: RTCPeerConnection | null | undefined;
    readonly _channel: RTCDataChannel | null;
    readonly _iceCompleteTimer: ReturnType<typeof setTimeout> | null;
  }
}
