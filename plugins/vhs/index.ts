/** P2P inside VHS, Video.js's own engine. */
export { attachVhs } from './attach.ts';
export type { VhsAttachment, VhsBinding } from './attach.ts';
export type { VhsHandler, VideojsWithVhs } from './host.ts';
