import type { ByteRange, OriginError } from '../model/index.ts';

export interface HttpRequest {
  readonly url: string;
  /** Sent as `Range: bytes=start-(end-1)`; an `end` of Infinity is left open. */
  readonly range?: ByteRange | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly credentials: 'omit' | 'same-origin' | 'include';
}

/** What is known once the headers are in. */
export interface HttpHead {
  readonly status: number;
  /** URL after redirects. */
  readonly url: string;
  /** Where in the resource the body begins: 0 for a 200, also when a range had been asked. */
  readonly bodyStart: number;
  /** Length of the body, where the headers state it and it is not content-encoded. */
  readonly bodyBytes: number | undefined;
  /** Length of the whole resource, where the headers state it. */
  readonly resourceBytes: number | undefined;
}

export interface HttpHandlers {
  head(head: HttpHead): void;
  /** Bytes in order; the callee may keep the array. Not called after `done`, `failed` or an abort. */
  bytes(chunk: Uint8Array): void;
  /** The body ended and had the length that the headers stated (or they stated none). */
  done(): void;
  /** Settles the request instead of `done`; `status` errors come instead of `head`. */
  failed(error: OriginError): void;
}

/** The origin. Each request settles exactly once: `done`, `failed`, or silence after `abort`. */
export interface Http {
  get(request: HttpRequest, handlers: HttpHandlers): { abort(): void };
}
