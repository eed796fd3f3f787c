// What a viewer sees, read from the media element whatever the player: a player may change its element at any time.

export class Watch {
  #video;
  #seen = new WeakSet();
  #firstFrameMs;
  #startedAt = performance.now();
  #stalls = 0;
  #ends = 0;
  #stalled = false;

  /** @param {() => HTMLVideoElement | undefined} video */
  constructor(video) {
    this.#video = video;
    this.#follow();
  }

  metrics() {
    const video = this.#follow();
    if (!video) return { positionS: 0, fatal: [] };
    const { buffered, currentTime, videoHeight, paused } = video;
    return {
      firstFrameMs: this.#firstFrameMs,
      stalls: this.#stalls,
      ends: this.#ends,
      positionS: currentTime,
      bufferedS: buffered.length > 0 ? buffered.end(buffered.length - 1) - currentTime : 0,
      height: videoHeight,
      paused,
      fatal: video.error ? [video.error.message] : [],
    };
  }

  #follow() {
    const video = this.#video();
    if (!video || this.#seen.has(video)) return video;
    this.#seen.add(video);
    const on = (event, listener) => video.addEventListener(event, listener);
    on('playing', () => {
      this.#firstFrameMs ??= performance.now() - this.#startedAt;
      this.#stalled = false;
    });
    on('waiting', () => {
      if (this.#firstFrameMs === undefined || video.seeking || video.ended || this.#stalled) return;
      this.#stalled = true;
      this.#stalls += 1;
    });
    on('ended', () => (this.#ends += 1));
    return video;
  }
}
