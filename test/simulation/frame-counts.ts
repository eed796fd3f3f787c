import { KINDS } from './frame-kinds.ts';

/** What has been sent over data channels. */
export interface FrameCounts {
  /** Media within pieces. */
  payloadBytes: number;
  /** All else, without the headers of the transport. */
  controlBytes: number;
  /** Of `controlBytes`, and of frames: by the code of their kind. */
  bytesByCode: number[];
  framesByCode: number[];
}

export function noFrames(): FrameCounts {
  return { payloadBytes: 0, controlBytes: 0, bytesByCode: KINDS.map(() => 0), framesByCode: KINDS.map(() => 0) };
}

export function addFrames(one: FrameCounts, other: FrameCounts): FrameCounts {
  return {
    payloadBytes: one.payloadBytes + other.payloadBytes,
    controlBytes: one.controlBytes + other.controlBytes,
    bytesByCode: one.bytesByCode.map((bytes, code) => bytes + (other.bytesByCode[code] ?? 0)),
    framesByCode: one.framesByCode.map((frames, code) => frames + (other.framesByCode[code] ?? 0)),
  };
}

/** By kind of message, those that were sent. */
export function byKind({ bytesByCode, framesByCode }: FrameCounts): { readonly kind: string; readonly frames: number; readonly bytes: number }[] {
  return KINDS.map((kind, code) => ({ kind, frames: framesByCode[code] ?? 0, bytes: bytesByCode[code] ?? 0 })).filter(({ frames }) => frames > 0);
}
