import js from '@eslint/js';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import { importX } from 'eslint-plugin-import-x';
import globals from 'globals';
import tseslint from 'typescript-eslint';
import { roomArrows } from './eslint/room-arrows.mjs';

// The core runs on a virtual clock and network as well as on the real ones, and only adapters know which.
const OUTSIDE = [
  'Date', 'performance', 'crypto',
  'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval',
  'setImmediate', 'requestAnimationFrame', 'requestIdleCallback', 'queueMicrotask',
  'fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource', 'RTCPeerConnection', 'RTCDataChannel', 'BroadcastChannel', 'Worker',
  'navigator', 'window', 'document', 'location', 'localStorage', 'sessionStorage', 'indexedDB', 'caches',
  'self', 'global', 'globalThis', 'process', 'console',
].map((name) => ({ name, message: 'Only core/adapters touches the outside; take it through a port.' }));

// A model is drawn by others. (`localStorage` and `performance` are no DOM.)
const DOM = ['document', 'window', 'navigator', 'location', 'customElements', 'Node', 'Element', 'HTMLElement', 'CSSStyleSheet', 'ResizeObserver'].map(
  (name) => ({ name, message: 'The menu is a model; what touches the page is in plugins/menu-dom.' }),
);

export default tseslint.config(
  // test/types speaks of what the build has yet to make.
  { ignores: ['dist/', '.cache/', 'node_modules/', 'test/media/', 'test/types/'] },

  js.configs.recommended,
  { files: ['**/*.mjs', '**/*.cjs'], languageOptions: { globals: globals.node } },
  { files: ['examples/**/*.js'], languageOptions: { globals: globals.browser } },
  // These run partly in Node and partly, as functions handed to a page, in a browser.
  { files: ['test/**/*.mjs', 'test/support/**/*.js', 'test/benchmark/**/*.js', 'test/swarm/conformance/page/**/*.js'], languageOptions: { globals: { ...globals.node, ...globals.browser } } },
  { rules: { 'no-unused-vars': ['error', { argsIgnorePattern: '^_', caughtErrors: 'none' }] } },

  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: new URL('..', import.meta.url).pathname } },
    rules: {
      'no-undef': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'none' }],
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },
  // A spy is looked at unbound, and that is what it is for.
  { files: ['test/**/*.ts'], rules: { '@typescript-eslint/unbound-method': 'off' } },
  {
    files: ['core/**/*.ts', 'plugins/**/*.ts'],
    plugins: { 'import-x': importX, playswarm: { rules: { 'room-arrows': roomArrows } } },
    settings: { 'import-x/resolver-next': [createTypeScriptImportResolver()], 'import-x/extensions': ['.ts'] },
    rules: {
      'playswarm/room-arrows': 'error',
      'import-x/no-cycle': 'error',
      'import-x/no-self-import': 'error',
    },
  },
  {
    files: ['core/**/*.ts'],
    ignores: ['core/adapters/**'],
    rules: {
      'no-restricted-globals': ['error', ...OUTSIDE],
      'no-restricted-properties': ['error', { object: 'Math', property: 'random', message: 'Take the Random port.' }],
    },
  },
  { files: ['plugins/menu/**/*.ts'], rules: { 'no-restricted-globals': ['error', ...DOM] } },
);
