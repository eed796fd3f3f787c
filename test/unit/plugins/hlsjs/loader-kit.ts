import type { FragmentLoaderContext, HlsConfig, LoaderCallbacks, LoaderConfiguration, LoaderStats } from 'hls.js';
import type { LoadedSegment, LoadOptions, Segment } from '../../../../core/index.ts';
import { segmentsOf, variantTrack } from '../../../../plugins/bridge/index.ts';
import type { HlsBinding } from '../../../../plugins/hlsjs/index.ts';
import { createFragmentLoader } from '../../../../plugins/hlsjs/index.ts';
import type { HostTransport } from '../../../../plugins/hlsjs/host-request.ts';
import { FakeEngine } from '../../../kit/fake-engine.ts';

/** Stands in for hls.js's XHR loader and notes what is asked of it. */
export class HostLoader {
  static made: HostLoader[] = [];
  readonly stats = {
    aborted: false, loaded: 0, retry: 0, total: 0, chunkCount: 0, bwEstimate: 0,
    loading: { start: 0, first: 0, end: 0 }, parsing: { start: 0, end: 0 }, buffering: { start: 0, first: 0, end: 0 },
  };
  readonly calls: string[] = [];
  context: FragmentLoaderContext | null = null;
  loadArguments: unknown[] = [];
  constructor(readonly config: HlsConfig) {
    HostLoader.made.push(this);
  }
  load(...args: unknown[]): void {
    this.calls.push(`load from ${this.stats.loading.start}`);
    this.loadArguments = args;
  }
  abort(): void {
    this.calls.push('abort');
  }
  destroy(): void {
    this.calls.push('destroy');
  }
}

export interface RigOptions {
  readonly answer?: (segment: Segment, options: LoadOptions) => Promise<LoadedSegment>;
  readonly hlsConfig?: Partial<HlsConfig>;
  readonly transport?: HostTransport;
  readonly context?: Partial<FragmentLoaderContext>;
  readonly policy?: { maxTimeToFirstByteMs: number; maxLoadTimeMs: number };
  /** What the playlist lists; `false`: nothing. */
  readonly listed?: boolean;
  readonly byteRange?: { start: number; end: number };
  /** Whether hls.js plays progressively, and so passes `onProgress`. */
  readonly progressive?: boolean;
}

/** A fragment loader as hls.js would make and use one, beside an engine that the test answers for. */
export function rig(options: RigOptions = {}) {
  const { listed = true, transport = 'xhr', policy = { maxTimeToFirstByteMs: 10_000, maxLoadTimeMs: 120_000 } } = options;
  const engine = new FakeEngine(options.answer);
  const track = variantTrack({ BANDWIDTH: 1000 });
  const segment = segmentsOf(track)({
    mediaSequence: 3, discontinuitySequence: 0, startS: 12, durationS: 4, url: 'https://origin.test/3.ts', byteRange: options.byteRange,
  });
  if (listed) engine.setSegments(track, [segment]);
  const frag = { sn: 3, cc: 0 } as FragmentLoaderContext['frag'];
  const reports: unknown[] = [];
  const binding = {
    engine: engine.asEngine(),
    transport,
    mayServe: ({ frag, part }: FragmentLoaderContext) => transport !== 'custom' && !part && frag.sn !== 'initSegment',
    segmentOf: (asked: unknown) => (asked === frag && listed ? segment : undefined),
    report: (error: unknown) => reports.push(error),
  } as unknown as HlsBinding;
  HostLoader.made = [];
  const hlsConfig = { loader: HostLoader, ...options.hlsConfig } as unknown as HlsConfig;
  const loader = new (createFragmentLoader(() => binding))(hlsConfig);
  const host = HostLoader.made[0]!;
  const context = {
    frag, part: null, url: segment.url, responseType: 'arraybuffer', headers: {}, rangeStart: 0, rangeEnd: 0, ...options.context,
  } as FragmentLoaderContext;
  const loaderConfig = { loadPolicy: { ...policy, timeoutRetry: null, errorRetry: null }, timeout: policy.maxLoadTimeMs } as unknown as LoaderConfiguration;
  const settled: { how: string; stats: LoaderStats; detail?: unknown }[] = [];
  const progressed: ArrayBuffer[] = [];
  const callbacks: LoaderCallbacks<FragmentLoaderContext> = {
    onSuccess: (response, stats) => settled.push({ how: 'success', stats, detail: response }),
    onError: (error, _context, _details, stats) => settled.push({ how: 'error', stats, detail: error }),
    onTimeout: (stats) => settled.push({ how: 'timeout', stats }),
    onAbort: (stats) => settled.push({ how: 'abort', stats }),
    ...(options.progressive ? { onProgress: (_stats, _context, data) => void progressed.push(data as ArrayBuffer) } : {}),
  };
  return {
    engine, segment, loader, host, context, callbacks, loaderConfig, settled, progressed, reports,
    load: () => loader.load(context, loaderConfig, callbacks),
    how: () => settled.map(({ how }) => how),
  };
}

/** Lets everything that is only waiting for promises happen. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}
