// How a page comes by its player, its engine and Playswarm: script tags and globals, or modules and an import map.

const HOSTS = {
  Hls: { module: 'hls.js', script: '/vendor/hls.js/dist/hls.min.js' },
  shaka: { module: 'shaka-player', script: '/vendor/shaka-player/dist/shaka-player.compiled.js' },
  videojs: { module: 'video.js', script: '/vendor/video.js/dist/video.min.js', style: '/vendor/video.js/dist/video-js.min.css' },
  // As a script, Clappr comes as one file with its hls.js; as modules, it comes in parts, without.
  Clappr: { module: '@clappr/core', script: '/vendor/@clappr/player/dist/clappr.min.js' },
  ClapprPlugins: { module: '@clappr/plugins' },
  Plyr: { module: 'plyr', script: '/vendor/plyr/dist/plyr.min.js', style: '/vendor/plyr/dist/plyr.css' },
};

const settled = (element) =>
  new Promise((resolve, reject) => {
    element.onload = resolve;
    element.onerror = () => reject(new Error(`cannot load ${element.src || element.href}`));
    document.head.append(element);
  });

const addScript = (src) => settled(Object.assign(document.createElement('script'), { src }));
const addStyle = (href) => settled(Object.assign(document.createElement('link'), { rel: 'stylesheet', href }));

const loaders = {
  async umd(names, entry) {
    // One after the other: Playswarm takes its host from the global.
    for (const name of names) if (HOSTS[name].script) await addScript(HOSTS[name].script);
    await addScript(`/dist/umd/${entry}.js`);
    return { ...Object.fromEntries(names.map((name) => [name, window[name]])), Playswarm: window.Playswarm };
  },
  async esm(names, entry) {
    const found = await Promise.all(names.map(async (name) => [name, defaultOf(await import(HOSTS[name].module))]));
    return { ...Object.fromEntries(found), Playswarm: await import(`playswarm/${entry}.js`) };
  },
};

const defaultOf = (module) => module.default ?? module;

/**
 * @param {'umd' | 'esm'} build
 * @param {{ hosts: (keyof typeof HOSTS)[], entry: string }} needs
 */
export async function load(build, { hosts, entry }) {
  await Promise.all(hosts.flatMap((name) => (HOSTS[name].style ? [addStyle(HOSTS[name].style)] : [])));
  return loaders[build](hosts, entry);
}
