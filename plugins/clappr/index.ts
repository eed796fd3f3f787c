/** `playswarm/clappr`: P2P for the page's Clappr, the global one or the package @clappr/core. */
import Clappr from '@clappr/core';
import { createClapprPlugins } from './factory.ts';

export * from './factory.ts';

export const { P2PHlsPlayback, P2PDashPlayback, P2PMenu } = /* @__PURE__ */ createClapprPlugins(Clappr);
