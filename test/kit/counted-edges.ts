import type { Handshake, Link, Platform } from '../../core/ports/index.ts';

/** What an engine holds open of the world, and how often it reached out. */
export class CountedEdges {
  timers = 0;
  handshakes = 0;
  links = 0;
  memberships = 0;
  requests = 0;
  stores = 0;
  watches = 0;
  /** Attempts to connect, ever. */
  connects = 0;
  /** Connections with trackers, ever. */
  joins = 0;
  /** Entries into a tracker's swarm, ever. */
  entries = 0;

  /** How many things of all kinds are open now. */
  get open(): number {
    return this.timers + this.handshakes + this.links + this.memberships + this.requests + this.stores + this.watches;
  }

  /** The platform, seen through this. */
  readonly around = (platform: Platform): Platform => ({
    ...platform,
    clock: {
      nowMs: () => platform.clock.nowMs(),
      after: (delayMs, task) => {
        const close = this.opened('timers');
        const cancel = platform.clock.after(delayMs, () => {
          close();
          task();
        });
        return () => {
          close();
          cancel();
        };
      },
    },
    http: {
      get: (request, handlers) => {
        const close = this.opened('requests');
        const open = platform.http.get(request, {
          ...handlers,
          head: (head) => handlers.head(head),
          bytes: (chunk) => handlers.bytes(chunk),
          done: () => (close(), handlers.done()),
          failed: (error) => (close(), handlers.failed(error)),
        });
        return { abort: () => (close(), open.abort()) };
      },
    },
    links: (rtcConfig) => {
      const links = platform.links(rtcConfig);
      return {
        supported: links.supported,
        connect: (options, handlers): Handshake => {
          this.connects++;
          const close = this.opened('handshakes');
          const handshake = links.connect(options, {
            signal: (data) => handlers.signal(data),
            opened: (link) => (close(), handlers.opened(this.linkAround(link))),
            failed: (reason) => (close(), handlers.failed(reason)),
          });
          return { signal: (data) => handshake.signal(data), cancel: () => (close(), handshake.cancel()) };
        },
      };
    },
    tracker: (urls) => {
      const tracker = platform.tracker(urls);
      return {
        join: (swarm, self, handlers) => {
          this.joins++;
          const close = this.opened('memberships');
          const membership = tracker.join(swarm, self, handlers);
          return {
            enter: () => (this.entries++, membership.enter()),
            announceSoon: (alone) => membership.announceSoon(alone),
            report: (totals) => membership.report(totals),
            leave: () => (close(), membership.leave()),
          };
        },
      };
    },
    store: () => {
      const store = platform.store();
      const close = this.opened('stores');
      return {
        put: (segment, index, bytes) => store.put(segment, index, bytes),
        get: (segment, index) => store.get(segment, index),
        remove: (segment) => store.remove(segment),
        close: () => (close(), store.close()),
      };
    },
    network: {
      metered: () => platform.network.metered(),
      watch: (changed) => {
        const close = this.opened('watches');
        const stop = platform.network.watch(changed);
        return () => (close(), stop());
      },
    },
  });

  private linkAround(link: Link): Link {
    const close = this.opened('links');
    return {
      maxFrameBytes: link.maxFrameBytes,
      send: (frame) => link.send(frame),
      bufferedBytes: () => link.bufferedBytes(),
      listen: (handlers) =>
        link.listen({ frame: (frame) => handlers.frame(frame), drained: () => handlers.drained(), closed: () => (close(), handlers.closed()) }),
      close: () => (close(), link.close()),
    };
  }

  /** @returns what marks it closed; calling that again does nothing. */
  private opened(kind: 'timers' | 'handshakes' | 'links' | 'memberships' | 'requests' | 'stores' | 'watches'): () => void {
    this[kind]++;
    let open = true;
    return () => {
      if (open) this[kind]--;
      open = false;
    };
  }
}
