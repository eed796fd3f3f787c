/** What a request setup asked for. */
export interface RecordedRequest {
  url: string;
  headers: Record<string, string>;
  withCredentials: boolean;
}

/** The setup did something that only a real XMLHttpRequest can carry out. */
export class UnrecordableError extends Error {
  override readonly name = 'UnrecordableError';
  constructor(what: string) {
    super(`xhrSetup uses ${what}, which cannot be carried over to the P2P engine's requests.`);
  }
}

/**
 * Stands in for the XMLHttpRequest that a page's `xhrSetup` expects, and writes down what is done to
 * it. Whatever it cannot write down raises `UnrecordableError`: better no P2P for a request than a
 * request that differs from the one the page meant.
 */
export function recordingXhr(record: RecordedRequest): XMLHttpRequest {
  let readyState: number = XMLHttpRequest.UNSENT;
  const methods: Pick<XMLHttpRequest, 'open' | 'setRequestHeader'> = {
    open(method: string, url: string | URL) {
      if (method.toUpperCase() !== 'GET') throw new UnrecordableError(`the method ${method}`);
      record.url = new URL(url, location.href).href;
      readyState = XMLHttpRequest.OPENED;
    },
    // Unlike a real one it takes headers before `open` too: hls.js opens the request and calls the
    // setup again when that throws (`xhr-loader.ts`, `loadInternal`), which comes to the same.
    setRequestHeader(name: string, value: string) {
      const known = Object.keys(record.headers).find((key) => key.toLowerCase() === name.toLowerCase());
      // XMLHttpRequest combines values of one name (Fetch, "combine").
      if (known === undefined) record.headers[name] = value;
      else record.headers[known] += `, ${value}`;
    },
  };
  return new Proxy(Object.create(XMLHttpRequest.prototype) as XMLHttpRequest, {
    get(_target, property) {
      if (property === 'open' || property === 'setRequestHeader') return methods[property];
      if (property === 'withCredentials') return record.withCredentials;
      if (property === 'readyState') return readyState;
      throw new UnrecordableError(`xhr.${String(property)}`);
    },
    set(_target, property, value) {
      if (property !== 'withCredentials') throw new UnrecordableError(`xhr.${String(property)}`);
      record.withCredentials = Boolean(value);
      return true;
    },
  });
}
