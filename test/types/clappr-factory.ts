import Clappr from '@clappr/core';
import Hls from 'hls.js';
import { createClapprPlugins } from 'playswarm/clappr/factory';
import type { ClapprPlugins } from 'playswarm/clappr/factory';

export const plugins: ClapprPlugins = createClapprPlugins(Clappr, { Hls });
