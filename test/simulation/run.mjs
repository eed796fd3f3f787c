// `npm run simulate -- --help`: the engine that ships, in swarms of 6 to 10,000 viewers, on a virtual clock.
import { writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { readOptions } from '../support/options.mjs';
import { bundleSimulation } from './bundle.mjs';
import { pool } from './pool.mjs';
import { simulate } from './simulate.mjs';

const HELP = `npm run simulate -- [options]
  --scenario <set>   small, size, large, scarce, segment, bitrate, slack, seed, vod, or all; several with commas
  --viewers <n>      100      --minutes <n>   5        --live | --vod
  --bitrate <Mbit/s> 2        --segment <s>   4        --slack <s>   6 (live)
  --upload <ratio>   3        mean upload, as a multiple of the bitrate
  --warm-up <s>      60       from when on the steady state is measured; all viewers have come after 20 s
  --churn <%/min>    10       viewers who leave and are replaced; --joins <%/min> for other newcomers
  --seeks <n/min>    0        --switches <n/min> 0     --loss <%>   0.2     --blocked <% of pairs> 15
  --origin <Mbit/s>  no limit --offers <n>    5        --seed <n>   1
  --no-plain         leaves out the paired run of the plain player
  --out <folder>     .cache/simulation/out
  --threads <n>      that one simulation is divided among; the result does not depend on it. Default: number of cores, with
                     fewer than 50 viewers 1, and always 1 with --origin, whose rate all viewers share
  --jobs <n>         simulations at a time: as many as the cores have room for with their threads
  --profile          writes a CPU profile of each simulation into the folder`;

const root = fileURLToPath(new URL('../..', import.meta.url));

const number = { type: 'string' };
const values = readOptions(HELP, {
  scenario: { type: 'string' }, viewers: number, minutes: number, 'warm-up': number, live: { type: 'boolean' }, vod: { type: 'boolean' }, bitrate: number,
  segment: number, slack: number, upload: number, churn: number, joins: number, seeks: number, switches: number, loss: number, blocked: number,
  origin: number, offers: number, seed: number, 'no-plain': { type: 'boolean' }, out: { type: 'string' }, jobs: number, threads: number,
  profile: { type: 'boolean' },
});

/** The members of a scenario that were given, in its own units. */
function overrides() {
  const given = {};
  const take = (option, member, unit = 1) => {
    if (values[option] === undefined) return;
    const value = Number(values[option]);
    if (!Number.isFinite(value) || value < 0) throw new RangeError(`--${option} ${values[option]}: not a number`);
    given[member] = value * unit;
  };
  for (const member of ['viewers', 'minutes', 'seed']) take(member, member);
  if (values.live || values.vod) given.live = !values.vod;
  take('warm-up', 'warmUpS');
  take('bitrate', 'bitrateBps', 1e6);
  take('segment', 'segmentS');
  take('slack', 'slackS');
  take('upload', 'uploadRatio');
  take('churn', 'leavePerMinute', 0.01);
  take('churn', 'joinPerMinute', 0.01);
  take('joins', 'joinPerMinute', 0.01);
  take('seeks', 'seeksPerMinute');
  take('switches', 'switchesPerMinute');
  take('loss', 'lossRate', 0.01);
  take('blocked', 'blockedPairs', 0.01);
  take('origin', 'originRateBps', 1e6);
  take('offers', 'trackerOffers');
  return given;
}

/** With few viewers threads would wait for each other most of the time. */
function threadsOf({ originRateBps, viewers }) {
  if (originRateBps !== Infinity) return 1;
  return values.threads === undefined ? (viewers < 50 ? 1 : availableParallelism()) : Math.max(1, Math.floor(Number(values.threads)) || 1);
}

/** One line on what is being simulated, written over where that is possible, else every half minute. */
function progressLine() {
  const running = new Map();
  const write = () => {
    const parts = [...running].map(([name, text]) => `${name}: ${text}`);
    if (parts.length === 0) return;
    process.stderr.write(process.stderr.isTTY ? `\r\x1b[K${parts.join(' | ').slice(0, process.stderr.columns - 1)}` : `${parts.join(' | ')}\n`);
  };
  const timer = setInterval(write, process.stderr.isTTY ? 1_000 : 30_000);
  return {
    told: (name, { simulatedMs, viewers }, minutes) => running.set(name, `${Math.round(simulatedMs / 1000)} of ${minutes * 60} s, ${viewers} viewers`),
    ended: (name) => running.delete(name),
    stop: () => clearInterval(timer),
  };
}

async function main() {
  const out = path.resolve(values.out ?? path.join(root, '.cache/simulation/out'));
  const bundle = await bundleSimulation(out);
  const { plots, scenariosOf, table } = await import(pathToFileURL(bundle).href);
  const line = progressLine();
  const jobs = scenariosOf(values.scenario, overrides()).flatMap((scenario) =>
    (values['no-plain'] ? [true] : [true, false]).map((p2p) => {
      const name = `${scenario.name}${p2p ? '' : ' (plain)'}`;
      const threads = threadsOf(scenario);
      const run = async () => {
        const job = { bundle, scenario, p2p, threads, ...(values.profile && p2p ? { profileFolder: out } : {}) };
        const result = await simulate(job, (progress) => line.told(name, progress, scenario.minutes));
        line.ended(name);
        return { scenario, p2p, ...result };
      };
      return { threads, run };
    }),
  );
  const results = await pool(jobs, availableParallelism(), Number(values.jobs ?? Infinity));
  line.stop();
  const outcomes = results
    .filter(({ p2p }) => p2p)
    .map(({ scenario, figures, effort }) => ({
      scenario,
      p2p: figures,
      plain: results.find((other) => other.scenario === scenario && !other.p2p)?.figures,
      effort,
    }));
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  console.log(table(outcomes));
  await writeFile(path.join(out, 'figures.json'), `${JSON.stringify(outcomes, null, 2)}\n`);
  await writeFile(path.join(out, 'figures.svg'), plots(outcomes));
  console.log(`\n${path.relative(process.cwd(), out)}: figures.json, figures.svg`);
}

try {
  await main();
} catch (error) {
  // What was asked for is wrong, and the message says how: where in this file says nothing more.
  if (!(error instanceof RangeError)) throw error;
  console.error(error.message);
  process.exit(1);
}
