/**
 * Shaka lets go of a media element only after a while, and then takes away whatever source it has
 * (`player.js`, `unload_`), be it the next one's. Video.js keeps one element for all sources.
 */
const leaving = new WeakMap<HTMLMediaElement, Promise<void>>();

/** Resolves when no Shaka player holds the element any more. */
export async function freed(media: HTMLMediaElement): Promise<void> {
  await leaving.get(media);
}

/** Ends a player; what the page gives the element meanwhile, it has again afterwards. */
export function leave(media: HTMLMediaElement, destroy: () => Promise<unknown>): void {
  const source = media.src;
  const end = async () => {
    const destroyed = destroy();
    // The next source is set in the same task.
    await Promise.resolve();
    const next = media.src;
    await destroyed;
    if (!next || next === source || media.src) return;
    const wasToPlay = media.autoplay || !media.paused;
    media.src = next;
    if (wasToPlay) media.play().catch(() => undefined);
  };
  const left = end().catch(() => undefined);
  leaving.set(media, left);
}
