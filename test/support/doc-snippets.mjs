// The JavaScript of README.md and docs/, as files that TypeScript can check: an example that nothing compiles rots.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const FENCE = /^```js\n([\s\S]*?)^```$/gm;

/** @param {string} root of the repository  @returns {string} the tsconfig of what was written below `.cache/` */
export function writeSnippets(root) {
  const folder = path.join(root, '.cache/doc-snippets');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const guides = readdirSync(path.join(root, 'docs')).filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`);
  for (const guide of ['README.md', ...guides]) {
    const snippets = readFileSync(path.join(root, guide), 'utf8').matchAll(FENCE);
    let number = 0;
    for (const [, code] of snippets) writeFileSync(path.join(folder, `${guide.replaceAll('/', '-')}-${++number}.js`), code);
  }
  const tsconfig = path.join(folder, 'tsconfig.json');
  // They leave out what a reader knows to check, such as whether an element is there.
  const compilerOptions = { allowJs: true, checkJs: true, strict: false, exactOptionalPropertyTypes: false };
  writeFileSync(tsconfig, JSON.stringify({ extends: '../../test/types/tsconfig.json', compilerOptions, include: ['*.js'] }));
  return tsconfig;
}
