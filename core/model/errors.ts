/** Base of all errors that the engine raises; `code` is stable, `message` says what to do. */
export abstract class P2PError extends Error {
  abstract readonly code: string;
}

/** A configuration key that is unknown or ill-typed. */
export class ConfigError extends P2PError {
  readonly code = 'config';
  override readonly name = 'ConfigError';
  constructor(
    /** The offending key, with its path: `upload.maxKbps`. */
    readonly key: string,
    /** What is expected there. */
    readonly expected: string,
    /** What was found, as text. */
    readonly found: string,
  ) {
    super(`p2p config: \`${key}\` must be ${expected}, but is ${found}.`);
  }
}

export type OriginFailureKind =
  /** The origin answered with a status other than 2xx; or with a 206 that is not the range asked for. */
  | 'status'
  /** No answer, or the connection broke: DNS, refused, reset, CORS. */
  | 'network'
  /** The body was shorter (or longer) than the answer's headers said. */
  | 'truncated';

/** The origin could not deliver a segment: what the player would have seen without P2P. */
export class OriginError extends P2PError {
  readonly code = 'origin';
  override readonly name = 'OriginError';
  constructor(
    readonly kind: OriginFailureKind,
    readonly url: string,
    /** HTTP status; 0 where there was none. */
    readonly status: number,
    readonly statusText: string,
  ) {
    super(`origin: ${kind}${status ? ` ${status} ${statusText}`.trimEnd() : ''} for ${url}`);
  }
}

/** The player took its request back. */
export class AbortedError extends P2PError {
  readonly code = 'aborted';
  override readonly name = 'AbortError';
  constructor() {
    super('The request was aborted by the player.');
  }
}

/** The engine was used after `destroy()`, or destroyed while the request was open. */
export class DestroyedError extends P2PError {
  readonly code = 'destroyed';
  override readonly name = 'DestroyedError';
  constructor() {
    super('This P2PEngine has been destroyed; make a new one.');
  }
}

/** A peer broke the protocol: the decoder detects it, the session's owner closes the link. */
export class ProtocolError extends P2PError {
  readonly code = 'protocol';
  override readonly name = 'ProtocolError';
}
