import MagicString from 'magic-string';

/**
 * Asks the browser to compile all of a script's functions while it loads, on a thread of its own, rather than
 * each when it is first called: the engine's are first called just when the player starts, and cost its first
 * frame some 15 ms then (`npm run bench -- --scenarios vod`). Chromium's "explicit compile hints"; to others a comment.
 * It has to be the first line, and minifiers drop it: this comes after them.
 */
export function compiledEagerly() {
  return {
    name: 'compiled-eagerly',
    renderChunk: {
      order: 'post',
      handler(code) {
        const script = new MagicString(code).prepend('//# allFunctionsCalledOnLoad\n');
        return { code: script.toString(), map: script.generateMap({ hires: true }) };
      },
    },
  };
}
