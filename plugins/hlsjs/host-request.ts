import type { FragmentLoaderContext, HlsConfig } from 'hls.js';
import type { LoadOptions } from '../../core/index.ts';
import { recordingXhr, UnrecordableError } from './recorder.ts';
import type { RecordedRequest } from './recorder.ts';

/**
 * By what hls.js would send a fragment request: its XHR loader, its fetch loader, or a class that the
 * page brought (`loader`, `fLoader`), of which nothing is known.
 */
export type HostTransport = 'xhr' | 'fetch' | 'custom';

/**
 * @param config of the instance, after hls.js has completed it.
 * @param defaultLoader `Hls.DefaultConfig.loader`, hls.js's XHR loader.
 */
export function hostTransport(config: HlsConfig, defaultLoader: unknown): HostTransport {
  if (config.loader === defaultLoader) return 'xhr';
  // hls.js puts its FetchLoader there itself when `progressive` is on, and turns `progressive` off
  // when it finds a page's own class instead (`config.ts`, `enableStreamingMode`, 1.5 to 1.7).
  return config.progressive ? 'fetch' : 'custom';
}

/**
 * Finds out what hls.js would send for a fragment: the URL and headers of the context (CMCD puts its
 * data there), as changed by the page's `xhrSetup` or `fetchSetup`.
 *
 * @param transport tells which of the page's setups applies; of `'custom'` nothing is known, so it is not to be asked here.
 * @throws UnrecordableError, or whatever the page's setup throws: then only the host's own loader
 *   can send this request.
 */
export async function recordHostRequest(
  config: HlsConfig,
  transport: HostTransport,
  context: FragmentLoaderContext,
): Promise<NonNullable<LoadOptions['request']>> {
  const record: RecordedRequest = { url: context.url, headers: { ...context.headers }, withCredentials: false };
  if (transport === 'xhr' && config.xhrSetup) await recordXhrSetup(config.xhrSetup, record, context);
  if (transport === 'fetch' && config.fetchSetup) return recordFetchSetup(config.fetchSetup, record, context);
  return {
    url: record.url,
    headers: record.headers,
    // Not stated where the page's setup did not: then `config.request.credentials` may.
    ...(record.withCredentials ? { credentials: 'include' as const } : {}),
  };
}

async function recordXhrSetup(
  setup: NonNullable<HlsConfig['xhrSetup']>,
  record: RecordedRequest,
  context: FragmentLoaderContext,
): Promise<void> {
  await setup(recordingXhr(record), context.url, context);
}

async function recordFetchSetup(
  setup: NonNullable<HlsConfig['fetchSetup']>,
  record: RecordedRequest,
  context: FragmentLoaderContext,
): Promise<NonNullable<LoadOptions['request']>> {
  // As in `fetch-loader.ts`, `getRequestParameters`, without the range: the engine asks for its own.
  const request: Request = await setup(context, {
    method: 'GET',
    mode: 'cors',
    credentials: 'same-origin',
    headers: new Headers(record.headers),
  });
  if (request.method !== 'GET') throw new UnrecordableError(`the method ${request.method}`);
  return { url: request.url, headers: Object.fromEntries(request.headers), credentials: request.credentials };
}
