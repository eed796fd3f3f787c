/** Where the origin of the browser tests is; see karma.conf.cjs. */
export const origin = (window as unknown as { __karma__: { config: { playswarm: { origin: string } } } }).__karma__.config.playswarm.origin;

/** Resolves when `condition` holds; rejects with `what` after `seconds`. */
export async function until(condition: () => boolean, what: string, seconds = 12): Promise<void> {
  const endMs = performance.now() + seconds * 1000;
  while (!condition()) {
    if (performance.now() > endMs) throw new Error(`not within ${seconds} s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export function makeVideo(): HTMLVideoElement {
  const video = document.createElement('video');
  video.muted = true;
  document.body.append(video);
  return video;
}

/** The address of a text that no server has. */
export function textUrl(text: string): string {
  return URL.createObjectURL(new Blob([text]));
}
