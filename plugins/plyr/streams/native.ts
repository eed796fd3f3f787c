import type { Stream } from './stream.ts';

/** A stream that the browser plays by itself, without Media Source Extensions: there is nothing to share. */
export class NativeStream implements Stream {
  constructor(private readonly media: HTMLVideoElement, src: string) {
    media.src = src;
  }

  heights() {
    return [];
  }

  selectHeight(): void {}

  latencyS() {
    return undefined;
  }

  close(): void {
    this.media.removeAttribute('src');
  }
}
