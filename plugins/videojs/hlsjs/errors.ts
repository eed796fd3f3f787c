import type Hls from 'hls.js';
import type { ErrorData } from 'hls.js';
import type { PlayerSide } from '../playback.ts';

/** hls.js may mend a media error this often, in ms; when it fails again sooner, it is not mended. */
const RECOVERY_PERIOD_MS = 5000;

/** Shows fatal errors of hls.js as the player's own; the others hls.js deals with. */
export function bindErrors(hls: Hls, fail: PlayerSide['fail']): () => void {
  const { Events, ErrorTypes, ErrorDetails } = hls.constructor as typeof Hls;
  let recoveredAtMs = -Infinity;
  const onError = (_event: string, { fatal, type, details, error }: ErrorData) => {
    if (!fatal) return;
    const nowMs = performance.now();
    if (type === ErrorTypes.MEDIA_ERROR && nowMs - recoveredAtMs > RECOVERY_PERIOD_MS && hls.media?.readyState) {
      // What hls.js recommends (its API documentation, "Fatal Error Recovery").
      recoveredAtMs = nowMs;
      hls.recoverMediaError();
      return;
    }
    const unsupported =
      details === ErrorDetails.MANIFEST_PARSING_ERROR || details === ErrorDetails.MANIFEST_INCOMPATIBLE_CODECS_ERROR;
    fail(unsupported ? 4 : type === ErrorTypes.NETWORK_ERROR ? 2 : 3, `${details}: ${error.message}`);
  };
  hls.on(Events.ERROR, onError);
  return () => hls.off(Events.ERROR, onError);
}
