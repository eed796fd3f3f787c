// One end of a connection: of a bare data channel, or of the engine. The benchmark calls what is in `window.viewer`.
import { engineEnd } from './engine-end.js';
import { rawEnd } from './raw-end.js';

window.viewer = { ...rawEnd(), ...engineEnd() };
