/**
 * Plyr looks for captions that come with a manifest only where it was made with `captions.update`; it
 * always looks when one goes (`captions.js`, `setup`). So a player that a theme has made is told of a
 * new track as of one that went. @returns what ends it.
 */
export function announceCaptions({ textTracks }: HTMLVideoElement): () => void {
  const announce = () => textTracks.dispatchEvent(new Event('removetrack'));
  textTracks.addEventListener('addtrack', announce);
  return () => textTracks.removeEventListener('addtrack', announce);
}
