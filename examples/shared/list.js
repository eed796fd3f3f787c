// The examples, as the front page shows them.
export const examples = [
  {
    folder: 'hlsjs',
    title: 'hls.js',
    player: 'A plain <video> element',
    engine: 'hls.js',
    text: 'The shortest way in: hls.js with one wrapper around its class.',
  },
  {
    folder: 'videojs',
    title: 'Video.js',
    player: 'Video.js 8',
    engine: 'hls.js',
    text: 'A Video.js plugin, with a P2P menu in the control bar.',
  },
];
