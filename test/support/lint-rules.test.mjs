// The rules that keep the architecture are worth nothing unless they bite: each is shown good and bad code.
import assert from 'node:assert/strict';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, before, test } from 'node:test';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';

const root = fileURLToPath(new URL('../..', import.meta.url));
const overrideConfigFile = path.join(root, '.config/eslint.config.mjs');
// The files are not on disk, so rules that need types have nothing to read.
const withoutTypes = { files: ['**/*.ts'], ...tseslint.configs.disableTypeChecked };
const eslint = new ESLint({ cwd: root, overrideConfigFile, overrideConfig: [withoutTypes] });

const ARCHITECTURE = ['playswarm/room-arrows', 'no-restricted-globals', 'no-restricted-properties'];

async function complaints(filePath, code) {
  const [result] = await eslint.lintText(code, { filePath: path.join(root, filePath) });
  const broken = result.messages.find((message) => message.fatal);
  assert.equal(broken, undefined, broken?.message);
  return result.messages.filter((message) => ARCHITECTURE.includes(message.ruleId));
}

const imports = (specifier) => `import { x } from '${specifier}';\nexport const y = x;\n`;

const allowed = [
  ['core/model/piece.ts', imports('./ids.ts')],
  ['core/wire/frame.ts', imports('../model/piece.ts')],
  ['core/engine/decide.ts', imports('../model/index.ts')],
  ['core/ports/clock.ts', imports('../model/index.ts')],
  ['core/runtime/session.ts', imports('../engine/decide.ts')],
  ['core/runtime/session.ts', imports('../wire/frame.ts')],
  ['core/adapters/links.ts', imports('simple-peer/lite.js')],
  ['core/adapters/clock.ts', 'export const now = () => performance.now() + Date.now() + Math.random();'],
  ['core/config.ts', imports('./model/index.ts')],
  ['core/index.ts', imports('./adapters/links.ts')],
  ['plugins/bridge/track.ts', imports('../../core/index.ts')],
  ['plugins/hlsjs/loader.ts', imports('../bridge/track.ts')],
  ['plugins/hlsjs/loader.ts', "import type Hls from 'hls.js';\nexport type X = Hls;"],
  ['plugins/videojs/index.ts', imports('../hlsjs/index.ts')],
  ['plugins/videojs/index.ts', imports('../menu/index.ts')],
  ['plugins/videojs/index.ts', imports('../menu-dom/index.ts')],
  ['plugins/menu-dom/draw.ts', imports('../menu/index.ts')],
  ['plugins/menu-dom/draw.ts', 'export const width = document.body.clientWidth;'],
  ['plugins/videojs/index.ts', 'export const width = window.innerWidth;'],
  ['core/engine/shadow.ts', 'export const late = (performance: number) => performance + 1;'],
];

const forbidden = [
  ['core/model/piece.ts', imports('../wire/frame.ts')],
  ['core/model/piece.ts', imports('events')],
  ['core/wire/frame.ts', imports('../engine/decide.ts')],
  ['core/engine/decide.ts', imports('../runtime/session.ts')],
  ['core/engine/decide.ts', imports('../ports/clock.ts')],
  ['core/engine/decide.ts', "export * from '../ports/clock.ts';"],
  ['core/engine/decide.ts', "export const late = () => import('../adapters/clock.ts');"],
  ['core/engine/decide.ts', "export type Link = import('../ports/links.ts').Link;"],
  ['core/ports/clock.ts', imports('../engine/decide.ts')],
  ['core/runtime/session.ts', imports('../adapters/links.ts')],
  ['core/runtime/session.ts', imports('simple-peer/lite.js')],
  ['core/adapters/links.ts', imports('../engine/decide.ts')],
  ['core/config.ts', imports('./runtime/session.ts')],
  ['core/index.ts', imports('../plugins/bridge/index.ts')],
  ['plugins/bridge/track.ts', imports('../../core/model/index.ts')],
  ['plugins/bridge/track.ts', imports('hls.js')],
  ['plugins/menu/model.ts', imports('../bridge/track.ts')],
  ['plugins/menu/model.ts', imports('../menu-dom/index.ts')],
  ['plugins/menu/model.ts', 'export const width = document.body.clientWidth;'],
  ['plugins/hlsjs/loader.ts', imports('../menu/index.ts')],
  ['plugins/hlsjs/loader.ts', imports('../../core/runtime/session.ts')],
  ['plugins/videojs/index.ts', imports('../bridge/track.ts')],
  ['plugins/videojs/index.ts', imports('../clappr/index.ts')],
  ...[
    'Date.now()', 'new Date()', 'performance.now()', 'setTimeout(f, 1)', 'setInterval(f, 1)', 'queueMicrotask(f)',
    'requestAnimationFrame(f)', 'Math.random()', "fetch('/')", 'new XMLHttpRequest()', "new WebSocket('ws://x')",
    'new RTCPeerConnection()', 'navigator.onLine', 'window.name', 'document.title', 'localStorage.length',
    'indexedDB.databases()', 'crypto.randomUUID()', 'self.name', 'globalThis.name',
  ].map((expression) => ['core/runtime/session.ts', `const f = () => {};\nexport const x = [f, ${expression}];`]),
];

for (const [file, code] of allowed) {
  test(`${file} may: ${code.split('\n')[0]}`, async () => assert.deepEqual(await complaints(file, code), []));
}
for (const [file, code] of forbidden) {
  test(`${file} may not: ${code.split('\n').at(-1) || code.split('\n')[0]}`, async () =>
    assert.notDeepEqual(await complaints(file, code), []));
}

// Cycles can only be seen on disk, and only under the folders the rule watches.
const scratch = path.join(root, '.cache/lint-rules');
before(async () => {
  await mkdir(path.join(scratch, 'core/model'), { recursive: true });
  await writeFile(path.join(scratch, 'core/model/a.ts'), "import { b } from './b.ts';\nexport const a = (): number => b();\n");
  await writeFile(path.join(scratch, 'core/model/b.ts'), "import { a } from './a.ts';\nexport const b = (): number => a();\n");
});
after(() => rm(scratch, { recursive: true, force: true }));

test('import cycles are errors', async () => {
  const inScratch = new ESLint({ cwd: scratch, overrideConfigFile, overrideConfig: [withoutTypes], ignore: false });
  const [result] = await inScratch.lintFiles(['core/model/a.ts']);
  assert.deepEqual(result.messages.map((message) => message.ruleId), ['import-x/no-cycle']);
});
