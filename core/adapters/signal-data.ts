import { MAX_SIGNAL_LENGTH } from '../model/index.ts';

export interface Description {
  readonly type: 'offer' | 'answer';
  readonly sdp: string;
}

export interface Candidate {
  readonly type: 'candidate';
  readonly candidate: RTCIceCandidateInit;
}

/**
 * Reads what another viewer sent to set up a connection; believes nothing about it.
 *
 * @param data JSON text.
 * @returns only the members that we know, or `undefined` where it is none of ours.
 */
export function parseSignal(data: string): Description | Candidate | undefined {
  if (data.length > MAX_SIGNAL_LENGTH) return undefined;
  try {
    return readSignal(JSON.parse(data));
  } catch {
    return undefined;
  }
}

/** As `parseSignal`, for JSON that is parsed already. */
export function readSignal(value: unknown): Description | Candidate | undefined {
  if (!isRecord(value)) return undefined;
  const { type, sdp, candidate } = value;
  if ((type === 'offer' || type === 'answer') && typeof sdp === 'string' && sdp.length <= MAX_SIGNAL_LENGTH) {
    return { type, sdp };
  }
  if (type === 'candidate' && isRecord(candidate) && typeof candidate['candidate'] === 'string') {
    const { sdpMid, sdpMLineIndex } = candidate;
    return {
      type,
      candidate: {
        candidate: candidate['candidate'],
        sdpMid: typeof sdpMid === 'string' ? sdpMid : null,
        sdpMLineIndex: typeof sdpMLineIndex === 'number' ? sdpMLineIndex : null,
      },
    };
  }
  return undefined;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
