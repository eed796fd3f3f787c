/** What is used of a Shaka player to give its choice back. */
export interface AdaptivePlayer {
  /** @returns a copy. */
  getConfiguration(): { readonly preferredVideo?: readonly object[] | undefined };
  configure(config: object): unknown;
  getVideoTracks(): readonly { readonly codecs?: string | null }[];
}

/**
 * Has Shaka choose among all qualities again, after one was chosen by hand.
 *
 * To enable its ABR is not enough from 5.1 on: with the track by hand Shaka takes its very codec
 * (`avc1.4d400b`, profile and level) for a preference, and adapts among the tracks of that codec only,
 * often that one alone (`player.js`, `selectVariantTrack`; `media/preference_based_criteria.js`). It
 * goes back to the page's preferences when these change, and starts the buffer anew: so they change
 * only where it matters, by an empty one at their end, which prefers nothing.
 */
export function adaptAgain(player: AdaptivePlayer): void {
  player.configure({ abr: { enabled: true } });
  const { preferredVideo } = player.getConfiguration();
  const codecs = new Set(player.getVideoTracks().map((track) => track.codecs));
  if (!preferredVideo || codecs.size < 2) return;
  const last = preferredVideo.at(-1);
  const endsEmpty = last !== undefined && Object.values(last).every((value) => !value);
  player.configure({ preferredVideo: endsEmpty ? preferredVideo.slice(0, -1) : [...preferredVideo, {}] });
}
