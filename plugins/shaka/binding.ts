import { playbackOf } from '../bridge/index.ts';
import type { P2PEngine, PlaybackSnapshot, Segment } from '../../core/index.ts';
import { HlsIndex } from './hls-index.ts';
import { DESTROYED } from './host.ts';
import type { NetworkingEngine, RequestContext, SegmentReference, Shaka, ShakaPlayer, ShakaRequest, ShakaResponse, Stream } from './host.ts';
import { mark, useSchemes } from './schemes.ts';
import type { Delivery } from './schemes.ts';
import { SegmentFeed } from './segment-feed.ts';
import { transferSegment } from './transfer.ts';

/**
 * Joins an engine to one Shaka player: tells the engine the content, its lists and the playhead, and
 * marks the requests that the engine is to serve. Everything else stays Shaka's own affair: manifests,
 * init segments, indexes, keys, licences, low-latency streams, and the requests for whole segments by
 * which its HLS parser finds out what a stream is (they tell of no stream).
 */
export class ShakaBinding {
  private readonly hls = new HlsIndex();
  private readonly feed: SegmentFeed;
  private readonly net: NetworkingEngine | null;
  private readonly releaseSchemes: () => void;
  /** Marked requests that have not come to our network plugin yet. */
  private readonly expected = new WeakSet<ShakaRequest>();
  /** Of this content and of others that were played or preloaded; without their queries. */
  private readonly manifests = new Map<string, { readonly lowLatency: boolean }>();
  private contentUri: string | null = null;
  private ownStreams = new WeakSet<Stream>();
  private warned = false;
  private released = false;

  /** @param onPlayerDestroyed the player is gone for good. */
  constructor(
    private readonly player: ShakaPlayer,
    private readonly shaka: Shaka,
    private readonly engine: P2PEngine,
    private readonly onPlayerDestroyed: () => void,
  ) {
    this.feed = new SegmentFeed(engine, this.hls, () => player.getManifestType() !== 'HLS');
    this.releaseSchemes = useSchemes(shaka);
    this.net = player.getNetworkingEngine();
    this.net?.registerRequestFilter(this.onRequest);
    this.net?.registerResponseFilter(this.onResponse);
    // Shaka 4 tells only from the second on what it is that it loads.
    player.addEventListener('loading', this.onLoading);
    player.addEventListener('loaded', this.onLoading);
    player.addEventListener('unloading', this.onUnloading);
    player.addEventListener('manifestupdated', this.onManifestUpdated);
    engine.setPlayback(() => this.playback());
    if (player.getAssetUri()) {
      this.startContent();
      if (player.getManifestType() === 'HLS') this.warn('attachP2P came after load(): there is no P2P for HLS until the next load().');
    }
  }

  /** Lets go of the player, which plays on without P2P. */
  release(): void {
    if (this.released) return;
    this.released = true;
    this.net?.unregisterRequestFilter(this.onRequest);
    this.net?.unregisterResponseFilter(this.onResponse);
    this.player.removeEventListener('loading', this.onLoading);
    this.player.removeEventListener('loaded', this.onLoading);
    this.player.removeEventListener('unloading', this.onUnloading);
    this.player.removeEventListener('manifestupdated', this.onManifestUpdated);
    this.releaseSchemes();
    this.feed.clear();
  }

  private readonly onLoading = (): void => this.startContent();

  private readonly onUnloading = (): void => {
    this.feed.clear();
    this.contentUri = null;
    this.engine.setContent(undefined);
    // `destroy()` unloads, too, and tells of itself in no other way (`player.js`).
    if (this.player.getLoadMode() === DESTROYED) this.onPlayerDestroyed();
  };

  private startContent(): void {
    const uri = this.player.getAssetUri();
    if (uri === null || uri === this.contentUri) return;
    this.contentUri = uri;
    this.ownStreams = new WeakSet();
    this.feed.clear();
    this.engine.setContent({ manifestUrl: absolute(uri) });
  }

  private readonly onManifestUpdated = (): void => this.feed.refresh();

  /**
   * Network plugins are told neither the player nor the segment; request filters are, with the same
   * request object (`net/networking_engine.js`, `send_`).
   */
  private readonly onRequest = (type: number, request: ShakaRequest, context?: RequestContext): void => {
    if (this.released || type !== this.shaka.net.NetworkingEngine.RequestType.SEGMENT) return;
    const { stream, segment: reference } = context ?? {};
    this.startContent();
    if (!stream || !reference || !this.isOfContent(stream) || this.isPlayedWhileItArrives(reference)) return;
    const segment = this.feed.segmentOf(stream, reference);
    if (!segment || !this.engine.has(segment.key)) return;
    this.expected.add(request);
    mark(request, (delivery) => this.serve(delivery, segment));
  };

