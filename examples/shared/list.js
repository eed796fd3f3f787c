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
  {
    folder: 'clappr',
    title: 'Clappr',
    player: 'Clappr',
    engine: 'The hls.js that Clappr brings',
    text: 'Three plugins for Clappr’s array: HLS, MPEG-DASH and the P2P menu.',
  },
  {
    folder: 'plyr',
    title: 'Plyr',
    player: 'Plyr 3',
    engine: 'hls.js',
    text: 'HLS in Plyr with its own quality menu, and P2P among the settings.',
  },
];
