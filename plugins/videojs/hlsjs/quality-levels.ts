import type Hls from 'hls.js';
import type { Level } from 'hls.js';
import type { QualityLevel, QualityLevelList } from '../host.ts';

/**
 * Shows hls.js's levels as `player.qualityLevels()`, which quality menus are built on. Those switch
 * levels on and off; hls.js knows one level by hand, or all between a lowest and a highest:
 * - one enabled: that one is played;
 * - more: hls.js chooses between the lowest and the highest of them.
 */
export function bindQualityLevels(hls: Hls, list: QualityLevelList): () => void {
  const { Events } = hls.constructor as typeof Hls;
  const minAutoBitrate = hls.config.minAutoBitrate;
  const added = new Map<Level, QualityLevel>();
  const enabled = new Set<Level>();
  let applying = false;

  const apply = () => {
    applying = false;
    const indexes = hls.levels.flatMap((level, index) => (enabled.has(level) ? [index] : []));
    const [lowest] = indexes;
    const highest = indexes.at(-1);
    const all = indexes.length === hls.levels.length;
    if (lowest === undefined || highest === undefined) return;
    hls.config.minAutoBitrate = all ? minAutoBitrate : Math.max(minAutoBitrate, (hls.levels[lowest]?.maxBitrate ?? 0) - 1);
    hls.autoLevelCapping = all ? -1 : highest;
    hls.nextLevel = lowest === highest && !all ? lowest : -1;
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
    for (const [level, shown] of added) {
      if (hls.levels.includes(level)) continue;
      list.removeQualityLevel(shown);
      added.delete(level);
      enabled.delete(level);
    }
    hls.levels.forEach((level, index) => {
      if (added.has(level)) return;
      enabled.add(level);
      const shown = list.addQualityLevel({
        id: `${index}-${level.name || level.bitrate}`,
        width: level.width || undefined,
        height: level.height || undefined,
        bandwidth: level.bitrate,
        frameRate: level.frameRate || undefined,
        enabled: (enable) => {
          if (enable === undefined || enable === enabled.has(level)) return enabled.has(level);
          if (enable) enabled.add(level);
          else enabled.delete(level);
          applySoon();
          return enable;
        },
      });
      added.set(level, shown);
    });
  };

  const select = () => {
    const level = hls.levels[hls.currentLevel];
    const shown = level && added.get(level);
    const selectedIndex = Array.from({ length: list.length }, (_, index) => list[index]).indexOf(shown);
    if (selectedIndex < 0 || selectedIndex === list.selectedIndex_) return;
    list.selectedIndex_ = selectedIndex;
    list.trigger({ type: 'change', selectedIndex });
  };

  hls.on(Events.MANIFEST_PARSED, update);
  hls.on(Events.LEVELS_UPDATED, update);
  hls.on(Events.LEVEL_SWITCHED, select);
  return () => {
    applying = false;
    hls.off(Events.MANIFEST_PARSED, update);
    hls.off(Events.LEVELS_UPDATED, update);
    hls.off(Events.LEVEL_SWITCHED, select);
    for (const shown of added.values()) list.removeQualityLevel(shown);
  };
}
