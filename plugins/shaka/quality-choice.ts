/** A video track as `getVideoTracks()` tells of it. */
interface VideoTrack {
  readonly width: number | null;
  readonly height: number | null;
  /** In bit/s. */
  readonly bandwidth: number;
}

/** A video track with one of the sound tracks. */
interface VariantTrack {
  readonly width: number | null;
  readonly height: number | null;
  /** Of both, in bit/s. */
  readonly bandwidth: number;
  readonly videoBandwidth: number | null;
}

/** What is used of a Shaka player (4.16 or 5) to have it play this quality or that. */
export interface QualityPlayer<Track extends VideoTrack> {
  getConfiguration(): { readonly abr: { readonly restrictions: object }; readonly preferredVideo?: unknown };
  configure(config: object): unknown;
  getVariantTracks(): readonly VariantTrack[];
  selectVideoTrack(track: Track): void;
}

/**
 * Which qualities Shaka plays, chosen by hand. From 5.1 on it is told the bounds of its own choice, which
 * it makes at once (`abr/simple_abr_manager.js`, `enable`), and keeps what it has buffered. A track that is
 * selected would bind it for longer than that: it takes its very codec (`avc1.4d400b`, profile and level)
 * for a preference, and afterwards adapts among the tracks of that codec only, often that one alone
 * (`player.js`, `selectVariantTrack`; `media/preference_based_criteria.js`).
 */
export class QualityChoice<Track extends VideoTrack> {
  /** The page's own. */
  private restrictions: object | undefined;

  constructor(private readonly player: QualityPlayer<Track>) {}

  /** @param tracks among which Shaka adapts; with one, that is played. `undefined`: all that the page allows. */
  set(tracks: readonly Track[] | undefined): void {
    const { player } = this;
    const { abr, preferredVideo } = player.getConfiguration();
    this.restrictions ??= abr.restrictions;
    const [only, ...others] = tracks ?? [];
    // An older Shaka would take its time to come to it, and has no preference to forget.
    const selects = only !== undefined && others.length === 0 && preferredVideo === undefined;
    const restrictions = tracks && !selects ? { ...this.restrictions, ...boundsOf(tracks, player.getVariantTracks()) } : this.restrictions;
    player.configure({ abr: { enabled: !selects, restrictions } });
    if (selects) player.selectVideoTrack(only);
  }
}

/** Shaka bounds the bandwidth of picture and sound together. */
function boundsOf(tracks: readonly VideoTrack[], variants: readonly VariantTrack[]): object {
  const allowed = variants.filter((variant) =>
    tracks.some(
      ({ width, height, bandwidth }) => variant.width === width && variant.height === height && (variant.videoBandwidth || variant.bandwidth) === bandwidth,
    ),
  );
  const range = (values: readonly number[]) => ({ min: Math.min(...values), max: Math.max(...values) });
  const heights = range(tracks.map(({ height }) => height ?? 0));
  const bandwidths = range((allowed.length > 0 ? allowed : tracks).map(({ bandwidth }) => bandwidth));
  return { minHeight: heights.min, maxHeight: heights.max || Infinity, minBandwidth: bandwidths.min, maxBandwidth: bandwidths.max };
}
