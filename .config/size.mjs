// Prints what each entry costs a page and fails when one has outgrown its budget.
import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { entries } from './entries.mjs';

const root = new URL('../', import.meta.url);
const budget = JSON.parse(await readFile(new URL('.config/size-budget.json', root), 'utf8'));
const kB = (bytes) => bytes / 1000;

const rows = await Promise.all(
  entries.map(async ({ name }) => {
    const code = await readFile(new URL(`dist/umd/${name}.js`, root));
    return { name, min: kB(code.length), gzip: kB(gzipSync(code, { level: 9 }).length), limit: budget[name] };
  }),
);

console.log('entry        min kB  gzip kB   budget');
for (const { name, min, gzip, limit } of rows) {
  const verdict = limit === undefined ? 'no budget' : gzip > limit ? 'TOO BIG' : '';
  console.log(`${name.padEnd(10)}${min.toFixed(1).padStart(9)}${gzip.toFixed(1).padStart(9)}${String(limit ?? '-').padStart(9)}  ${verdict}`);
}
if (rows.some(({ gzip, limit }) => limit === undefined || gzip > limit)) process.exitCode = 1;
