// A live DASH stream out of the recorded one: each loop of it is a Period, its segments appear one by one. They have
// the names they have on demand, below a folder for each loop.
import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** How far one can seek back, in seconds. */
const WINDOW_SECONDS = 32;
const REFRESH_SECONDS = 2;
/** Before the first segments of video and audio are whole, a Period would be empty. */
const FIRST_SECONDS = 4;

export class LiveDash {
  #folder;
  #startedAt;
  #recorded;

  /** @param {{ folder: string, startedAt: number }} options folder: of a stream with SegmentTimeline; startedAt: in ms since 1970 */
  constructor({ folder, startedAt }) {
    this.#folder = folder;
    this.#startedAt = startedAt;
  }

  /** @returns {Promise<string>} the MPD of this moment */
  async manifest() {
    this.#recorded ??= await readRecorded(path.join(this.#folder, 'manifest.mpd'));
    const { loopSeconds, period } = this.#recorded;
    const age = (Date.now() - this.#startedAt) / 1000;
    const firstLoop = Math.max(0, Math.floor((age - WINDOW_SECONDS) / loopSeconds));
    const lastLoop = Math.floor(age / loopSeconds);
    const periods = Array.from({ length: lastLoop - firstLoop + 1 }, (_, index) => firstLoop + index)
      .map((loop) => ({ loop, seconds: age - loop * loopSeconds }))
      .filter(({ seconds }) => seconds >= FIRST_SECONDS)
      .map(({ loop, seconds }) => `<Period id="${loop}" start="PT${loop * loopSeconds}S"><BaseURL>${loop}/</BaseURL>${availableAfter(period, seconds)}</Period>`);
    return [
      '<?xml version="1.0" encoding="utf-8"?>',
      '<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" profiles="urn:mpeg:dash:profile:isoff-live:2011" type="dynamic"',
      ` availabilityStartTime="${new Date(this.#startedAt).toISOString()}" publishTime="${new Date().toISOString()}"`,
      ` minimumUpdatePeriod="PT${REFRESH_SECONDS}S" timeShiftBufferDepth="PT${WINDOW_SECONDS}S" suggestedPresentationDelay="PT12S" minBufferTime="PT4S">`,
      '<BaseURL>dash/</BaseURL>',
      ...periods,
      `<UTCTiming schemeIdUri="urn:mpeg:dash:utc:direct:2014" value="${new Date().toISOString()}" />`,
      '</MPD>',
      '',
    ].join('\n');
  }
}

async function readRecorded(file) {
  const mpd = await readFile(file, 'utf8');
  const loopSeconds = Number(/mediaPresentationDuration="PT([\d.]+)S"/.exec(mpd)[1]);
  const [, period] = /<Period[^>]*>([\s\S]*)<\/Period>/.exec(mpd);
  // Captions are of the recording, and would be wrong in its second loop.
  return { loopSeconds, period: period.replace(/<AdaptationSet contentType="text"[\s\S]*?<\/AdaptationSet>/g, '') };
}

/** The Period's content with only the segments that are whole so many seconds after its start. */
function availableAfter(period, seconds) {
  return period.replace(/<SegmentTemplate timescale="(\d+)"[\s\S]*?<\/SegmentTemplate>/g, (template, timescale) => {
    let end = 0;
    const lines = [...template.matchAll(/<S(?: t="\d+")? d="(\d+)"(?: r="(\d+)")?/g)]
      .flatMap(([, duration, repeats = 0]) => Array(Number(repeats) + 1).fill(Number(duration)))
      .map((duration) => ({ start: end, duration, end: (end += duration) }))
      .filter((segment) => segment.end / Number(timescale) <= seconds)
      .map(({ start, duration }) => `<S t="${start}" d="${duration}" />`);
    return template.replace(/<SegmentTimeline>[\s\S]*<\/SegmentTimeline>/, `<SegmentTimeline>${lines.join('')}</SegmentTimeline>`);
  });
}
