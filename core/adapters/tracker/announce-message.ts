/**
 * The WebTorrent tracker protocol: JSON over WebSocket.
 * Source: bittorrent-tracker 11, `lib/server/parse-websocket.js` and `server.js`.
 */
import { asPeerId, asSwarmKey, type PeerId, type SwarmKey } from '../../model/index.ts';
import { isRecord, readSignal } from '../signal-data.ts';
import { binaryToHex, hexToBinary } from './binary.ts';

/** Larger messages are ignored; none of ours, nor of an honest tracker, comes near. */
const MAX_MESSAGE_LENGTH = 64 * 1024;

export interface Offer {
  /** 20 bytes as 40 hexadecimal digits; comes back with the answer. */
  readonly offerId: string;
  /** JSON of a session description. */
  readonly data: string;
}

export interface Announce {
  readonly swarm: SwarmKey;
  readonly self: PeerId;
  readonly event?: 'started' | 'stopped' | undefined;
  readonly uploadBytes: number;
  readonly downloadBytes: number;
  readonly offers: readonly Offer[];
}

export interface Answer extends Offer {
  readonly swarm: SwarmKey;
  readonly self: PeerId;
  readonly to: PeerId;
}

export type TrackerMessage =
  /** The tracker's reply to an announce. */
  | { readonly type: 'state'; readonly swarm: SwarmKey; readonly size: number | undefined; readonly intervalS: number | undefined }
  /** The tracker refused; `swarm` is absent where it did not understand even that. */
  | { readonly type: 'failure'; readonly swarm: SwarmKey | undefined; readonly reason: string }
  | ({ readonly type: 'offer' | 'answer'; readonly swarm: SwarmKey; readonly from: PeerId } & Offer);

export function encodeAnnounce({ swarm, self, event, uploadBytes, downloadBytes, offers }: Announce): string {
  return JSON.stringify({
    action: 'announce',
    info_hash: hexToBinary(swarm),
    peer_id: hexToBinary(self),
    event,
    uploaded: uploadBytes,
    downloaded: downloadBytes,
    left: 1, // Nobody is ever a "seeder": some trackers do not bring seeders together.
    numwant: offers.length,
    offers: offers.map(({ offerId, data }) => ({ offer: JSON.parse(data) as unknown, offer_id: hexToBinary(offerId) })),
  });
}

export function encodeAnswer({ swarm, self, to, offerId, data }: Answer): string {
  return JSON.stringify({
    action: 'announce',
    info_hash: hexToBinary(swarm),
    peer_id: hexToBinary(self),
    to_peer_id: hexToBinary(to),
    offer_id: hexToBinary(offerId),
    answer: JSON.parse(data) as unknown,
  });
}

/** @returns `undefined` for what is ill-formed or not for us: neither a tracker nor a peer can do harm by it. */
export function decodeMessage(text: unknown): TrackerMessage | undefined {
  if (typeof text !== 'string' || text.length > MAX_MESSAGE_LENGTH) return undefined;
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isRecord(message)) return undefined;
  const swarm = asSwarmKey(binaryToHex(message['info_hash']) ?? '');
  const reason = message['failure reason'];
  if (typeof reason === 'string') return { type: 'failure', swarm, reason };
  if (!swarm || message['action'] !== 'announce') return undefined;
  if ('offer' in message) return readExchange('offer', swarm, message);
  if ('answer' in message) return readExchange('answer', swarm, message);
  return { type: 'state', swarm, size: readSize(message), intervalS: readCount(message['interval']) };
}

function readExchange(type: 'offer' | 'answer', swarm: SwarmKey, message: Record<string, unknown>): TrackerMessage | undefined {
  const from = asPeerId(binaryToHex(message['peer_id']) ?? '');
  const offerId = binaryToHex(message['offer_id']);
  const signal = readSignal(message[type]);
  return from && offerId && signal?.type === type ? { type, swarm, from, offerId, data: JSON.stringify(signal) } : undefined;
}

function readSize({ complete, incomplete }: Record<string, unknown>): number | undefined {
  const counts = [readCount(complete), readCount(incomplete)];
  return counts.every((count) => count === undefined) ? undefined : (counts[0] ?? 0) + (counts[1] ?? 0);
}

function readCount(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;
}
