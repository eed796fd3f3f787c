// Whose work the tasks of a page's main thread are, from a Chromium trace with CPU samples.

/** Innermost frame of these first: the engine calls the player back, and the player calls the engine. */
const OWNERS = [
  { owner: 'engine', of: (url) => /\/dist\/(?!hls)/.test(url) && !url.includes('/vendor/') },
  { owner: 'player', of: (url) => url.includes('/vendor/') },
  { owner: 'page', of: (url) => /^https?:/.test(url) },
];

const ownerOf = (url) => OWNERS.find(({ of }) => of(url))?.owner;

/** @returns the process and thread of the page whose frame has this address */
function mainThread(events, address) {
  const committed = events.find(({ name, args }) => name === 'FrameCommittedInBrowser' && args.data?.url?.startsWith(address) && args.data.processId);
  const inProcess = (pid) => events.find((event) => event.name === 'thread_name' && event.pid === pid && event.args.name === 'CrRendererMain');
  const started = committed ? undefined : events.find(({ name, args }) => name === 'TracingStartedInBrowser' && args.data?.frames?.some(({ url }) => url?.startsWith(address)));
  const pid = committed?.args.data.processId ?? started?.args.data.frames.find(({ url }) => url?.startsWith(address)).processId;
  const found = inProcess(pid);
  if (!found) throw new Error(`the trace has no main thread of ${address}`);
  return { pid, tid: found.tid };
}

/** @returns the samples of that thread in order: when each ends, how long it was, and whose it is; all in microseconds */
function samplesOf(events, { pid, tid }) {
  const profile = events.find((event) => event.name === 'Profile' && event.pid === pid && event.tid === tid);
  if (!profile) throw new Error('the trace has no CPU profile of the main thread');
  const owners = new Map();
  const samples = [];
  let atUs = profile.args.data.startTime;
  for (const { args } of events.filter((event) => event.name === 'ProfileChunk' && event.pid === pid && event.id === profile.id)) {
    const { cpuProfile, timeDeltas = [] } = args.data;
    for (const { id, parent, callFrame } of cpuProfile?.nodes ?? []) {
      // What the browser does on behalf of a script is that script's.
      const own = callFrame.functionName === '(idle)' ? 'idle' : ownerOf(callFrame.url ?? '');
      const named = own ? `${callFrame.functionName || '(anonymous)'}:${callFrame.lineNumber + 1}:${callFrame.columnNumber + 1}` : undefined;
      const above = owners.get(parent);
      owners.set(id, { owner: own ?? above?.owner ?? 'browser', name: named ?? above?.name ?? callFrame.functionName, leaf: callFrame.functionName });
    }
    (cpuProfile?.samples ?? []).forEach((id, index) => {
      atUs += timeDeltas[index];
      samples.push({ endUs: atUs, us: timeDeltas[index], ...owners.get(id) });
    });
  }
  return samples.sort((a, b) => a.endUs - b.endUs);
}

/**
 * @param {object[]} events of a trace  @param {string} address what the page's address begins with
 * @returns {{ seconds: number, tasks: { startUs: number, ms: number, cpuMs: number, by: Record<string, number>, names: Map<string, number> }[] }}
 *   tasks of the page's main thread, each with the milliseconds that are each owner's
 */
export function attribute(events, address) {
  const thread = mainThread(events, address);
  const tasks = events
    .filter(({ name, ph, pid, tid }) => name === 'RunTask' && ph === 'X' && pid === thread.pid && tid === thread.tid)
    .sort((a, b) => a.ts - b.ts)
    .map(({ ts, dur, tdur = dur }) => ({ startUs: ts, endUs: ts + dur, ms: dur / 1000, cpuMs: tdur / 1000, by: {}, names: new Map() }));
  const samples = samplesOf(events, thread);
  let index = 0;
  for (const task of tasks) {
    while (index < samples.length && samples[index].endUs <= task.startUs) index++;
    for (; index < samples.length; index++) {
      const { endUs, us, owner, name } = samples[index];
      const insideUs = Math.min(endUs, task.endUs) - Math.max(endUs - us, task.startUs);
      if (insideUs > 0) {
        task.by[owner] = (task.by[owner] ?? 0) + insideUs / 1000;
        if (owner === 'engine') task.names.set(name, (task.names.get(name) ?? 0) + insideUs / 1000);
      }
      if (endUs > task.endUs) break;
    }
  }
  const seconds = tasks.length > 0 ? (tasks.at(-1).endUs - tasks[0].startUs) / 1e6 : 0;
  return { seconds, tasks };
}
