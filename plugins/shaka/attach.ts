import { P2PEngine } from '../../core/index.ts';
import type { P2PConfig } from '../../core/index.ts';
import { ShakaBinding } from './binding.ts';
import type { Shaka, ShakaPlayer } from './host.ts';

/**
 * Adds P2P to a Shaka player (4.3 to 5), for DASH and HLS. Call it before `load()`:
 *
 *     const player = new shaka.Player();
 *     await player.attach(video);
 *     const p2p = attachP2P(player, shaka, { upload: { maxKbps: 2000 } });
 *     await player.load(url);
 *     p2p.getStats();
 *
 * @param shaka the namespace that the player is from.
 * @returns the player's engine; `destroy()` detaches it, and the player plays on without P2P. Destroying
 *   the player destroys it, too.
 * @throws ConfigError for a configuration that is not right.
 */
export function attachP2P(player: ShakaPlayer, shaka: Shaka, config: P2PConfig = {}): P2PEngine {
  return new AttachedEngine(player, shaka, config);
}

/** Joins an engine that the caller keeps to a Shaka player. @returns what takes them apart again. */
export function bindShaka(player: ShakaPlayer, shaka: Shaka, engine: P2PEngine): () => void {
  const release = () => {
    binding.release();
    engine.setContent(undefined);
  };
  const binding = new ShakaBinding(player, shaka, engine, () => binding.release());
  return release;
}

class AttachedEngine extends P2PEngine {
  private readonly binding: ShakaBinding;

  constructor(player: ShakaPlayer, shaka: Shaka, config: P2PConfig) {
    super(config);
    this.binding = new ShakaBinding(player, shaka, this, () => void this.destroy());
  }

  override destroy(): Promise<void> {
    this.binding.release();
    return super.destroy();
  }
}
