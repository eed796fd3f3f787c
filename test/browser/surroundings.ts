/** What runs beside the browser (see `test/support/surroundings.mjs`): base URLs without a slash at the end. */
interface Surroundings {
  readonly origin: string;
  readonly tracker: string;
  readonly control: string;
  /** A STUN server that never answers. */
  readonly silentStun: string;
}

const { __karma__ } = window as unknown as { readonly __karma__: { readonly config: { readonly playswarm: Surroundings } } };

export const surroundings = __karma__.config.playswarm;

/** Dies as a process dies, or listens again on the same port. */
export async function tracker(command: 'stop' | 'start'): Promise<void> {
  await fetch(`${surroundings.control}/tracker/${command}`);
}
