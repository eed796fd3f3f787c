import { attachP2PPlyr, createP2PPlyr } from 'playswarm/plyr';
import type { P2PEngine } from 'playswarm';

const video = document.createElement('video');
const { player, p2p, destroy } = createP2PPlyr(video, { source: '/main.m3u8', p2p: { enabled: true }, plyr: { muted: true } });
export const engine: P2PEngine = p2p;
player.pause();
destroy();
attachP2PPlyr(player, { p2p: { upload: false } });

// @ts-expect-error a key that there is not
createP2PPlyr(video, { p2p: { uplaod: false } });
