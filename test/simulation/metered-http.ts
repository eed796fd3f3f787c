import type { Http, HttpHandlers, HttpRequest } from '../../core/ports/index.ts';

/** Why a viewer asked the origin, as far as it shows from outside. */
export type Cause = 'start' | 'early' | 'middle' | 'late';

export interface OriginAsk {
  readonly url: string;
  readonly cause: Cause;
  readonly bytes: number;
}

/** An origin of which every answer is noted, with why it was asked for. */
export class MeteredHttp implements Http {
  constructor(
    private readonly http: Http,
    private readonly causeOf: (url: string) => Cause,
    private readonly note: (ask: OriginAsk) => void,
  ) {}

  get(request: HttpRequest, handlers: HttpHandlers): { abort(): void } {
    const { url } = request;
    const cause = this.causeOf(url);
    this.note({ url, cause, bytes: 0 });
    return this.http.get(request, {
      head: (head) => handlers.head(head),
      bytes: (chunk) => {
        this.note({ url, cause, bytes: chunk.length });
        handlers.bytes(chunk);
      },
      done: () => handlers.done(),
      failed: (error) => handlers.failed(error),
    });
  }
}
