import { playbackOf } from '../bridge/index.ts';
import type { P2PEngine } from '../../core/index.ts';
import { AbandonedWork } from './abandoned-work.ts';
import type { PlayerEvents, RequestHook, RequestOptions, SegmentLoadStart, VhsHandler, VideojsWithVhs } from './host.ts';
import { P2PXhr } from './p2p-xhr.ts';
import { SegmentFeed } from './segment-feed.ts';

/** What VHS plays, and with what. */
export interface VhsAttachment {
  readonly videojs: VideojsWithVhs;
  readonly player: PlayerEvents;
  /** `tech.vhs`, right after VHS was given the source. */
  readonly vhs: VhsHandler;
  readonly media: HTMLMediaElement;
  /** The source's URL. */
  readonly src: string;
  readonly engine: P2PEngine;
}

export interface VhsBinding {
  /** Seconds behind live; `undefined` on demand. */
  latencyS(): number | undefined;
  /** Lets go of VHS, which plays on without P2P; the engine leaves its swarm. */
  detach(): void;
}

/** Joins an engine to the VHS of one source, by VHS's documented hook for requests. */
export function attachVhs(attachment: VhsAttachment): VhsBinding {
  const { videojs, player, vhs, media, src, engine } = attachment;
  const feed = new SegmentFeed(engine, vhs);
  const abandoned = new AbandonedWork();
  let announced: NonNullable<SegmentLoadStart['metadata']>['segmentInfo'];

  const announce = ({ metadata }: SegmentLoadStart) => (announced = metadata?.segmentInfo);
  const refresh = () => feed.refresh();

  const serve = (options: RequestOptions): void => {
    // By the URL of the playlist: the page's hooks may have changed that of the request.
    const segment = feed.find(announced?.uri ?? options.uri, options.headers?.Range, announced?.start ?? undefined);
    // A page that has put another function in the place of VHS's gives our request to nobody.
    if (!segment || !engine.has(segment.key) || options.xhr || videojs.Vhs.xhr.original !== true) return;
    options.xhr = new P2PXhr({
      engine,
      segment,
      timeoutMs: options.timeout ?? 0,
      abandoned,
      createHost: () => new (videojs.xhr.XMLHttpRequest ?? XMLHttpRequest)(),
    });
    options.timeout = 0;
  };

  const hook: RequestHook = (options) => {
    const asked = withSiteHooks(videojs, vhs, hook, options);
    if (asked.requestType === 'segment') serve(asked);
    return asked;
  };

  const latencyS = () => {
    const { liveEdgeS } = feed;
    return liveEdgeS === undefined ? undefined : Math.max(0, liveEdgeS - media.currentTime);
  };

  engine.setContent(/^(https?:|\/|\.|[^:]*$)/i.test(src) ? { manifestUrl: new URL(src, location.href).href } : undefined);
  engine.setPlayback(() => playbackOf(media, { live: feed.live, latencyS: latencyS(), startS: feed.live ? seekableEndS(vhs) : undefined }));
  vhs.xhr.onRequest(hook);
  vhs.playlists.on('loadedplaylist', refresh);
  player.on('segmentloadstart', announce);

  return {
    latencyS,
    detach() {
      vhs.xhr.offRequest(hook);
      vhs.playlists.off('loadedplaylist', refresh);
      player.off('segmentloadstart', announce);
      engine.setContent(undefined);
    },
  };
}

/**
 * VHS calls a player's own hooks or else the whole site's (`xhr.js`): with ours, a player always has
 * one, and the site's (which may carry its authentication) would be passed over.
 */
function withSiteHooks({ Vhs }: VideojsWithVhs, vhs: VhsHandler, ours: RequestHook, options: RequestOptions): RequestOptions {
  // `beforeRequest`, the deprecated one, VHS puts among the player's by itself.
  const added = new Set([ours, vhs.xhr.beforeRequest, Vhs.xhr.beforeRequest]);
  const hasOwnHooks = [...(vhs.xhr._requestCallbackSet ?? [])].some((hook) => !added.has(hook));
  if (hasOwnHooks) return options;
  let asked = options;
  for (const hook of Vhs.xhr._requestCallbackSet ?? []) asked = hook(asked) ?? asked;
  return asked;
}

/** Where VHS begins to play live. */
function seekableEndS(vhs: VhsHandler): number {
  const seekable = vhs.seekable();
  return seekable.length > 0 ? seekable.end(seekable.length - 1) : 0;
}