  private serve(delivery: Delivery, segment: Segment) {
    const { shaka, engine } = this;
    this.expected.delete(delivery.request);
    const asIs = this.released || !isPlainRequest(delivery.request, segment) || !engine.has(segment.key);
    return asIs ? delivery.host() : transferSegment({ shaka, engine, segment, delivery });
  }

  private readonly onResponse = (type: number, response: ShakaResponse, context?: RequestContext): void => {
    const { RequestType, AdvancedRequestType } = this.shaka.net.NetworkingEngine;
    if (type === RequestType.SEGMENT && this.expected.has(response.originalRequest)) {
      this.warn('The page has registered a network plugin of its own for http(s) with Shaka, which gets every request: there is no P2P.');
    }
    if (type !== RequestType.MANIFEST) return;
    const isRoot = context?.type === AdvancedRequestType.MASTER_PLAYLIST || context?.type === AdvancedRequestType.MPD;
    const url = absolute(response.originalUri);
    const text = new TextDecoder().decode(response.data);
    if (isRoot) this.manifests.set(withoutQuery(url), { lowLatency: isLowLatencyMpd(text) });
    if (text.trimStart().startsWith('#EXTM3U')) this.hls.read(text, { url, baseUrl: absolute(response.uri || url), isRoot });
  };

  /**
   * Shaka preloads other contents with copies of this player's filters, and its segment requests do not
   * say so (`media/preload_manager.js`). Their segments must not be taken for the content's own.
   */
  private isOfContent(stream: Stream): boolean {
    if (this.contentUri === null) return false;
    const own = withoutQuery(absolute(this.contentUri));
    // The rest is asked only when there may be another content: Shaka writes a warning to the console.
    if ([...this.manifests.keys()].every((url) => url === own)) return true;
    if (!this.ownStreams.has(stream)) {
      const { variants = [], textStreams = [] } = this.player.getManifest() ?? {};
      for (const own of [...textStreams, ...variants.flatMap(({ audio, video }) => [audio, video])]) if (own) this.ownStreams.add(own);
    }
    return this.ownStreams.has(stream);
  }

  /**
   * Low latency is what the viewers of such a stream have it for, and the engine hands over whole
   * segments only. (That Shaka gives a request a `streamDataCallback` does not tell: the requests that
   * it makes ahead all have one, `media/segment_prefetch.js`.)
   */
  private isPlayedWhileItArrives(reference: SegmentReference): boolean {
    const manifest = this.contentUri === null ? undefined : this.manifests.get(withoutQuery(absolute(this.contentUri)));
    return manifest?.lowLatency === true || reference.hasByterangeOptimization();
  }

  private playback(): PlaybackSnapshot {
    const { player } = this;
    const live = player.isLive();
    return playbackOf(player.getMediaElement(), {
      live,
      startS: live ? player.seekRange().end : undefined,
      latencyS: latencyS(player),
    });
  }

  private warn(message: string): void {
    if (this.warned) return;
    this.warned = true;
    console.warn(`[playswarm] ${message}`);
  }
}

/** Seconds behind live, else behind the latest that can be played; `undefined` on demand. */
export function latencyS(player: ShakaPlayer): number | undefined {
  const media = player.getMediaElement();
  if (!media || !player.isLive()) return undefined;
  const start = player.getPresentationStartTimeAsDate();
  const edgeS = start ? (Date.now() - start.getTime()) / 1000 : player.seekRange().end;
  return Math.max(0, edgeS - media.currentTime);
}

/** @returns whether what the page's own filters made of the request is still a request for this segment. */
function isPlainRequest({ method, headers }: ShakaRequest, { byteRange }: Segment): boolean {
  const range = Object.entries(headers).find(([name]) => name.toLowerCase() === 'range')?.[1];
  return method === 'GET' && range === (byteRange && `bytes=${byteRange.start}-${byteRange.end - 1}`);
}

/** As Shaka judges (`dash/dash_parser.js`, `isLowLatency_`): segments can be asked for before they are whole. */
function isLowLatencyMpd(text: string): boolean {
  return [...text.matchAll(/\savailabilityTimeOffset="([\d.]+)"/g)].some(([, offsetS]) => Number(offsetS) > 0);
}

function withoutQuery(url: string): string {
  return url.replace(/[?#].*$/s, '');
}

function absolute(uri: string): string {
  return new URL(uri, location.href).href;
}
