import type shaka from 'shaka-player';
import { QualityChoice } from '../../shaka/index.ts';
import type { QualityLevel, QualityLevelList } from '../host.ts';

/**
 * Shows Shaka's video tracks as `player.qualityLevels()`, which quality menus are built on. Those switch
 * levels on and off; of several that are on Shaka chooses between the lowest and the highest.
 */
export function bindQualityLevels(player: shaka.Player, list: QualityLevelList): () => void {
  const added = new Map<string, QualityLevel>();
  const choice = new QualityChoice(player);
  const disabled = new Set<string>();
  let applying = false;

  const apply = () => {
    applying = false;
    const enabled = player.getVideoTracks().filter((track) => !disabled.has(nameOf(track)));
    if (enabled.length > 0) choice.set(disabled.size === 0 ? undefined : enabled);
  };

  /** Menus switch the levels one after the other: act on the last state, once. */
  const applySoon = () => {
    if (applying) return;
    applying = true;
    queueMicrotask(() => {
      if (applying) apply();
    });
  };

  const update = () => {
    for (const track of player.getVideoTracks().sort((a, b) => a.bandwidth - b.bandwidth)) {
      const name = nameOf(track);
      if (added.has(name)) continue;
      const level = list.addQualityLevel({
        id: name,
        width: track.width ?? undefined,
        height: track.height ?? undefined,
        bandwidth: track.bandwidth,
        frameRate: track.frameRate ?? undefined,
        enabled: (enable) => {
          if (enable === undefined || enable !== disabled.has(name)) return !disabled.has(name);
          if (enable) disabled.delete(name);
          else disabled.add(name);
          applySoon();
          return enable;
        },
      });
      added.set(name, level);
    }
    select();
  };

  const select = () => {
    const active = player.getVideoTracks().find((track) => track.active);
    const shown = active && added.get(nameOf(active));
    const selectedIndex = Array.from({ length: list.length }, (_, index) => list[index]).indexOf(shown);
    if (selectedIndex < 0 || selectedIndex === list.selectedIndex_) return;
    list.selectedIndex_ = selectedIndex;
    list.trigger({ type: 'change', selectedIndex });
  };

  player.addEventListener('trackschanged', update);
  player.addEventListener('adaptation', select);
  player.addEventListener('variantchanged', select);
  return () => {
    applying = false;
    player.removeEventListener('trackschanged', update);
    player.removeEventListener('adaptation', select);
    player.removeEventListener('variantchanged', select);
    for (const level of added.values()) list.removeQualityLevel(level);
  };
}

/** Shaka makes new objects each time, without an id (`util/stream_utils.js`, `getVideoTracks`). */
function nameOf({ width, height, bandwidth, codecs }: shaka.extern.VideoTrack): string {
  return [width, height, bandwidth, codecs].join('-');
}
