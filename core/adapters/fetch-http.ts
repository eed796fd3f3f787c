import { OriginError, type OriginFailureKind } from '../model/index.ts';
import type { Http, HttpHandlers, HttpRequest } from '../ports/index.ts';
import { readHead } from './http/read-head.ts';

/**
 * The origin through `fetch`, streamed. A `Range` of the form that we send needs no CORS preflight
 * (seen in Chromium and Firefox; Fetch names it a safelisted request header).
 */
export class FetchHttp implements Http {
  /**
   * Origins whose bodies ended cleanly with another length than stated. Browsers themselves fail
   * an unencoded body that is short, so these compress media without letting the page see it.
   */
  private readonly misleading = new Set<string>();

  get(request: HttpRequest, handlers: HttpHandlers): { abort(): void } {
    const controller = new AbortController();
    const { signal } = controller;
    void this.transfer(request, signal, handlers).then((failure) => {
      if (signal.aborted) return;
      controller.abort(); // The body of an error page, or the rest of one that is too long.
      if (failure) handlers.failed(failure);
      else handlers.done();
    });
    return { abort: () => controller.abort() };
  }

  /** @returns what went wrong, if anything; means nothing once `signal` is aborted. */
  private async transfer(request: HttpRequest, signal: AbortSignal, handlers: HttpHandlers): Promise<OriginError | undefined> {
    let response: Response;
    try {
      response = await fetch(request.url, { headers: requestHeaders(request), credentials: request.credentials, signal });
    } catch {
      return new OriginError('network', request.url, 0, '');
    }
    if (signal.aborted) return undefined;
    const failure = (kind: OriginFailureKind) =>
      new OriginError(kind, response.url, response.status, response.statusText);
    const { origin } = new URL(response.url);
    const head = response.ok ? readHead(response, request.range, this.misleading.has(origin)) : undefined;
    if (!head) return failure('status');
    handlers.head(head);

    const reader = response.body?.getReader();
    const limit = head.bodyBytes ?? rangeLength(request, head.status);
    let received = 0;
    for (;;) {
      let step: ReadableStreamReadResult<Uint8Array> | undefined;
      try {
        step = await reader?.read();
      } catch {
        return failure(received > 0 ? 'truncated' : 'network');
      }
      if (signal.aborted) return undefined;
      if (!step || step.done) break;
      received += step.value.byteLength;
      if (received > limit) break;
      handlers.bytes(step.value);
    }
    if (head.bodyBytes === undefined ? received <= limit : received === limit) return undefined;
    if (head.bodyBytes !== undefined) this.misleading.add(origin);
    return failure('truncated');
  }
}

function requestHeaders({ headers, range }: HttpRequest): Record<string, string> {
  if (!range) return { ...headers };
  return { ...headers, Range: `bytes=${range.start}-${range.end === Infinity ? '' : range.end - 1}` };
}

/** @returns the most that a body of unstated length may have, in bytes. */
function rangeLength({ range }: HttpRequest, status: number): number {
  return range && status === 206 ? range.end - range.start : Infinity;
}
