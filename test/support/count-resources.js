// Counts what Playswarm's own code holds open in this page, for the test that destroy() leaves nothing behind.
// Loaded before everything else; what others in the page open (hls.js, the test) is told apart by the call stack.
{
  // Not the `dist` of a library below /vendor/.
  const OURS = /\/\/[^/]+\/dist\//;
  /** The line that called, not all that led there: a host's own work in a base class of ours is the host's. */
  const caller = () => (new Error().stack ?? '').split('\n').find((line) => line.includes('//') && !line.includes('count-resources.js'));
  const ours = () => OURS.test(caller() ?? '');
  const open = { timers: new Set(), sockets: new Set(), connections: new Set(), listeners: new Map() };

  for (const [start, stop] of [['setTimeout', 'clearTimeout'], ['setInterval', 'clearInterval']]) {
    const [reallyStart, reallyStop] = [window[start], window[stop]];
    window[start] = (callback, ms, ...args) => {
      if (!ours()) return reallyStart(callback, ms, ...args);
      const id = reallyStart((...given) => {
        if (start === 'setTimeout') open.timers.delete(id);
        callback(...given);
      }, ms, ...args);
      open.timers.add(id);
      return id;
    };
    window[stop] = (id) => {
      open.timers.delete(id);
      reallyStop(id);
    };
  }

  const counted = (Class, set) =>
    new Proxy(Class, {
      construct(target, args, newTarget) {
        const made = Reflect.construct(target, args, newTarget);
        if (ours()) set.add(made);
        return made;
      },
    });
  window.WebSocket = counted(WebSocket, open.sockets);
  // A test may have taken it away.
  if (window.RTCPeerConnection) window.RTCPeerConnection = counted(window.RTCPeerConnection, open.connections);

  // Listeners on things that outlive the engine; those on its own objects go with them.
  const outlives = (target) => [window, document, navigator.connection].includes(target) || target instanceof HTMLElement;
  const { addEventListener, removeEventListener } = EventTarget.prototype;
  const targetOf = (target) => target ?? window;
  EventTarget.prototype.addEventListener = function (type, listener, options) {
    const target = targetOf(this);
    if (listener && outlives(target) && ours()) {
      const key = { target, type, listener };
      open.listeners.set(listener, key);
      options?.signal?.addEventListener('abort', () => open.listeners.delete(listener), { once: true });
    }
    return addEventListener.call(target, type, listener, options);
  };
  EventTarget.prototype.removeEventListener = function (type, listener, options) {
    open.listeners.delete(listener);
    return removeEventListener.call(targetOf(this), type, listener, options);
  };

  window.openResources = () => ({
    timers: open.timers.size,
    sockets: [...open.sockets].filter(({ readyState }) => readyState < 2).length,
    connections: [...open.connections].filter(({ signalingState }) => signalingState !== 'closed').length,
    // What was thrown away takes its listeners along.
    listeners: [...open.listeners.values()].filter(({ target }) => !(target instanceof HTMLElement) || target.isConnected).length,
  });
}
